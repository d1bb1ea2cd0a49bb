/**
 * UPGrad's projection of a task gradient onto the cone in which no task gets worse, exactly: every active set
 * is tried.
 */
import { leastSquares, quadratic, restricted, subsets, times, type Matrix } from './linear-algebra';

const ALLOWED = -1e-9;

/** argmin over v ≥ u of vᵀGv, for a positive definite G. */
export function leastAbove(gram: Matrix, u: readonly number[]): number[] {
  const pull = times(gram, u);
  let best = [...u];
  for (const free of [...subsets(u.length), []]) {
    const x =
      free.length > 0
        ? leastSquares(
            restricted(gram, free),
            free.map((i) => -pull[i]!),
          )
        : [];
    if (x.some((more) => more < ALLOWED)) continue;
    const v = u.map((least, i) => least + Math.max(0, x[free.indexOf(i)] ?? 0));
    if (quadratic(gram, v) < quadratic(gram, best)) best = v;
  }
  return best;
}
