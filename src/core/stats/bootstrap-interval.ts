/**
 * Where a bootstrap distribution is cut: the quantiles of the percentile and of the BCa interval (Efron,
 * "Better bootstrap confidence intervals", JASA 82 (1987)). As SciPy has them: linear interpolation, ties
 * with the observed value count half.
 */
import { normalCdf, normalQuantile } from './normal';

/** @param sorted ascending, not empty  @param q in 0..1 */
export function quantile(sorted: ArrayLike<number>, q: number): number {
  const at = q * (sorted.length - 1);
  const below = Math.floor(at);
  const [a, b] = [sorted[below]!, sorted[Math.min(below + 1, sorted.length - 1)]!];
  return a + (b - a) * (at - below);
}

/** Share of the resamples below the observed value. */
function shareBelow(sorted: ArrayLike<number>, value: number): number {
  let sum = 0;
  for (let i = 0; i < sorted.length; i++) sum += sorted[i]! < value ? 1 : sorted[i] === value ? 0.5 : 0;
  return sum / sorted.length;
}

/**
 * The two quantiles between which the BCa interval lies.
 * @param leftOut the statistic without each cluster in turn  @param tail probability on either side
 * @returns null where the bias or the acceleration does not exist
 */
export function bcaEnds(
  value: number,
  sorted: ArrayLike<number>,
  leftOut: readonly number[],
  tail: number,
): readonly [number, number] | null {
  const mean = leftOut.reduce((sum, v) => sum + v, 0) / leftOut.length;
  const squares = leftOut.reduce((sum, v) => sum + (mean - v) ** 2, 0);
  const bias = normalQuantile(shareBelow(sorted, value));
  if (!Number.isFinite(bias) || squares === 0) return null;
  const acceleration = leftOut.reduce((sum, v) => sum + (mean - v) ** 3, 0) / (6 * squares ** 1.5);
  const end = (p: number): number => {
    const z = bias + normalQuantile(p);
    return normalCdf(bias + z / (1 - acceleration * z));
  };
  return [end(tail), end(1 - tail)];
}
