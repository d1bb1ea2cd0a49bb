/**
 * McNemar's test of two classifiers on the same utterances: only those that exactly one of them gets right
 * can tell them apart. Sources: McNemar, Psychometrika 12 (1947); Edwards, Psychometrika 13 (1948) for the
 * continuity correction; Dietterich, Neural Computation 10 (1998) for its use here. It takes utterances as
 * independent and says nothing of other seeds.
 */
import { chiSquareOneTail } from './normal';

export interface McNemar {
  readonly both: number;
  /** Right in the first alone, and in the second alone. */
  readonly firstOnly: number;
  readonly secondOnly: number;
  readonly neither: number;
  /** Binomial, two-sided; 1 without discordant utterances. */
  readonly exactP: number;
  /** (|b - c| - 1)^2 / (b + c); 0 where b = c. */
  readonly chiSquare: number;
  readonly chiSquareP: number;
}

/** Two-sided p of `hits` of `n` at even odds. */
export function evenOdds(hits: number, n: number): number {
  const k = Math.min(hits, n - hits);
  let log = -n * Math.LN2;
  for (let i = 1; i <= k; i++) log += Math.log((n - k + i) / i);
  // From the largest term of the tail downwards.
  let term = 1;
  let sum = 1;
  for (let i = k; i > 0 && term > sum * 1e-17; i--) {
    term *= i / (n - i + 1);
    sum += term;
  }
  return Math.min(1, 2 * Math.exp(log) * sum);
}

/** From the counts of the two-by-two table. */
export function mcnemarOf(both: number, firstOnly: number, secondOnly: number, neither: number): McNemar {
  const n = firstOnly + secondOnly;
  const chiSquare = firstOnly === secondOnly ? 0 : (Math.abs(firstOnly - secondOnly) - 1) ** 2 / n;
  return {
    both,
    firstOnly,
    secondOnly,
    neither,
    exactP: evenOdds(firstOnly, n),
    chiSquare,
    chiSquareP: chiSquareOneTail(chiSquare),
  };
}

/** @param truth,first,second class indices, one entry an utterance, in the same order */
export function mcnemar(
  truth: ArrayLike<number>,
  first: ArrayLike<number>,
  second: ArrayLike<number>,
): McNemar {
  const table = [0, 0, 0, 0];
  for (let i = 0; i < truth.length; i++)
    table[(first[i] === truth[i] ? 0 : 2) + (second[i] === truth[i] ? 0 : 1)]!++;
  const [both, firstOnly, secondOnly, neither] = table as [number, number, number, number];
  return mcnemarOf(both, firstOnly, secondOnly, neither);
}
