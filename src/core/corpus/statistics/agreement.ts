/**
 * How far a corpus' listeners agree: on classes, from the votes of each utterance, and on numbers, where single
 * ratings are known. What cannot be computed says why. Not here: the coefficients (coefficients.ts), the words.
 */
import type { Utterance } from '../types';
import { majorityOf, type Votes } from '../votes';
import { agreeingPairs, fleissKappa, intervalAlpha, nominalAlpha, ordinalAlpha } from './coefficients';

/** Why a coefficient cannot be computed. */
export type NoAgreement =
  /** No utterance was judged by two listeners. */
  | 'one-rater'
  /** All listeners said the same of all utterances: agreement by chance would be complete, too. */
  | 'one-value';

/** A coefficient, and how many utterances it is of. */
export type Coefficient =
  | { readonly value: number; readonly utterances: number }
  | { readonly why: NoAgreement };

export interface ClassAgreement {
  /** In the corpus' own values. */
  readonly value: string;
  readonly votes: number;
  /** Krippendorff's alpha of "this class or another one". */
  readonly alpha: Coefficient;
}

/** Of the votes in one column of classes. */
export interface VoteAgreement {
  readonly column: string;
  /** With votes. */
  readonly utterances: number;
  /** Utterances by number of listeners, fewest first. */
  readonly raters: readonly (readonly [raters: number, utterances: number])[];
  /** Utterances of which more than half of the listeners chose one class and no other as often. */
  readonly majority: number;
  /** Utterances of which a listener chose several classes: in none but the majority and the single classes. */
  readonly several: number;
  /** Mean share of pairs of listeners who chose the same. */
  readonly percent: Coefficient;
  /** Of utterances with `fleissRaters` listeners, the most frequent number of two and more. */
  readonly fleiss: Coefficient;
  readonly fleissRaters: number;
  /** Of all utterances with two listeners or more. */
  readonly alpha: Coefficient;
  /** Most votes first. */
  readonly classes: readonly ClassAgreement[];
}

/** Of the single ratings in one column of numbers. */
export interface RatingAgreement {
  readonly column: string;
  /** With ratings. */
  readonly utterances: number;
  readonly raters: VoteAgreement['raters'];
  /** Mean share of pairs of listeners who gave the same number. */
  readonly percent: Coefficient;
  readonly interval: Coefficient;
  readonly ordinal: Coefficient;
}

export interface Agreement {
  /** One a column with votes. */
  readonly votes: readonly VoteAgreement[];
  /** One a column with single ratings. */
  readonly ratings: readonly RatingAgreement[];
}

/** Of all columns in which any utterance has votes or ratings, in the order in which they are met. */
export function agreementOf(utterances: readonly Pick<Utterance, 'votes' | 'ratings'>[]): Agreement {
  return {
    votes: [...gather(utterances, ({ votes }) => votes)].map(([column, votes]) =>
      voteAgreement(column, votes),
    ),
    ratings: [...gather(utterances, ({ ratings }) => ratings)].map(([column, units]) =>
      ratingAgreement(column, units),
    ),
  };
}

function gather<T>(
  utterances: readonly Pick<Utterance, 'votes' | 'ratings'>[],
  of: (utterance: Pick<Utterance, 'votes' | 'ratings'>) => Readonly<Record<string, T>> | undefined,
): Map<string, T[]> {
  const found = new Map<string, T[]>();
  for (const utterance of utterances)
    for (const [column, value] of Object.entries(of(utterance) ?? {})) {
      const list = found.get(column);
      if (list) list.push(value);
      else found.set(column, [value]);
    }
  return found;
}

/** Whoever chose nothing is missing: fewer votes than listeners are so many listeners. */
const listeners = ({ raters, counts }: Votes): number => Math.min(raters, total(Object.values(counts)));

/** @param votes of each utterance that has any */
export function voteAgreement(column: string, votes: readonly Votes[]): VoteAgreement {
  const values = [...new Set(votes.flatMap(({ counts }) => Object.keys(counts)))].sort();
  const row = ({ counts }: Votes): number[] => values.map((value) => counts[value] ?? 0);
  const single = votes.filter(({ raters, counts }) => total(Object.values(counts)) <= raters).map(row);
  const judged = single.filter((counts) => total(counts) > 1);
  const raters = tally(votes.map(listeners));
  const [fleissRaters = 0] = tally(judged.map(total)).reduce<readonly number[]>(
    (most, one) => (one[1] > (most[1] ?? 0) ? one : most),
    [],
  );
  const equal = judged.filter((counts) => total(counts) === fleissRaters);
  return {
    column,
    utterances: votes.length,
    raters,
    majority: votes.filter((one) => majorityOf(one) !== null).length,
    several: votes.length - single.length,
    percent: coefficient(mean(judged.map(agreeingPairs)), judged.length),
    fleiss: coefficient(fleissKappa(equal), equal.length),
    fleissRaters,
    alpha: coefficient(nominalAlpha(judged), judged.length),
    classes: values
      .map((value): ClassAgreement => {
        const table = votes.map((one) => {
          const chosen = one.counts[value] ?? 0;
          return [chosen, listeners(one) - chosen];
        });
        const counted = table.filter((counts) => total(counts) > 1).length;
        return {
          value,
          votes: total(votes.map(({ counts }) => counts[value] ?? 0)),
          alpha: coefficient(nominalAlpha(table), counted),
        };
      })
      .sort((a, b) => b.votes - a.votes || (a.value < b.value ? -1 : 1)),
  };
}

/** @param units single ratings of each utterance that has any */
export function ratingAgreement(column: string, units: readonly (readonly number[])[]): RatingAgreement {
  const rated = units.filter(({ length }) => length > 1);
  return {
    column,
    utterances: units.length,
    raters: tally(units.map(({ length }) => length)),
    percent: coefficient(
      mean(rated.map((unit) => agreeingPairs(tally(unit).map(([, count]) => count)))),
      rated.length,
    ),
    interval: coefficient(intervalAlpha(units), rated.length),
    ordinal: coefficient(ordinalAlpha(units), rated.length),
  };
}

function coefficient(value: number, utterances: number): Coefficient {
  if (utterances === 0) return { why: 'one-rater' };
  return Number.isNaN(value) ? { why: 'one-value' } : { value, utterances };
}

function total(values: readonly number[]): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum;
}

const mean = (values: readonly number[]): number => total(values) / values.length;

/** How often each number occurs, smallest first. */
function tally(values: readonly number[]): (readonly [value: number, count: number])[] {
  const counts = new Map<number, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].sort(([a], [b]) => a - b);
}
