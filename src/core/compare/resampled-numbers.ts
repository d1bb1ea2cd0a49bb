/**
 * The scores of a number when clusters of its utterances (speakers, or single ones) are drawn with replacement:
 * sums of every cluster once, so that a resample costs as much as there are clusters. Not here: the drawing
 * (core/stats/bootstrap.ts).
 */
import type { NumberScores } from '../tasks/metrics/types';
import { scoresOfMoments } from '../tasks/metrics/number';

/** Sums of a cluster, about the means of all utterances: sums of squares would lose digits far from zero. */
const SUMS = 8;
const ROUNDING = 1e-13;

/**
 * @param of cluster of each utterance  @param predictions,targets one an utterance, in the targets' unit
 * @returns the scores with each cluster taken as often as its weight says
 */
export function resampledNumbers(
  of: readonly number[],
  clusters: number,
  predictions: readonly number[],
  targets: readonly number[],
): (weights: Uint32Array) => NumberScores {
  const mean = (values: readonly number[]): number =>
    values.reduce((sum, value) => sum + value, 0) / values.length;
  const [meanX, meanY] = [mean(predictions), mean(targets)];
  const sums = new Float64Array(clusters * SUMS);
  for (const [row, cluster] of of.entries()) {
    const [x, y, error] = [
      predictions[row]! - meanX,
      targets[row]! - meanY,
      predictions[row]! - targets[row]!,
    ];
    for (const [k, value] of [1, x, y, x * x, y * y, x * y, Math.abs(error), error * error].entries())
      sums[cluster * SUMS + k]! += value;
  }
  return (weights) => {
    const total = new Float64Array(SUMS);
    weights.forEach((weight, cluster) => {
      if (weight === 0) return;
      for (let k = 0; k < SUMS; k++) total[k]! += weight * sums[cluster * SUMS + k]!;
    });
    const [count, x, y, xx, yy, xy, absolute, squared] = Array.from(total) as [
      number,
      number,
      number,
      number,
      number,
      number,
      number,
      number,
    ];
    // About the resample's own means. What is left of a constant after rounding is no variance.
    const about = (product: number, a: number, b: number): number => product - (a * b) / count;
    const spread = (product: number, sum: number, centre: number): number => {
      const found = about(product, sum, sum);
      return found <= ROUNDING * (product + count * centre ** 2) ? 0 : found;
    };
    return scoresOfMoments({
      moments: {
        count,
        meanX: meanX + x / count,
        meanY: meanY + y / count,
        xx: spread(xx, x, meanX),
        yy: spread(yy, y, meanY),
        xy: about(xy, x, y),
      },
      absolute,
      squared,
    });
  };
}
