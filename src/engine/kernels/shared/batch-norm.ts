/**
 * Batch normalisation over all but the last axis, fused with ReLU, as plain loops (channels innermost).
 * PyTorch's convention: biased variance normalises, unbiased variance enters the running average.
 * Sums are kept in double precision, so the one-pass variance loses nothing that matters.
 */

export interface BatchNormSetting {
  readonly epsilon: number;
  /** Share of the new batch in the running statistics. */
  readonly momentum: number;
}

/** PyTorch's defaults. */
export const BATCH_NORM: BatchNormSetting = { epsilon: 1e-5, momentum: 0.1 };

/** Per channel: mean, 1 / sqrt(biased variance + epsilon), and the moved running mean and variance. */
export function batchStatistics(
  x: Float32Array,
  runningMean: Float32Array,
  runningVariance: Float32Array,
  mean: Float32Array,
  inverseStd: Float32Array,
  newMean: Float32Array,
  newVariance: Float32Array,
  { epsilon, momentum }: BatchNormSetting,
): void {
  const channels = mean.length;
  const sum = new Float64Array(channels);
  const squares = new Float64Array(channels);
  for (let i = 0; i < x.length;) {
    for (let c = 0; c < channels; c++, i++) {
      const value = x[i]!;
      sum[c] = sum[c]! + value;
      squares[c] = squares[c]! + value * value;
    }
  }
  const count = x.length / channels;
  for (let c = 0; c < channels; c++) {
    const m = sum[c]! / count;
    const variance = Math.max(0, squares[c]! / count - m * m);
    mean[c] = m;
    inverseStd[c] = 1 / Math.sqrt(variance + epsilon);
    newMean[c] = (1 - momentum) * runningMean[c]! + momentum * m;
    newVariance[c] =
      (1 - momentum) * runningVariance[c]! + momentum * variance * (count / Math.max(1, count - 1));
  }
}

/** The normalisation as one multiplication and one addition per element. */
function affine(mean: Float32Array, inverseStd: Float32Array, scale: Float32Array, offset: Float32Array) {
  const a = Float64Array.from(scale, (s, c) => s * inverseStd[c]!);
  const b = Float64Array.from(offset, (o, c) => o - mean[c]! * a[c]!);
  return { a, b };
}

/** y = max(0, scale * (x - mean) * inverseStd + offset). */
export function normaliseRelu(
  x: Float32Array,
  mean: Float32Array,
  inverseStd: Float32Array,
  scale: Float32Array,
  offset: Float32Array,
  y: Float32Array,
): void {
  const { a, b } = affine(mean, inverseStd, scale, offset);
  const channels = a.length;
  for (let i = 0; i < x.length;) {
    for (let c = 0; c < channels; c++, i++) {
      const value = a[c]! * x[i]! + b[c]!;
      // NaN must pass: `value < 0` is false for it.
      y[i] = value < 0 ? 0 : value;
    }
  }
}

/** Gradients of {@link normaliseRelu} where mean and variance are those of x itself. */
export function normaliseReluBackward(
  dy: Float32Array,
  x: Float32Array,
  mean: Float32Array,
  inverseStd: Float32Array,
  scale: Float32Array,
  offset: Float32Array,
  dx: Float32Array,
  dScale: Float32Array,
  dOffset: Float32Array,
): void {
  const { a, b } = affine(mean, inverseStd, scale, offset);
  const channels = a.length;
  const count = x.length / channels;
  const sum = new Float64Array(channels);
  const sumX = new Float64Array(channels);
  for (let i = 0; i < x.length;) {
    for (let c = 0; c < channels; c++, i++) {
      const value = x[i]!;
      const g = a[c]! * value + b[c]! > 0 ? dy[i]! : 0;
      sum[c] = sum[c]! + g;
      sumX[c] = sumX[c]! + g * value;
    }
  }
  // dx = a * (g - mean(g) - normalised x * mean(g * normalised x)), written as a*g + slope*x + shift.
  const slope = new Float64Array(channels);
  const shift = new Float64Array(channels);
  for (let c = 0; c < channels; c++) {
    const gScale = inverseStd[c]! * (sumX[c]! - mean[c]! * sum[c]!);
    dScale[c] = gScale;
    dOffset[c] = sum[c]!;
    slope[c] = (-a[c]! * inverseStd[c]! * gScale) / count;
    shift[c] = (-a[c]! * sum[c]!) / count - slope[c]! * mean[c]!;
  }
  for (let i = 0; i < x.length;) {
    for (let c = 0; c < channels; c++, i++) {
      const value = x[i]!;
      const g = a[c]! * value + b[c]! > 0 ? dy[i]! : 0;
      dx[i] = a[c]! * g + slope[c]! * value + shift[c]!;
    }
  }
}
