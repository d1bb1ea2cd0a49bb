/**
 * What the instruments say of one step's gradients: lengths, angles and shares, all from the Gram matrix and
 * the weights.
 */
import { dot } from './numerics';
import type { Gram, GradientLevel } from './types';

export interface GradientReading {
  readonly level: GradientLevel;
  /** ‖g_i‖ of the unweighted task gradients. */
  readonly norms: readonly number[];
  /**
   * cos(g_i, g_j) of every pair i < j: (0,1), (0,2), (1,2); below 0 the two tasks are in conflict. 0 where
   * one has no gradient.
   */
  readonly cosines: readonly number[];
  /**
   * w_i g_i·d / ‖d‖² with d = Σ w_j g_j: how much of the shared layers' gradient is task i's; sums to 1, may
   * be negative. All 0 where d is 0. With averages in place of g_i where the strategy sums those.
   */
  readonly shares: readonly number[];
}

/** Every pair of tasks, in the order of `cosines`. */
export const pairsOf = (taskCount: number): (readonly [number, number])[] =>
  Array.from({ length: taskCount }, (_, i) => i).flatMap((i) =>
    Array.from({ length: taskCount - 1 - i }, (_unused, k) => [i, i + 1 + k] as const),
  );

/**
 * @param summed what makes the shared layers' gradient, where that is not the effective weights times these
 * gradients: averages of them
 */
export function gradientReading(
  level: GradientLevel,
  gram: Gram,
  effective: readonly number[],
  summed: { readonly gram: Gram; readonly weights: readonly number[] } = { gram, weights: effective },
): GradientReading {
  const norms = gram.map((row, i) => Math.sqrt(Math.max(0, row[i]!)));
  const { weights } = summed;
  const towards = summed.gram.map((row) => dot(row, weights));
  const length = dot(weights, towards);
  return {
    level,
    norms,
    cosines: pairsOf(gram.length).map(([i, j]) =>
      norms[i] === 0 || norms[j] === 0
        ? 0
        : Math.max(-1, Math.min(1, gram[i]![j]! / (norms[i]! * norms[j]!))),
    ),
    shares: weights.map((weight, i) => (length > 0 ? (weight * towards[i]!) / length : 0)),
  };
}
