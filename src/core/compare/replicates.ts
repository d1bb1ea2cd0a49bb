/**
 * What a recipe is repeated over: runs with other seeds, of other folds of one split, or both. The same tests
 * are made of either; what they say is about seeds or about folds. Not here: grouping (groups.ts), the words.
 */
import { turnOf } from '../splits/turns';
import type { RunGroup } from './groups';

/** `turns`: the parts of one split that are held out one after the other, called folds. */
export type Replicates = 'seeds' | 'turns' | 'seeds-and-folds';

/** One run of a recipe, or one pair of two recipes' runs. */
export interface Repetition {
  readonly seed: number;
  /** The fold that is held out; absent where recipes are grouped over seeds alone. */
  readonly fold?: string;
}

/** `3`, or over folds `3/5`: the seed, and the fold held out. */
export const repetitionText = ({ seed, fold }: Repetition): string =>
  fold === undefined ? String(seed) : `${seed}/${fold}`;

export const repetitionsOf = ({ runs, folds }: RunGroup): readonly Repetition[] =>
  runs.map(({ config: { seed, split } }) => {
    const fold = folds.length > 0 ? turnOf(split) : null;
    return { seed, ...(fold === null ? {} : { fold }) };
  });

/** @returns `seeds` where nothing varies: a single run is one seed */
export function replicatesOf(repetitions: readonly Repetition[]): Replicates {
  const count = (values: readonly unknown[]): number => new Set(values).size;
  if (count(repetitions.flatMap(({ fold }) => fold ?? [])) < 2) return 'seeds';
  return count(repetitions.map(({ seed }) => seed)) < 2 ? 'turns' : 'seeds-and-folds';
}

/** What pairs are over. @param among what the comparison is over: a single pair does not say it */
export const replicatesOfPairs = (pairs: readonly Repetition[], among: Replicates): Replicates =>
  pairs.length > 1 ? replicatesOf(pairs) : among;
