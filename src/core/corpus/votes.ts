/** What several listeners said of one recording: label distributions, and why there may be no majority. */

/** By value of a column: how many chose it. One listener may have chosen several. */
export interface Votes {
  readonly raters: number;
  readonly counts: Readonly<Record<string, number>>;
}

/** @param choices of each listener, in a corpus' own values */
export function countVotes(choices: readonly (readonly string[])[]): Votes {
  const counts: Record<string, number> = {};
  for (const value of choices.flat()) counts[value] = (counts[value] ?? 0) + 1;
  return { raters: choices.length, counts };
}

/**
 * The value that more than half of the listeners chose and no other as often; null where there is none.
 * IEMOCAP's `xxx` is that.
 */
export function majorityOf({ raters, counts }: Votes): string | null {
  const [first, second] = rankedVotes({ counts });
  return first && first[1] * 2 > raters && first[1] !== second?.[1] ? first[0] : null;
}

/** Most votes first; equal ones by name. */
export const rankedVotes = ({ counts }: Pick<Votes, 'counts'>): readonly (readonly [string, number])[] =>
  Object.entries(counts).sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1));

/** Votes on one utterance as shares of classes. */
export interface VoteShares {
  /** One a class, adding up to 1; null where no vote is for any of them. */
  readonly shares: readonly number[] | null;
  /** Votes for what is none of the classes. */
  readonly outside: number;
}

/**
 * @param classes in order of index  @param classOf what a value becomes; undefined: none of the classes
 */
export function sharesOf(
  { counts }: Pick<Votes, 'counts'>,
  classes: readonly string[],
  classOf: (value: string) => string | undefined,
): VoteShares {
  const sums = classes.map(() => 0);
  let [inside, outside] = [0, 0];
  for (const [value, count] of Object.entries(counts)) {
    const name = classOf(value);
    const index = name === undefined ? -1 : classes.indexOf(name);
    if (index < 0) outside += count;
    else {
      sums[index]! += count;
      inside += count;
    }
  }
  return { shares: inside === 0 ? null : sums.map((sum) => sum / inside), outside };
}
