/** What the instruments say of one step's gradients: lengths, angles and shares, all from the Gram matrix and the weights. */
import { dot } from './numerics';
import type { Gram, GradientLevel } from './types';

export interface GradientReading {
  readonly level: GradientLevel;
  /** ‖g_i‖ of the unweighted task gradients. */
  readonly norms: readonly number[];
  /** cos(g_i, g_j) of every pair i < j: (0,1), (0,2), (1,2); below 0 the two tasks are in conflict. 0 where one has no gradient. */
  readonly cosines: readonly number[];
  /** w_i g_i·d / ‖d‖² with d = Σ w_j g_j: how much of the shared layers' gradient is task i's; sums to 1, may be negative. All 0 where d is 0. */
  readonly shares: readonly number[];
}

/** Every pair of tasks, in the order of `cosines`. */
export const pairsOf = (taskCount: number): (readonly [number, number])[] =>
  Array.from({ length: taskCount }, (_, i) => i).flatMap((i) => Array.from({ length: taskCount - 1 - i }, (_unused, k) => [i, i + 1 + k] as const));

export function gradientReading(level: GradientLevel, gram: Gram, effective: readonly number[]): GradientReading {
  const norms = gram.map((row, i) => Math.sqrt(Math.max(0, row[i]!)));
  const towards = gram.map((row) => dot(row, effective));
  const length = dot(effective, towards);
  return {
    level, norms,
    cosines: pairsOf(gram.length).map(([i, j]) => (norms[i] === 0 || norms[j] === 0 ? 0 : Math.max(-1, Math.min(1, gram[i]![j]! / (norms[i]! * norms[j]!))))),
    shares: effective.map((weight, i) => (length > 0 ? (weight * towards[i]!) / length : 0)),
  };
}
