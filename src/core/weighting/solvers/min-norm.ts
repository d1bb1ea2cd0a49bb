/** The shortest vector in the convex hull of the task gradients (MGDA), exactly: every set of tasks that may take part is tried. */
import { sum } from '../numerics';
import { eigen, leastSquares, quadratic, RANK_TOLERANCE, restricted, subsets, type Matrix } from './linear-algebra';

/** Allowance for rounding where a weight should not be negative. */
const NEGATIVE = -1e-9;

/**
 * argmin over the simplex of αᵀGα. Among equally short ones that with most tasks taking part, equally weighted where they are
 * identical; a zero matrix gives 1/T each.
 */
export function minNorm(gram: Matrix): number[] {
  const n = gram.length;
  if (gram.every((row) => row.every((value) => value === 0))) return gram.map(() => 1 / n);
  let best: { readonly weights: number[]; readonly value: number } | null = null;
  for (const taking of subsets(n)) for (const found of stationary(restricted(gram, taking))) {
    const total = sum(found);
    if (!(total > 0) || found.some((weight) => weight / total < NEGATIVE)) continue;
    const weights = gram.map((_, i) => Math.max(0, found[taking.indexOf(i)] ?? 0) / total);
    const value = quadratic(gram, weights);
    if (!best || value < best.value * (1 - 1e-9) - 1e-12 * Math.max(...gram.map((row, i) => row[i]!))) best = { weights, value };
  }
  return best?.weights ?? gram.map(() => Number.NaN);
}

/** Multiples of what may be shortest among all w with sum 1: G w = 1, and gradients that cancel each other out, G w = 0. */
function stationary(gram: Matrix): number[][] {
  const { values, vectors } = eigen(gram);
  const largest = Math.max(...values);
  const cancelling = vectors.filter((_, k) => values[k]! <= RANK_TOLERANCE * largest).map((vector) => (sum(vector) < 0 ? vector.map((value) => -value) : [...vector]));
  const equal = leastSquares(gram, gram.map(() => 1));
  return sum(equal) * largest > 1e-9 ? [equal, ...cancelling] : cancelling;
}
