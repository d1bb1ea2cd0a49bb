/** Label schemes, splits with their leakage report, and the summary of a corpus. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyScheme } from '../../src/core/corpus/label-schemes';
import { makeSplit } from '../../src/core/splits/make';
import { leaksOf, splitReport } from '../../src/core/splits/report';
import { summarise } from '../../src/core/corpus/summary';
import { manifestOf, utterance } from './manifests';

const LABELS = ['ang', 'hap', 'exc', 'neu', 'sad', 'xxx'];
/** Sessions 1 and 2, a woman and a man each, every label once. */
const CORPUS = manifestOf(
  [1, 2].flatMap((session) =>
    (['F', 'M'] as const).flatMap((letter) => LABELS.map((label, i) => utterance(session, letter, label, i))),
  ),
);

describe('label schemes', () => {
  it("keeps the paper's four classes and says what is left out", () => {
    const { items, classes, excluded } = applyScheme(CORPUS, 'iemocap-4');
    expect(classes).toEqual({
      emotion: ['angry', 'happy', 'neutral', 'sad'],
      speaker: ['Ses01F', 'Ses01M', 'Ses02F', 'Ses02M'],
      gender: ['female', 'male'],
    });
    expect(excluded).toEqual({ exc: 4, xxx: 4 });
    expect(items).toHaveLength(16);
    for (const { id, utteranceIndex, labels } of items) {
      const source = CORPUS.utterances[utteranceIndex]!;
      expect([id, classes['speaker']![labels['speaker']!], classes['gender']![labels['gender']!]]).toEqual([
        source.id,
        source.labels['speaker'],
        source.labels['gender'],
      ]);
      expect(classes['emotion']![labels['emotion']!]!.slice(0, 3)).toBe(source.labels['emotion']);
      expect([labels['valence'], labels['activation'], labels['dominance']]).toEqual([3, 3, 3]);
    }
  });

  it('merges excited into happy in the other variant', () => {
    const { items, excluded } = applyScheme(CORPUS, 'iemocap-4-exc');
    expect(excluded).toEqual({ xxx: 4 });
    expect(items.filter(({ labels }) => labels['emotion'] === 1)).toHaveLength(8);
  });

  it('numbers only speakers of whom something remains', () => {
    const manifest = manifestOf([
      utterance(1, 'F', 'xxx', 0),
      utterance(1, 'M', 'ang', 0),
      utterance(4, 'F', 'sad', 1),
    ]);
    const { items, classes } = applyScheme(manifest, 'iemocap-4');
    expect(classes['speaker']).toEqual(['Ses01M', 'Ses04F']);
    expect(items.map(({ labels }) => [labels['speaker'], labels['gender']])).toEqual([
      [0, 1],
      [1, 0],
    ]);
    expect(applyScheme(manifestOf([utterance(1, 'F', 'xxx', 0)]), 'iemocap-4').items).toEqual([]);
  });
});

describe('random splits', () => {
  const items = (count: number) =>
    applyScheme(manifestOf(Array.from({ length: count }, (_, i) => utterance(1, 'F', 'ang', i))), 'iemocap-4')
      .items;

  it.each([
    [430, 86],
    [5, 1],
    [7, 1],
    [8, 2],
    [4490, 898],
    [2, 1],
    [1, 0],
    [0, 0],
  ])('of %i utterances validates on %i at 4:1', (count, wanted) => {
    const many = Array.from({ length: count }, (_, i) => ({ ...items(1)[0]!, id: String(i) }));
    const { train, validation } = makeSplit(many, { kind: 'random', validationFraction: 0.2 }, 1);
    expect([train.length, validation.length]).toEqual([count - wanted, wanted]);
  });

  it('never loses or doubles an utterance, and depends on the seed alone', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 2, max: 60 }),
        fc.double({ min: 0.01, max: 0.99, noNaN: true }),
        fc.nat(),
        (count, validationFraction, seed) => {
          const all = items(count);
          const choice = { kind: 'random', validationFraction } as const;
          const { train, validation } = makeSplit(all, choice, seed);
          expect([...train, ...validation].map(({ id }) => id).sort()).toEqual(all.map(({ id }) => id));
          expect(Math.min(train.length, validation.length)).toBeGreaterThan(0);
          expect(makeSplit(all, choice, seed)).toEqual({ train, validation });
        },
      ),
    );
  });

  it('differs from seed to seed', () => {
    const choice = { kind: 'random', validationFraction: 0.2 } as const;
    const drawn = [1, 2, 3, 4].map((seed) =>
      makeSplit(items(50), choice, seed)
        .validation.map(({ id }) => id)
        .join(),
    );
    expect(new Set(drawn).size).toBe(4);
  });
});

describe('session splits and the leakage report', () => {
  it('holds out a whole session: no shared speaker, so no speaker score', () => {
    const { items, classes } = applyScheme(CORPUS, 'iemocap-4');
    const split = makeSplit(items, { kind: 'session', session: 2 }, 1);
    expect(new Set(split.validation.map(({ groups }) => groups['session']))).toEqual(new Set(['2']));
    expect(new Set(split.train.map(({ groups }) => groups['session']))).toEqual(new Set(['1']));
    const report = splitReport(classes, split, leaksOf(CORPUS));
    expect(report.shared['speaker']).toBeUndefined();
    expect(report.checks['speaker']!.unmeasurable).toBe('unseen');
    expect([report.checks['emotion']!.unmeasurable, report.checks['gender']!.unmeasurable]).toEqual([
      null,
      null,
    ]);
    expect(report.counts['emotion']).toEqual({ train: [2, 2, 2, 2], validation: [2, 2, 2, 2] });
    expect(report.absent).toEqual([
      { column: 'speaker', className: 'Ses02F', side: 'train' },
      { column: 'speaker', className: 'Ses02M', side: 'train' },
      { column: 'speaker', className: 'Ses01F', side: 'validation' },
      { column: 'speaker', className: 'Ses01M', side: 'validation' },
    ]);
  });

  it('leaves a side empty when the session is not there', () => {
    const { items } = applyScheme(CORPUS, 'iemocap-4');
    expect(makeSplit(items, { kind: 'session', session: 5 }, 1).validation).toEqual([]);
  });

  it('names speakers and scripts that are on both sides', () => {
    const { items, classes } = applyScheme(
      manifestOf([
        utterance(1, 'F', 'ang', 0, 'Ses01F_script01_1'),
        utterance(1, 'M', 'hap', 1, 'Ses01F_script02_2'),
        utterance(5, 'F', 'neu', 2, 'Ses05M_script01_1b'),
        utterance(1, 'F', 'sad', 3),
      ]),
      'iemocap-4',
    );
    // impro01_F003, script01_1, script02_2, Ses05M_script01_1b
    const [a, b, c, d] = [items[0]!, items[1]!, items[2]!, items[3]!];
    const report = splitReport(classes, { train: [b, c], validation: [a, d] }, leaksOf(CORPUS));
    expect(report.shared).toEqual({ speaker: ['Ses01F'], script: ['script01_1'] });
    // One speaker of the validation side occurs in training; the other one is left out.
    expect(report.checks['speaker']).toMatchObject({ unmeasurable: 'single', unseen: [2], leftOut: 1 });
  });
});

describe('the summary', () => {
  it('counts classes by speaker and session, durations and what is left out', () => {
    const summary = summarise(CORPUS, 'iemocap-4');
    expect(summary).toMatchObject({
      labelledUtterances: 24,
      utterances: 16,
      classes: ['angry', 'happy', 'neutral', 'sad'],
      groups: ['session', 'speaker'],
      labels: ['gender'],
      numbers: ['valence', 'activation', 'dominance'],
      classTotals: [4, 4, 4, 4],
      excluded: [
        { label: 'exc', count: 4 },
        { label: 'xxx', count: 4 },
      ],
      byLabel: { ang: 4, exc: 4, hap: 4, neu: 4, sad: 4, xxx: 4 },
      sampleRates: [16_000],
      rates: [{ hertz: 16_000, count: 16 }],
      problems: [],
    });
    expect(summary.rows.map(({ groups }) => groups['speaker'])).toEqual([
      'Ses01F',
      'Ses01M',
      'Ses02F',
      'Ses02M',
    ]);
    // ang, hap, neu and sad have indices 0, 1, 3 and 4, so 1 + 2 + 4 + 5 half seconds.
    expect(summary.rows[1]).toEqual({
      groups: { session: '1', speaker: 'Ses01M' },
      labels: { gender: ['male'] },
      numbers: { valence: 3, activation: 3, dominance: 3 },
      counts: [1, 1, 1, 1],
      utterances: 4,
      seconds: 6,
    });
    expect(summary.seconds).toBe(24);
  });

  it('counts sample rates: all of the corpus, and those of the utterances in use', () => {
    const mixed = manifestOf(
      CORPUS.utterances.map((item) => ({
        ...item,
        sampleRate:
          item.labels['emotion'] === 'xxx' ? 8_000 : item.labels['emotion'] === 'sad' ? 44_100 : 16_000,
      })),
    );
    const summary = summarise(mixed, 'iemocap-4');
    expect(summary.sampleRates).toEqual([8_000, 16_000, 44_100]);
    expect(summary.rates).toEqual([
      { hertz: 16_000, count: 12 },
      { hertz: 44_100, count: 4 },
    ]);
  });

  it('groups problems by kind, most frequent first, with a few examples', () => {
    const problem = (code: 'hidden-file' | 'truncated-audio', i: number) => ({
      code,
      where: String(i),
      detail: '',
      kept: code === 'truncated-audio',
    });
    const { problems } = summarise(
      manifestOf([], [problem('truncated-audio', 0), ...[1, 2, 3].map((i) => problem('hidden-file', i))]),
      'iemocap-4',
      2,
    );
    expect(
      problems.map(({ code, count, kept, examples }) => [
        code,
        count,
        kept,
        examples.map(({ where }) => where),
      ]),
    ).toEqual([
      ['hidden-file', 3, 0, ['1', '2']],
      ['truncated-audio', 1, 1, ['0']],
    ]);
  });
});
