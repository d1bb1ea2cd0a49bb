/**
 * What a test lets one say, as a code and the numbers that the sentence needs; the page has the words in
 * every language. Two-sided throughout. Not here: the tests.
 */
import { pairsNeeded, smallestP } from './attainable';
import { holm } from './holm';
import type { Interval } from './bootstrap';

/** The level below which a difference is called real. */
export const LEVEL = 0.05;

export type SeedVerdict =
  /** No seed was run with both. */
  | { readonly code: 'no-pairs' }
  | { readonly code: 'one-seed' }
  /** Not one pair differs. */
  | { readonly code: 'same'; readonly seeds: number }
  /**
   * Whatever had come out: `floor` is the smallest p that so many seeds can give, `corrected` what is left of
   * it with so many tests.
   */
  | {
      readonly code: 'too-few-seeds';
      readonly seeds: number;
      readonly floor: number;
      readonly corrected: number;
      readonly tests: number;
      readonly needed: number;
    }
  | { readonly code: 'not-distinguishable'; readonly seeds: number; readonly p: number }
  | {
      readonly code: 'better' | 'worse';
      readonly seeds: number;
      readonly p: number;
      readonly difference: number;
    };

export interface SeedTest {
  /** One difference a seed, above zero where the challenger is better. */
  readonly differences: readonly number[];
  /** Uncorrected; null where there is no pair. */
  readonly p: number | null;
}

export interface Judged<V> {
  readonly verdict: V;
  /** After Holm's correction; null where there was no test. */
  readonly adjusted: number | null;
}

/**
 * Judges a family of tests over seeds together: every one of them is corrected for all that could be made.
 */
export function judgeSeeds(tests: readonly SeedTest[], level = LEVEL): readonly Judged<SeedVerdict>[] {
  const made = tests.filter(({ p }) => p !== null);
  const adjusted = holm(made.map(({ p }) => p!));
  // Holm's p grows with each p it is given: at their floors they are as small as they can be.
  const floors = holm(made.map(({ differences }) => smallestP(differences.length)));
  return tests.map((test): Judged<SeedVerdict> => {
    const at = made.indexOf(test);
    const seeds = test.differences.length;
    if (at < 0) return { verdict: { code: 'no-pairs' }, adjusted: null };
    const p = adjusted[at]!;
    const corrected = floors[at]!;
    if (seeds === 1) return { verdict: { code: 'one-seed' }, adjusted: null };
    if (test.differences.every((d) => d === 0)) return { verdict: { code: 'same', seeds }, adjusted: p };
    if (corrected > level) {
      const needed = pairsNeeded(level, made.length);
      return {
        verdict: {
          code: 'too-few-seeds',
          seeds,
          floor: smallestP(seeds),
          corrected,
          tests: made.length,
          needed,
        },
        adjusted: p,
      };
    }
    if (p > level) return { verdict: { code: 'not-distinguishable', seeds, p }, adjusted: p };
    const difference = test.differences.reduce((sum, d) => sum + d, 0) / seeds;
    return { verdict: { code: difference > 0 ? 'better' : 'worse', seeds, p, difference }, adjusted: p };
  });
}

export type PairVerdict =
  /** The two are right and wrong on the same utterances. */
  | { readonly code: 'identical' }
  /** `floor`: after correction. */
  | { readonly code: 'too-few-discordant'; readonly discordant: number; readonly floor: number }
  | { readonly code: 'not-distinguishable'; readonly discordant: number; readonly p: number }
  | { readonly code: 'better' | 'worse'; readonly discordant: number; readonly p: number };

export interface PairTest {
  readonly firstOnly: number;
  readonly secondOnly: number;
  /** Uncorrected. */
  readonly p: number;
}

/** Judges McNemar's tests of a family together; `better` means that the second is right more often. */
export function judgePairs(tests: readonly PairTest[], level = LEVEL): readonly Judged<PairVerdict>[] {
  const adjusted = holm(tests.map(({ p }) => p));
  const floors = holm(tests.map(({ firstOnly, secondOnly }) => smallestP(firstOnly + secondOnly)));
  return tests.map(({ firstOnly, secondOnly }, i): Judged<PairVerdict> => {
    const p = adjusted[i]!;
    const floor = floors[i]!;
    const discordant = firstOnly + secondOnly;
    if (discordant === 0) return { verdict: { code: 'identical' }, adjusted: p };
    if (floor > level) return { verdict: { code: 'too-few-discordant', discordant, floor }, adjusted: p };
    if (p > level) return { verdict: { code: 'not-distinguishable', discordant, p }, adjusted: p };
    return { verdict: { code: secondOnly > firstOnly ? 'better' : 'worse', discordant, p }, adjusted: p };
  });
}

/** What an interval of a difference says: on which side of zero it lies, if on one. */
export const judgeInterval = ({ low, high }: Interval): 'above' | 'below' | 'covers-zero' =>
  low > 0 ? 'above' : high < 0 ? 'below' : 'covers-zero';
