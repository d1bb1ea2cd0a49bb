/** What Data says of a corpus, on one whose faults and numbers are known. */
import { describe, expect, it } from 'vitest';
import { crossOf, histogramOf, overviewOf } from '../../../src/core/corpus/statistics/answers';
import { splitFacts, type FactsSetting } from '../../../src/core/splits/facts';
import type { CorpusManifest, Utterance } from '../../../src/core/corpus/types';

const SETTING: FactsSetting = {
  labelScheme: 'iemocap-4',
  split: { kind: 'speaker', speaker: 'Ses02F' },
  seed: 1,
};

/** 40 utterances of two speakers, 2 s to 2.39 s long; the faults of some are given by their number. */
const utterance = (i: number, change: Partial<Utterance> = {}): Utterance => {
  const speaker = `Ses0${(i % 2) + 1}F`;
  const id = `${speaker}_impro01_F${String(i).padStart(3, '0')}`;
  return {
    id,
    path: `${id}.wav`,
    sampleRate: 16_000,
    frames: 32_000 + 160 * i,
    content: id,
    labels: {
      emotion: ['ang', 'hap', 'neu', 'sad'][Math.floor(i / 2) % 4]!,
      speaker,
      gender: 'female',
      valence: 1 + (i % 5),
      activation: 3,
      dominance: 3,
    },
    groups: { speaker, session: speaker[4]!, dialog: `${speaker}_impro01` },
    ...change,
  };
};
const manifest = (changed: Readonly<Record<number, Partial<Utterance>>> = {}): CorpusManifest => ({
  version: 2,
  adapter: 'iemocap',
  fingerprint: 'f',
  utterances: Array.from({ length: 40 }, (_, i) => utterance(i, changed[i])),
  problems: [],
});
const idOf = (i: number): string => utterance(i).id;
const LEVELS = Object.fromEntries(
  Array.from({ length: 40 }, (_, i) => [idOf(i), { rms: -20 - i / 10, peak: -6 }]),
);
const factsOf = (corpus: CorpusManifest, setting: Partial<FactsSetting> = {}, levels = LEVELS) =>
  splitFacts(corpus, { ...SETTING, ...setting }, levels);

describe('the columns', () => {
  it('are labels and groups, and what follows from the rest', () => {
    const corpus = manifest({ 3: { votes: { emotion: { raters: 3, counts: { ang: 2, sad: 1 } } } } });
    const { utterances, columns } = overviewOf(factsOf(corpus), corpus);
    expect(utterances).toBe(40);
    expect(columns.map(({ id, kind, values, known }) => [id, kind, values, known])).toEqual([
      ['emotion', 'classes', 4, 40],
      ['speaker', 'classes', 2, 40],
      ['gender', 'classes', 2, 40],
      ['session', 'classes', 2, 40],
      ['dialog', 'classes', 2, 40],
      ['$side', 'classes', 2, 40],
      ['$rate', 'classes', 1, 40],
      ['$duration', 'number', 0, 40],
      ['$rms', 'number', 0, 40],
      ['$peak', 'number', 0, 40],
      ['$entropy', 'number', 0, 1],
      ['valence', 'number', 0, 40],
      ['activation', 'number', 0, 40],
      ['dominance', 'number', 0, 40],
    ]);
  });

  it('lack the level before features are computed, and what is excluded', () => {
    const corpus = manifest();
    const { utterances, columns } = overviewOf(factsOf(corpus, { exclude: [idOf(0), idOf(1)] }, {}), corpus);
    expect(utterances).toBe(38);
    expect(columns.some(({ id }) => id === '$rms')).toBe(false);
  });
});

describe('a histogram', () => {
  it('counts a number by label, speaker or side', () => {
    const facts = factsOf(manifest());
    const all = histogramOf(facts, '$duration', null)!;
    expect(all.groups).toEqual(['']);
    expect(all.counts[0]!.reduce((sum, count) => sum + count, 0)).toBe(40);
    expect(all.spread).toMatchObject({ count: 40, min: 2, max: 2.39 });
    const bySide = histogramOf(facts, '$duration', '$side')!;
    expect(bySide.groups).toEqual(['train', 'validation']);
    expect(bySide.counts.map((counts) => counts.reduce((sum, count) => sum + count, 0))).toEqual([20, 20]);
    const byEmotion = histogramOf(facts, 'valence', 'emotion')!;
    expect(byEmotion.groups).toEqual(['angry', 'happy', 'neutral', 'sad']);
    expect(histogramOf(facts, 'emotion', null)).toBeNull();
    expect(histogramOf(facts, 'unknown', null)).toBeNull();
  });

  it('says how many groups are not shown', () => {
    const groups = (i: number) => ({ speaker: 'Ses01F', dialog: `d${i < 10 ? 0 : i}`, session: '1' });
    const corpus = manifest(
      Object.fromEntries(Array.from({ length: 40 }, (_, i) => [i, { groups: groups(i) }])),
    );
    const found = histogramOf(factsOf(corpus), '$duration', 'dialog')!;
    expect(found.groups).toHaveLength(12);
    expect(found.groups[0]).toBe('d0');
    // 31 dialogs: one of ten utterances and thirty of one.
    expect([found.hiddenGroups, found.hidden]).toEqual([19, 19]);
  });
});

describe('two columns', () => {
  it('are counted against each other', () => {
    const found = crossOf(factsOf(manifest()), 'emotion', '$side')!;
    expect(found.rows).toEqual({ column: 'emotion', names: ['angry', 'happy', 'neutral', 'sad'], of: 4 });
    expect(found.table).toEqual(Array.from({ length: 4 }, () => [5, 5]));
    expect(found).toMatchObject({ counted: 40, missing: 0, association: { plain: 0 } });
    expect(crossOf(factsOf(manifest()), 'speaker', '$side')!.association.plain).toBeCloseTo(1, 12);
    expect(crossOf(factsOf(manifest()), 'speaker', '$duration')).toBeNull();
  });
});

describe('outliers', () => {
  it('are none in a corpus without faults', () => {
    const corpus = manifest();
    expect(overviewOf(factsOf(corpus), corpus).outliers).toEqual([]);
  });

  it('are found by kind, the farthest first, with what was measured', () => {
    const corpus = {
      ...manifest({
        4: { frames: 16_000 * 305 },
        5: { frames: 3200 },
        6: { content: utterance(2).content! },
        9: { labels: { ...utterance(9).labels, dominance: 0.5 } },
      }),
      problems: [
        { code: 'silent-audio', where: utterance(7).path, detail: '', kept: true },
        { code: 'clipped-audio', where: utterance(8).path, detail: '', kept: true },
        { code: 'clipped-audio', where: 'elsewhere.wav', detail: '', kept: true },
      ] as const,
    };
    const levels = {
      ...LEVELS,
      [idOf(7)]: { rms: -Infinity, peak: -Infinity },
      [idOf(10)]: { rms: -70, peak: -60 },
    };
    const { outliers } = overviewOf(factsOf(corpus, {}, levels), corpus);
    expect(outliers.map(({ kind, column }) => column ?? kind)).toEqual([
      'identical',
      'silent',
      'clipped',
      'duration',
      'level',
      'dominance',
    ]);
    const [identical, silent, clipped, duration, level, range] = outliers.map((group) => group.outliers);
    expect(identical).toEqual([{ id: idOf(6), like: idOf(2) }]);
    expect(silent).toEqual([{ id: idOf(7) }]);
    expect(clipped).toEqual([{ id: idOf(8) }]);
    expect(duration!.map(({ id, value }) => [id, value])).toEqual([
      [idOf(4), 305],
      [idOf(5), 0.2],
    ]);
    expect(level!.map(({ id, value }) => [id, value])).toEqual([[idOf(10), -70]]);
    expect(range).toEqual([{ id: idOf(9), value: 0.5 }]);
    expect(outliers.at(-1)).toMatchObject({ range: [1, 5] });
    // Excluded, they are none any more.
    const exclude = outliers.flatMap((group) => group.outliers.map(({ id }) => id));
    expect(overviewOf(factsOf(corpus, { exclude }, levels), corpus).outliers).toEqual([]);
  });
});
