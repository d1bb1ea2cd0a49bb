/**
 * Splits through their registry: who is held out (draws by NumPy, folds by scikit-learn:
 * reference/fixtures/splits.py), the test part, the words of a link, and what a corpus offers.
 */
import fc from 'fast-check';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import type { LabelledItem } from '../../src/core/corpus/label-schemes';
import { makeSplit } from '../../src/core/splits/make';
import { isRelative, isSeeded, SPLIT_SCHEMA, SPLITS, type SplitChoice } from '../../src/core/splits/registry';
import { leaksOf, offerOf, splitReport } from '../../src/core/splits/report';
import { splitOf, splitText } from '../../src/core/splits/text';
import { defaultsOf } from '../../src/core/options/field';
import { manifestOf, utterance } from '../corpus/manifests';
import { guard } from '../support/fidelity';
import { fixture } from '../support/fixture';

interface Case {
  readonly count: number;
  readonly seed: number;
  readonly speakers: readonly string[];
  readonly classes: readonly number[];
  readonly random: readonly number[];
  readonly test: readonly number[];
  readonly folds2: readonly (readonly number[])[];
  readonly folds5: readonly (readonly number[])[];
  readonly groups2: readonly (readonly number[])[];
  readonly groups5: readonly (readonly number[])[];
}
const { cases } = (await fixture<{ readonly cases: readonly Case[] }>('splits')).index;
const itemsOf = ({ speakers, classes }: Pick<Case, 'speakers' | 'classes'>): LabelledItem[] =>
  speakers.map((speaker, i) => ({
    id: String(i),
    utteranceIndex: i,
    labels: { emotion: classes[i]! },
    groups: { speaker },
  }));
const numbers = (items: readonly LabelledItem[] | undefined): number[] =>
  (items ?? []).map(({ utteranceIndex }) => utteranceIndex);

/** Guards that the same utterances are held out, in the same order. */
function sameSide(what: string, reference: string, ours: readonly number[], theirs: readonly number[]): void {
  expect(ours).toEqual(theirs);
  const worst = theirs.filter((one, i) => ours[i] !== one).length;
  guard({
    chapter: 'splits',
    quantity: `${what}: utterances on another side`,
    reference,
    unit: 'utterances',
    tolerance: 0,
    worst,
  });
}

describe.each(cases)('$count utterances', (one) => {
  const items = itemsOf(one);
  const held = (choice: SplitChoice) => numbers(makeSplit(items, choice, one.seed).validation);

  it('are drawn as NumPy draws them from the same stream', () => {
    const split = { kind: 'random', validationFraction: 0.2 } as const;
    sameSide('a random split, and its test part', 'numpy', held(split), one.random);
    const { test } = makeSplit(items, { ...split, test: split }, one.seed);
    sameSide('a random split, and its test part', 'numpy', numbers(test), one.test);
  });

  it.each([2, 5] as const)('are cut into %i folds as scikit-learn cuts them', (folds) => {
    const wanted = folds === 2 ? one : { folds2: one.folds5, groups2: one.groups5 };
    for (let fold = 1; fold <= folds; fold++) {
      const byGroup = held({ kind: 'group-folds', column: 'speaker', folds, fold });
      sameSide('k folds', 'scikit-learn', held({ kind: 'folds', folds, fold }), wanted.folds2[fold - 1]!);
      sameSide('k folds by group', 'scikit-learn', byGroup, wanted.groups2[fold - 1]!);
    }
  });

  it('keep the share of every class where the draw is stratified', () => {
    const validation = held({ kind: 'stratified', validationFraction: 0.2, column: 'emotion' });
    for (const wanted of [0, 1, 2]) {
      const all = one.classes.filter((label) => label === wanted).length;
      const share = validation.filter((i) => one.classes[i] === wanted).length;
      expect(share).toBe(Math.max(1, Math.round(0.2 * all)));
    }
  });
});

describe('parts', () => {
  const items = itemsOf({
    speakers: ['a', 'a', 'b', 'b', 'c', 'c', 'c', 'd', 'd', 'd'],
    classes: [0, 1, 0, 1, 0, 1, 1, 0, 1, 0],
  });

  it('of one speaker, one group and one session are all of theirs and nothing else', () => {
    for (const choice of [
      { kind: 'speaker', speaker: 'c' },
      { kind: 'group', column: 'speaker', value: 'c' },
    ] as const) {
      const { train, validation, test } = makeSplit(items, choice, 1);
      expect([numbers(train), numbers(validation), test]).toEqual([
        [0, 1, 2, 3, 7, 8, 9],
        [4, 5, 6],
        undefined,
      ]);
    }
    expect(makeSplit(items, { kind: 'speaker', speaker: 'nobody' }, 1).validation).toEqual([]);
  });

  it('for the test are taken away before anything is divided, whatever holds them out', () => {
    const choice: SplitChoice = {
      kind: 'speaker',
      speaker: 'd',
      test: { kind: 'group', column: 'speaker', value: 'b' },
    };
    const { train, validation, test } = makeSplit(items, choice, 1);
    expect([numbers(train), numbers(validation), numbers(test)]).toEqual([
      [0, 1, 4, 5, 6],
      [7, 8, 9],
      [2, 3],
    ]);
    // Without the speaker who tests, the rest is divided as if he had never been there.
    const rest = items.filter(({ groups }) => groups['speaker'] !== 'b');
    const drawn = { kind: 'random', validationFraction: 0.3 } as const;
    const divided = makeSplit(items, { ...drawn, test: { kind: 'speaker', speaker: 'b' } }, 7);
    expect([divided.train, divided.validation]).toEqual(Object.values(makeSplit(rest, drawn, 7)));
  });

  it('that the corpus comes in are read off a column, however they are spelt', () => {
    const given = items.map((item, i) => ({
      ...item,
      groups: { part: ['train', 'Dev', 'TEST', 'unused', 'validation'][i % 5]! },
    }));
    const { train, validation, test } = makeSplit(given, { kind: 'column', column: 'part' }, 1);
    expect([numbers(train), numbers(validation), numbers(test)]).toEqual([
      [0, 5],
      [1, 4, 6, 9],
      [2, 7],
    ]);
  });

  it('never overlap, and lose nobody but by a column of the corpus', () => {
    const kinds = SPLITS.filter(({ ownTest }) => !ownTest);
    const part = fc
      .constantFrom(...kinds)
      .map(
        ({ id, fields }) =>
          ({ kind: id, ...defaultsOf(fields), ...(id === 'speaker' ? { speaker: 'b' } : {}) }) as SplitChoice,
      );
    fc.assert(
      fc.property(part, fc.option(part), fc.nat(), (main, test, seed) => {
        const choice = { ...main, ...(test ? { test } : {}) } as SplitChoice;
        const made = makeSplit(items, choice, seed);
        const all = [...made.train, ...made.validation, ...(made.test ?? [])];
        expect(numbers(all).sort((a, b) => a - b)).toEqual(numbers(items));
        expect(made.test !== undefined).toBe(test !== null);
        if (!isSeeded(choice)) expect(makeSplit(items, choice, seed + 1)).toEqual(made);
        if (!isRelative(choice)) {
          const fewer = makeSplit(items.slice(1), choice, seed);
          expect(numbers(fewer.validation)).toEqual(numbers(made.validation).filter((i) => i > 0));
        }
      }),
    );
  });
});

describe('in a configuration', () => {
  const choices: readonly SplitChoice[] = [
    { kind: 'random', validationFraction: 0.2 },
    { kind: 'session', session: 5 },
    { kind: 'group', column: 'a:b', value: 'x;test:y é%' },
    { kind: 'folds', folds: 10, fold: 3, test: { kind: 'speaker', speaker: '03' } },
    { kind: 'column', column: 'part' },
  ];

  it('a split is one word in a link, and that word the split again', () => {
    expect(choices.slice(0, 2).map(splitText)).toEqual(['random:0.2', 'session:5']);
    expect(splitText(choices[3]!)).toBe('folds:10:3;test:speaker:03');
    for (const choice of choices) expect(v.parse(SPLIT_SCHEMA, splitOf(splitText(choice)))).toEqual(choice);
  });

  it.each([
    'nothing:1',
    'random:2',
    'random:x',
    'folds:5:1;test:column:part',
    'folds:5:1;test:nothing',
    'session:1.5',
  ])('%s is refused', (text) => {
    expect(v.safeParse(SPLIT_SCHEMA, splitOf(text)).success).toBe(false);
  });

  it('a test part cannot have one of its own', () => {
    const test = { kind: 'random', validationFraction: 0.2, test: { kind: 'session', session: 1 } };
    expect(v.safeParse(SPLIT_SCHEMA, { kind: 'session', session: 2, test }).success).toBe(false);
  });
});

describe('a corpus', () => {
  const corpus = manifestOf(
    [1, 2, 10].flatMap((session) =>
      (['F', 'M'] as const).map((letter) =>
        utterance(session, letter, 'ang', session, `Ses0${session}F_script01_1`),
      ),
    ),
  );

  it('offers its own columns and values, and kinds that need others are not offered', () => {
    const offer = offerOf(corpus);
    expect(offer.holdOut['session']).toEqual(['1', '2', '10']);
    expect(Object.keys(offer.holdOut)).toEqual(['session', 'speaker', 'style']);
    const usable = SPLITS.filter(({ fields, choices }) => choices(offer, defaultsOf(fields)) !== null);
    expect(usable.map(({ id }) => id)).toEqual(
      SPLITS.map(({ id }) => id).filter((id) => !id.startsWith('published')),
    );
    const none = { holdOut: {}, parts: [], groups: [], classes: [], published: [] };
    expect(
      SPLITS.filter(({ fields, choices }) => choices(none, defaultsOf(fields)) !== null).map(({ id }) => id),
    ).toEqual(['random', 'folds']);
  });

  it('says what the test part shares with the rest', () => {
    const items = corpus.utterances.map(({ id, groups }, utteranceIndex) => ({
      id,
      utteranceIndex,
      groups,
      labels: { emotion: 0 },
    }));
    const split = makeSplit(items, { kind: 'session', session: 2, test: { kind: 'session', session: 1 } }, 1);
    const report = splitReport({ emotion: ['angry'] }, split, leaksOf(corpus));
    expect(report.counts['emotion']).toEqual({ train: [2], validation: [2], test: [2] });
    expect([report.shared, report.sharedWithTest]).toEqual([
      { script: ['script01_1'] },
      { script: ['script01_1'] },
    ]);
  });
});
