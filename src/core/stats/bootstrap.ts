/**
 * Bootstrap by cluster: speakers are drawn with replacement, each with all of its utterances, because
 * utterances of one speaker resemble each other and the next corpus will have other speakers. Sources: Efron
 * and Tibshirani, "An introduction to the bootstrap" (1993), chapters 13 and 14; Field and Welsh,
 * "Bootstrapping clustered data" (2007); Bisani and Ney, ICASSP 2004, for speech. Not here: what is measured
 * (the statistic is given).
 */
import { RandomStream } from '../random/streams';
import { bcaEnds, quantile } from './bootstrap-interval';

export interface BootstrapOptions {
  readonly resamples: number;
  /** E.g. 0.95. */
  readonly confidence: number;
  readonly seed: number;
}

export interface Interval {
  readonly low: number;
  readonly high: number;
}

export interface Bootstrapped {
  /** Of the sample itself. */
  readonly value: number;
  readonly percentile: Interval;
  /**
   * Bias-corrected and accelerated; null where it does not exist: no variation, or the value lies outside all
   * resamples.
   */
  readonly bca: Interval | null;
}

/**
 * @param clusters how many; at least two, or there is nothing to draw from
 * @param statistic several numbers at once, given how often each cluster is in the sample; the same draws for
 * all of them
 * @returns one entry a number; null for fewer than two clusters
 */
export function clusterBootstrap(
  clusters: number,
  statistic: (weights: Uint32Array) => readonly number[],
  { resamples, confidence, seed }: BootstrapOptions,
): readonly Bootstrapped[] | null {
  if (clusters < 2) return null;
  const weights = new Uint32Array(clusters).fill(1);
  const observed = statistic(weights);
  const leftOut = Array.from({ length: clusters }, (_, k) => {
    weights.fill(1)[k] = 0;
    return statistic(weights);
  });
  const stream = new RandomStream(seed, 'bootstrap');
  const drawn = observed.map(() => new Float64Array(resamples));
  for (let r = 0; r < resamples; r++) {
    weights.fill(0);
    for (let k = 0; k < clusters; k++) weights[stream.below(clusters)]!++;
    statistic(weights).forEach((value, i) => {
      drawn[i]![r] = value;
    });
  }
  const tail = (1 - confidence) / 2;
  return observed.map((value, i) => {
    const sorted = drawn[i]!.sort();
    const ends = bcaEnds(
      value,
      sorted,
      leftOut.map((values) => values[i]!),
      tail,
    );
    return {
      value,
      percentile: { low: quantile(sorted, tail), high: quantile(sorted, 1 - tail) },
      bca: ends && { low: quantile(sorted, ends[0]), high: quantile(sorted, ends[1]) },
    };
  });
}
