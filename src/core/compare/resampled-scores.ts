/**
 * Scores of predictions when clusters of utterances (speakers, or single ones) are drawn with replacement: of
 * classes from each cluster's confusion counts, of numbers from its sums. Not here: the drawing
 * (core/stats/bootstrap.ts).
 */
import { numberMetrics, taskMetrics } from '../tasks/metrics/confusion';
import { METRICS } from '../tasks/metrics/registry';
import { resampledNumbers } from './resampled-numbers';

/** Metrics with an interval, by what they score. */
export const OF_CLASSES = METRICS.filter(({ kind, compared }) => kind === 'classes' && compared);
export const OF_NUMBERS = METRICS.filter(({ kind, compared }) => kind === 'number' && compared);

/** One value a metric, in their order. */
type Scorer = (weights: Uint32Array) => readonly number[];

export interface Clusters {
  /** Number of the cluster of each utterance. */
  readonly of: readonly number[];
  readonly count: number;
}

/** Clusters by number, in the order in which they first occur. @param names of each utterance's cluster */
export function clustersOf(names: readonly string[]): Clusters {
  const numbers = new Map<string, number>();
  const of = names.map((name) => {
    const number = numbers.get(name) ?? numbers.size;
    numbers.set(name, number);
    return number;
  });
  return { of, count: numbers.size };
}

/** @param truth,predicted indices of classes, one an utterance  @returns {@link OF_CLASSES} of the sum of clusters */
export function classScorer(
  { of, count }: Clusters,
  classes: number,
  truth: readonly number[],
  predicted: readonly number[],
): Scorer {
  // [cluster][true][predicted]
  const counts = new Float64Array(count * classes * classes);
  of.forEach((cluster, i) => {
    counts[(cluster * classes + truth[i]!) * classes + predicted[i]!]!++;
  });
  return (weights) => {
    const matrix = Array.from({ length: classes }, () => new Array<number>(classes).fill(0));
    weights.forEach((weight, cluster) => {
      if (weight === 0) return;
      for (let i = 0; i < classes; i++)
        for (let j = 0; j < classes; j++)
          matrix[i]![j]! += weight * counts[(cluster * classes + i) * classes + j]!;
    });
    const metrics = taskMetrics(matrix, 0);
    return OF_CLASSES.map(({ read }) => read(metrics));
  };
}

/** @param predicted,targets in the targets' unit, one an utterance  @returns {@link OF_NUMBERS} */
export function numberScorer(
  { of, count }: Clusters,
  predicted: readonly number[],
  targets: readonly number[],
): Scorer {
  const scores = resampledNumbers(of, count, predicted, targets);
  return (weights) => {
    const metrics = numberMetrics(scores(weights), Number.NaN);
    return OF_NUMBERS.map(({ read }) => read(metrics));
  };
}
