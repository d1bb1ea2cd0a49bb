/**
 * Middle and spread that outliers do not move: the median, and the median absolute deviation scaled so that of a
 * normal distribution it is the standard deviation. Compared with scipy.stats.median_abs_deviation.
 */

/** 1 / the third quartile of the standard normal distribution. */
const TO_DEVIATION = 1.482602218505602;

export interface Spread {
  /** Numbers that there are. */
  readonly count: number;
  readonly mean: number;
  readonly min: number;
  readonly max: number;
  readonly median: number;
  /** Scaled; 0 where more than half of the numbers are equal. */
  readonly deviation: number;
}

/** Of the finite numbers among them; NaN everywhere where there are none. */
export function spreadOf(values: ArrayLike<number>): Spread {
  const sorted = Float64Array.from(values).filter(Number.isFinite).sort();
  const count = sorted.length;
  if (count === 0) return { count, mean: NaN, min: NaN, max: NaN, median: NaN, deviation: NaN };
  const median = middle(sorted);
  let sum = 0;
  for (const value of sorted) sum += value;
  const away = sorted.map((value) => Math.abs(value - median)).sort();
  return {
    count,
    mean: sum / count,
    min: sorted[0]!,
    max: sorted[count - 1]!,
    median,
    deviation: middle(away) * TO_DEVIATION,
  };
}

/** Deviations from the median; NaN where the spread is 0. */
export const robustZ = (value: number, { median, deviation }: Spread): number =>
  deviation > 0 ? (value - median) / deviation : Number.NaN;

function middle(sorted: Float64Array): number {
  const half = sorted.length / 2;
  return sorted.length % 2 === 1 ? sorted[Math.floor(half)]! : (sorted[half - 1]! + sorted[half]!) / 2;
}
