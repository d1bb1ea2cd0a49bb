/** Agreement of listeners: equal to statsmodels and krippendorff, and what cannot be computed. */
import { expect, it } from 'vitest';
import {
  agreementOf,
  ratingAgreement,
  voteAgreement,
  type Coefficient,
} from '../../../src/core/corpus/statistics/agreement';
import { countVotes } from '../../../src/core/corpus/votes';
import { fixtureBytes } from '../../support/fixture';
import { guard } from '../../support/fidelity';

interface Case {
  readonly units: readonly (readonly number[])[];
  readonly values: number;
  readonly fleissRaters: number;
  readonly percent: number;
  readonly fleiss: number;
  readonly nominal: number;
  readonly ordinal: number;
  readonly interval: number;
  readonly classes: readonly number[];
}

const { agreement: CASES } = JSON.parse(
  new TextDecoder().decode(await fixtureBytes('corpus_statistics.json')),
) as { readonly agreement: readonly Case[] };

const valueOf = (one: Coefficient): number => ('value' in one ? one.value : Number.NaN);
const off = (one: Coefficient, reference: number): number => Math.abs(valueOf(one) - reference);
const votesOf = (units: Case['units']) =>
  units.map((unit) => countVotes(unit.map((value) => [String(value)])));

it('of classes is that of statsmodels and krippendorff, numbers of listeners unequal and votes missing', () => {
  const kappas: number[] = [];
  const alphas: number[] = [];
  for (const { units, fleissRaters, fleiss, percent, nominal, classes } of CASES) {
    const found = voteAgreement('emotion', votesOf(units));
    expect(found.fleissRaters).toBe(fleissRaters);
    kappas.push(off(found.fleiss, fleiss), off(found.percent, percent));
    alphas.push(off(found.alpha, nominal));
    expect(found.classes.map(({ value }) => value).toSorted()).toEqual(classes.map((_, i) => String(i)));
    for (const { value, alpha } of found.classes) alphas.push(off(alpha, classes[Number(value)]!));
  }
  const row = { chapter: 'statistics', unit: 'absolute', tolerance: 1e-12 } as const;
  guard({ ...row, quantity: "Fleiss' kappa", reference: 'statsmodels', worst: Math.max(...kappas) });
  guard({
    ...row,
    quantity: "Krippendorff's alpha, classes",
    reference: 'krippendorff',
    worst: Math.max(...alphas),
  });
});

it('of numbers is that of krippendorff, by distance and by order', () => {
  const alphas: number[] = [];
  for (const { units, ordinal, interval, percent } of CASES) {
    const found = ratingAgreement('valence', units);
    alphas.push(off(found.ordinal, ordinal), off(found.interval, interval), off(found.percent, percent));
  }
  guard({
    chapter: 'statistics',
    quantity: "Krippendorff's alpha, numbers",
    reference: 'krippendorff',
    unit: 'absolute',
    tolerance: 1e-12,
    worst: Math.max(...alphas),
  });
});

/** Fleiss (1971) by hand: two utterances of three listeners, aab and bbb. */
it('is what arithmetic by hand says', () => {
  const found = voteAgreement('emotion', [
    countVotes([['a'], ['a'], ['b']]),
    countVotes([['b'], ['b'], ['b']]),
  ]);
  // Pairs agree in 1/3 and 1; two of six votes are a: by chance 1/9 + 4/9.
  expect(valueOf(found.percent)).toBeCloseTo(2 / 3, 14);
  expect(valueOf(found.fleiss)).toBeCloseTo((2 / 3 - 5 / 9) / (1 - 5 / 9), 14);
  // Disagreeing pairs of values: 2 of 6 weighted by 1/2; by chance 2 * 2 * 4 of 6 * 5.
  expect(valueOf(found.alpha)).toBeCloseTo(1 - 2 / 6 / (16 / 30), 14);
  expect(found).toMatchObject({ utterances: 2, majority: 2, several: 0, fleissRaters: 3, raters: [[3, 2]] });
});

it('says why it cannot be computed', () => {
  const alone = voteAgreement('emotion', [countVotes([['a']]), countVotes([['b']])]);
  for (const one of [alone.percent, alone.fleiss, alone.alpha]) expect(one).toEqual({ why: 'one-rater' });
  expect(alone).toMatchObject({ utterances: 2, majority: 2, raters: [[1, 2]] });
  const same = voteAgreement('emotion', [countVotes([['a'], ['a']]), countVotes([['a'], ['a']])]);
  for (const one of [same.fleiss, same.alpha]) expect(one).toEqual({ why: 'one-value' });
  expect(valueOf(same.percent)).toBe(1);
  expect(ratingAgreement('valence', [[2], [3]]).interval).toEqual({ why: 'one-rater' });
  expect(ratingAgreement('valence', [[2, 2], [2]]).ordinal).toEqual({ why: 'one-value' });
});

it('leaves utterances of several choices to the single classes, and counts them', () => {
  const votes = [
    countVotes([['a', 'b'], ['a'], ['a']]),
    countVotes([['b'], ['b'], ['a']]),
    // One listener chose nothing: two are left.
    countVotes([['b'], ['b'], []]),
  ];
  const found = voteAgreement('emotion', votes);
  expect(found).toMatchObject({
    several: 1,
    raters: [
      [2, 1],
      [3, 2],
    ],
  });
  expect(found.alpha).toMatchObject({ utterances: 2 });
  // a: aaa, abb -> 1 of 3, bb -> none; four of eight say a.
  const a = found.classes.find(({ value }) => value === 'a')!;
  expect(a.votes).toBe(4);
  expect(valueOf(a.alpha)).toBeCloseTo(1 - 2 / 8 / ((2 * 4 * 4) / (8 * 7)), 14);
});

it('is of every column that has votes or ratings', () => {
  const none = agreementOf([{}, {}]);
  expect(none).toEqual({ votes: [], ratings: [] });
  const found = agreementOf([
    { votes: { emotion: countVotes([['a'], ['a']]) }, ratings: { valence: [1, 2], dominance: [3] } },
    { votes: { emotion: countVotes([['b'], ['b']]) } },
  ]);
  expect(found.votes.map(({ column, utterances }) => [column, utterances])).toEqual([['emotion', 2]]);
  expect(valueOf(found.votes[0]!.alpha)).toBe(1);
  expect(found.ratings.map(({ column, utterances }) => [column, utterances])).toEqual([
    ['valence', 1],
    ['dominance', 1],
  ]);
});
