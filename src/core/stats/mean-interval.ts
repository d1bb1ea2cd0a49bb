/**
 * Mean, standard deviation and Student's interval of a few numbers: one score a seed, or one difference a
 * seed.
 */
import { studentQuantile } from './student-t';

export interface MeanInterval {
  readonly n: number;
  readonly mean: number;
  /** With n - 1 in the denominator; null below two values. */
  readonly sd: number | null;
  /** Confidence interval of the mean, for values that are about normal; null below two values. */
  readonly low: number | null;
  readonly high: number | null;
}

/** @param values at least one  @param confidence e.g. 0.95  @returns null for no values */
export function meanInterval(values: readonly number[], confidence = 0.95): MeanInterval | null {
  const n = values.length;
  if (n === 0) return null;
  const mean = values.reduce((sum, v) => sum + v, 0) / n;
  if (n === 1) return { n, mean, sd: null, low: null, high: null };
  const sd = Math.sqrt(values.reduce((sum, v) => sum + (v - mean) ** 2, 0) / (n - 1));
  const half = (studentQuantile(confidence, n - 1) * sd) / Math.sqrt(n);
  return { n, mean, sd, low: mean - half, high: mean + half };
}
