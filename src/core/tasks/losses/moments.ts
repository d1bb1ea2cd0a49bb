/** Means, variances and covariance of outputs and targets, over the labelled examples; and of two sets joined. */
import type { Scale } from './scale';
import type { Moments } from './types';

export const NO_MOMENTS: Moments = { count: 0, meanX: 0, meanY: 0, xx: 0, yy: 0, xy: 0 };

/** Over the labelled examples, in two passes. Targets are put on the outputs' scale. */
export function momentsOf(
  outputs: ArrayLike<number>,
  targets: ArrayLike<number>,
  { mean, deviation }: Scale = { mean: 0, deviation: 1 },
): Moments {
  let [count, sumX, sumY] = [0, 0, 0];
  const y = (row: number): number => (targets[row]! - mean) / deviation;
  for (let row = 0; row < targets.length; row++) {
    if (Number.isNaN(targets[row]!)) continue;
    count++;
    sumX += outputs[row]!;
    sumY += y(row);
  }
  if (count === 0) return NO_MOMENTS;
  const [meanX, meanY] = [sumX / count, sumY / count];
  let [xx, yy, xy] = [0, 0, 0];
  for (let row = 0; row < targets.length; row++) {
    if (Number.isNaN(targets[row]!)) continue;
    const [dx, dy] = [outputs[row]! - meanX, y(row) - meanY];
    xx += dx * dx;
    yy += dy * dy;
    xy += dx * dy;
  }
  return { count, meanX, meanY, xx, yy, xy };
}

/** Of both sets together (Chan et al. 1979): parts of a batch, batches of a validation pass. */
export function joinedMoments(a: Moments, b: Moments): Moments {
  if (a.count === 0) return b;
  if (b.count === 0) return a;
  const count = a.count + b.count;
  const [dx, dy] = [b.meanX - a.meanX, b.meanY - a.meanY];
  const between = (a.count * b.count) / count;
  return {
    count,
    meanX: a.meanX + (dx * b.count) / count,
    meanY: a.meanY + (dy * b.count) / count,
    xx: a.xx + b.xx + dx * dx * between,
    yy: a.yy + b.yy + dy * dy * between,
    xy: a.xy + b.xy + dx * dy * between,
  };
}
