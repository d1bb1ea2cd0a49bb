/**
 * The standard normal distribution to double precision: complementary error function, distribution function,
 * quantile.
 */

/** Below this the series of erf is short; above it the continued fraction of erfc is. */
const SERIES_END = 2;
const FRACTION_TERMS = 120;

/** erf(x) for 0 <= x < 2 by its series of positive terms (DLMF 7.6.2). */
function erfSeries(x: number): number {
  let term = x;
  let sum = x;
  for (let k = 1; term > sum * 1e-17; k++) {
    term *= (2 * x * x) / (2 * k + 1);
    sum += term;
  }
  return (2 / Math.sqrt(Math.PI)) * Math.exp(-x * x) * sum;
}

/** erfc(x) for x >= 2 by Laplace's continued fraction (DLMF 7.9.1), from its far end. */
function erfcFraction(x: number): number {
  let tail = x;
  for (let k = FRACTION_TERMS; k > 0; k--) tail = x + k / 2 / tail;
  return Math.exp(-x * x) / (Math.sqrt(Math.PI) * tail);
}

/** 1 - erf(x), any real x; relative error below 1e-13 also far in the tail. */
export function erfc(x: number): number {
  const size = Math.abs(x);
  const upper = size < SERIES_END ? 1 - erfSeries(size) : erfcFraction(size);
  return x < 0 ? 2 - upper : upper;
}

/** P(Z <= z). */
export const normalCdf = (z: number): number => erfc(-z / Math.SQRT2) / 2;

/** Two-sided p of a standard normal statistic. */
export const normalTwoSided = (z: number): number => erfc(Math.abs(z) / Math.SQRT2);

/** P(X >= x) of chi-square with one degree of freedom: X is the square of a standard normal. @param x >= 0 */
export const chiSquareOneTail = (x: number): number => erfc(Math.sqrt(x / 2));

/**
 * z with P(Z <= z) = p, p in 0..1 (the ends give -Infinity and Infinity). A start good to three digits
 * (Abramowitz and Stegun 26.2.23), refined by Halley's method.
 */
export function normalQuantile(p: number): number {
  if (p <= 0) return -Infinity;
  if (p >= 1) return Infinity;
  if (p > 0.5) return -normalQuantile(1 - p);
  const t = Math.sqrt(-2 * Math.log(p));
  let z = -(
    t -
    (2.515517 + t * (0.802853 + t * 0.010328)) / (1 + t * (1.432788 + t * (0.189269 + t * 0.001308)))
  );
  for (let i = 0; i < 3; i++) {
    const step = (normalCdf(z) - p) * Math.sqrt(2 * Math.PI) * Math.exp((z * z) / 2);
    z -= step / (1 + (z * step) / 2);
  }
  return z;
}
