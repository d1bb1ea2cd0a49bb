/**
 * The shortest vector in the convex hull of the task gradients (MGDA), exactly: every set of tasks that may
 * take part is tried.
 */
import { dot, sum } from '../numerics';
import { anglesOf, cancelling } from './angles';
import {
  leastSquares,
  quadratic,
  restricted,
  solve,
  subsets,
  type Matrix,
  type Vector,
} from './linear-algebra';

/** Allowance for rounding where a weight should not be negative. */
const NEGATIVE = -1e-9;

/**
 * argmin over the simplex of αᵀGα. Among equally short ones that with most tasks taking part, equally
 * weighted where they are identical. Sought as β = D α, the lengths of what is added, in units of the
 * shortest gradient.
 * @param gram without zeros on its diagonal
 */
export function minNorm(gram: Matrix): number[] {
  const { lengths, cosines } = anglesOf(gram);
  const shortest = Math.min(...lengths);
  // Σα = 1 is Σ per·β = 1.
  const per = lengths.map((length) => shortest / length);
  let best: { readonly pulls: number[]; readonly value: number } | null = null;
  for (const taking of subsets(gram.length)) {
    const share = taking.map((i) => per[i]!);
    for (const found of stationary(restricted(cosines, taking), share)) {
      const total = dot(found, share);
      const largest = Math.max(...found.map(Math.abs));
      if (!(total > 0) || found.some((pull) => pull < NEGATIVE * largest)) continue;
      const pulls = gram.map((_, i) => Math.max(0, found[taking.indexOf(i)] ?? 0) / total);
      const value = quadratic(cosines, pulls);
      if (!best || value < best.value * (1 - 1e-13) - 1e-15) best = { pulls, value };
    }
  }
  return best?.pulls.map((pull, i) => pull * per[i]!) ?? gram.map(() => Number.NaN);
}

/**
 * Multiples of what may be shortest among all β with Σ share·β = 1: C β = share, and gradients that cancel
 * each other out, C β = 0.
 */
function stationary(cosines: Matrix, share: Vector): readonly Vector[] {
  const none = cancelling({ cosines }).map((vector) =>
    sum(vector) < 0 ? vector.map((value) => -value) : vector,
  );
  // Cholesky's method mixes no large share into a small one where gradients are nearly orthogonal.
  const equal = (none.length > 0 ? leastSquares : solve)(cosines, share);
  return dot(equal, share) > 1e-9 ? [equal, ...none] : none;
}
