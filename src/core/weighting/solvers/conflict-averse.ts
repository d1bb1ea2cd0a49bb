/**
 * CAGrad's inner problem: minimise wᵀG b + c ‖g0‖ √(wᵀG w) over the simplex, b = 1/T. Convex, and in closed
 * form on every face of the simplex; the least of those that lie inside their face is the answer.
 */
import { dot, sum } from '../numerics';
import { anglesOf, cancelling } from './angles';
import {
  leastSquares,
  quadratic,
  restricted,
  solve,
  subsets,
  times,
  type Matrix,
  type Vector,
} from './linear-algebra';

/** Allowance for rounding where a weight should not be negative. */
const NEGATIVE = -1e-10;

export interface ConflictAverse {
  /** w, sum 1. */
  readonly weights: readonly number[];
  /** Whether the gradients cancel with these weights: no direction helps every task. */
  readonly none: boolean;
}

interface Candidate {
  readonly pulls: Vector;
  readonly none: boolean;
}

/**
 * Sought as β = D w: q·β + radius·√(βᵀC β) on the plane Σ per·β = 1, with q_i = g0·g_i/‖g_i‖ and per_i =
 * shortest/‖g_i‖. NaN where G has one.
 * @param gram without zeros on its diagonal  @param radius c ‖g0‖
 */
export function conflictAverse(gram: Matrix, radius: number): ConflictAverse {
  const n = gram.length;
  const even = gram.map(() => 1 / n);
  if (radius === 0) return { weights: even, none: true };
  const { lengths, cosines } = anglesOf(gram);
  const shortest = Math.min(...lengths);
  const per = lengths.map((length) => shortest / length);
  const q = times(gram, even).map((value, i) => value / lengths[i]!);
  let best: { readonly pulls: Vector; readonly value: number; readonly none: boolean } | null = null;
  for (const taking of subsets(n)) {
    const of = (values: Vector): number[] => taking.map((i) => values[i]!);
    for (const { pulls: found, none } of onFace(restricted(cosines, taking), of(q), of(per), radius)) {
      const total = dot(found, of(per));
      const largest = Math.max(...found.map(Math.abs));
      if (!(total > 0) || found.some((pull) => pull < NEGATIVE * largest)) continue;
      const pulls = gram.map((_, i) => Math.max(0, found[taking.indexOf(i)] ?? 0) / total);
      const value = none ? 0 : dot(q, pulls) + radius * Math.sqrt(Math.max(0, quadratic(cosines, pulls)));
      if (!best || value < best.value - 1e-15 * Math.abs(best.value)) best = { pulls, value, none };
    }
  }
  return best
    ? { weights: best.pulls.map((pull, i) => pull * per[i]!), none: best.none }
    : { weights: even.map(() => Number.NaN), none: false };
}

/**
 * Where the gradient on the plane is along its normal: q + radius·C β/√(βᵀCβ) = μ·per, so β ∝ C⁻¹(μ·per − q),
 * and μ, which is the value itself, is the larger root of (μ·per − q)ᵀ C⁻¹ (μ·per − q) = radius². None where
 * there is no root; and gradients that cancel.
 */
function onFace(cosines: Matrix, q: Vector, per: Vector, radius: number): readonly Candidate[] {
  const none = cancelling({ cosines }).map((vector) => ({
    pulls: sum(vector) < 0 ? vector.map((value) => -value) : vector,
    none: true,
  }));
  const inverse = none.length > 0 ? leastSquares : solve;
  const [ofPer, ofQ] = [inverse(cosines, per), inverse(cosines, q)];
  const [a, b, e] = [dot(per, ofPer), dot(per, ofQ), dot(q, ofQ) - radius * radius];
  const root = Math.sqrt(b * b - a * e);
  const mu = b >= 0 ? (b + root) / a : e / (b - root);
  return [
    ...(root >= 0 ? [{ pulls: ofPer.map((value, i) => mu * value - ofQ[i]!), none: false }] : []),
    ...none,
  ];
}
