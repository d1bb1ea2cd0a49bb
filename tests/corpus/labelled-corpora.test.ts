/**
 * Corpora with tables of their own, as folders in memory: each table in the grammar that its publishers or the
 * published readers give, two or three recordings each, and what must come of them said here by hand. No text of a
 * corpus is quoted.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseImprov } from '../../src/core/corpus/adapters/msp-improv';
import { ADAPTERS } from '../../src/core/corpus/adapters/registry';
import { detectCorpus } from '../../src/core/corpus/detect';
import { applyScheme } from '../../src/core/corpus/label-schemes';
import { reportInto } from '../../src/core/corpus/listing';
import { scanCorpus } from '../../src/core/corpus/scan-corpus';
import { eachRow } from '../../src/core/corpus/tables/named-cells';
import type { CorpusManifest } from '../../src/core/corpus/types';
import type { Problem } from '../../src/core/errors/problem';
import { CROWD, DUSHA, EMOZIONALMENTE, IMPROV, MELD, PODCAST, RESD, wavs } from '../support/labelled-folders';
import { memoryDirectory, type Content } from '../support/memory-directory';

const read = (files: Record<string, Content>): Promise<CorpusManifest> => scanCorpus(memoryDirectory(files));
const told = ({ utterances }: CorpusManifest) =>
  utterances.map(({ id, labels, groups, text, votes }) => ({ id, labels, groups, text, votes }));
const skipped = ({ problems }: Pick<CorpusManifest, 'problems'>) =>
  problems.map(({ code, where, said }) => [code, where, said?.key]);

describe('a folder with the corpus’ own table', () => {
  it.each([
    ['meld', MELD, 'MELD.Raw/dev_sent_emo.csv'],
    ['resd', RESD, 'test.csv'],
    ['dusha', DUSHA, 'crowd_test/raw_crowd_test.tsv'],
    ['msp-improv', IMPROV, 'Evaluation.txt'],
    ['msp-podcast', PODCAST, 'Labels/labels_concensus.csv'],
    ['emozionalmente', EMOZIONALMENTE, 'metadata/samples.csv'],
  ])('is %s', async (adapter, files, file) => {
    const [first, second] = await detectCorpus(memoryDirectory(files));
    expect(first).toMatchObject({ adapter, evidence: [{ key: 'labelTable', values: { file } }] });
    expect(second!.score).toBeLessThan(first!.score);
  });

  it('is none of them by the table’s name alone', async () => {
    const tables = { 'train.csv': 'a,b\n', 'samples.csv': 'a,b\n', 'Evaluation.txt': 'x' };
    const files = { ...tables, ...wavs('a') };
    const all = (await detectCorpus(memoryDirectory(files), undefined, [
      { ...ADAPTERS[0], id: 'any', detect: () => ({ score: 0.1, evidence: [] }) },
      ...ADAPTERS,
    ])) as readonly { readonly adapter: string; readonly score: number }[];
    for (const id of ['resd', 'emozionalmente', 'msp-improv'])
      expect(all.find(({ adapter }) => adapter === id)!.score).toBe(0);
  });
});

describe('MELD', () => {
  it('has the same names in every part; the folder says which, and broken ones are left out', async () => {
    const manifest = await read(MELD);
    const text = 'Well, "no".';
    expect(told(manifest)).toEqual([
      {
        id: 'dev/dia0_utt0',
        labels: { emotion: 'fear', sentiment: 'negative', speaker: 'Joey' },
        groups: { speaker: 'Joey', dialog: 'dev/0', split: 'dev' },
        text,
      },
      {
        id: 'test/dia0_utt0',
        labels: { emotion: 'neutral', sentiment: 'negative', speaker: 'Joey' },
        groups: { speaker: 'Joey', dialog: 'test/0', split: 'test' },
        text,
      },
      {
        id: 'train/dia0_utt0',
        labels: { emotion: 'joy', sentiment: 'negative', speaker: 'Dr. Ledbetter' },
        groups: { speaker: 'Dr. Ledbetter', dialog: 'train/0', split: 'train' },
        text,
      },
    ]);
    expect(skipped(manifest)).toEqual([
      ['excluded-audio', 'dev/dia110_utt7', 'brokenInRelease'],
      ['missing-audio', 'dev/dia9_utt9', 'noFileForRow'],
      ['excluded-audio', 'train/dia125_utt3', 'brokenInRelease'],
      [
        'unlabelled-audio',
        'MELD.Raw/test/output_repeated_splits_test/final_videos_testdia5_utt5.wav',
        'notInTable',
      ],
    ]);
    expect(applyScheme(manifest, 'meld-4').items.map(({ labels }) => labels['emotion'])).toEqual([2, 1]);
  });

  it('without sound files is refused with what to do', async () => {
    const tables = Object.fromEntries(Object.entries(MELD).filter(([path]) => path.endsWith('.csv')));
    await expect(read(tables)).rejects.toMatchObject({
      code: 'no-audio-files',
      details: { labels: 6 },
    });
  });
});

it('RESD: dialogs are groups, whatever their folders are called; the parts are published', async () => {
  const manifest = await read(RESD);
  expect(told(manifest).map(({ id, labels, groups }) => [id, labels, groups])).toEqual([
    ['06_anger_fear_a_001', { emotion: 'anger' }, { dialog: '06_anger_fear', split: 'test' }],
    [
      '32_happiness_enthusiasm_e_121',
      { emotion: 'enthusiasm' },
      { dialog: '32_happiness_enthusiasm', split: 'train' },
    ],
    [
      '32_happiness_enthusiasm_h_120',
      { emotion: 'happiness' },
      { dialog: '32_happiness_enthusiasm', split: 'train' },
    ],
  ]);
  expect(skipped(manifest)).toEqual([
    ['unlabelled-audio', 'test/06_anger_fear/06_anger_fear_a_002.wav', 'notInTable'],
  ]);
});

describe('Dusha', () => {
  it('is what its listeners chose, or the label it was given', async () => {
    const manifest = await read(DUSHA);
    const groups = { speaker: 's1', split: 'train' };
    const labels = { speaker: 's1', acted: 'sad' };
    const text = 'да "нет';
    expect(told(manifest)).toEqual([
      {
        id: 'aa',
        labels: { ...labels, emotion: 'angry' },
        groups,
        text,
        votes: { emotion: { raters: 3, counts: { angry: 2, sad: 1 } } },
      },
      {
        id: 'bb',
        labels: { ...labels, emotion: null },
        groups,
        text,
        votes: { emotion: { raters: 2, counts: { neutral: 1, sad: 1 } } },
      },
      {
        id: 'cc',
        labels: { ...labels, emotion: 'positive' },
        groups,
        text,
        votes: { emotion: { raters: 1, counts: { sad: 1 } } },
      },
      {
        id: 'dd',
        labels: { emotion: 'neutral', speaker: 's2', acted: 'neutral' },
        groups: { speaker: 's2', split: 'test' },
        text: 'дa "и',
        votes: { emotion: { raters: 1, counts: { neutral: 1 } } },
      },
    ]);
    expect(skipped(manifest)).toEqual([
      ['bad-table-row', 'crowd_train/raw_crowd_train.jsonl', 'rowJson'],
      ['missing-audio', 'podcast_train/raw_podcast_train.jsonl', 'podcastRows'],
    ]);
  });

  it('of podcasts alone is refused in words', async () => {
    const podcasts = Object.fromEntries(Object.entries(DUSHA).filter(([path]) => path.startsWith('podcast')));
    await expect(read(podcasts)).rejects.toMatchObject({ code: 'features-only', details: { rows: 2 } });
  });

  it('takes the authors’ aggregation where it is there', async () => {
    const aggregated = 'hash_id\twav_path\tduration\temotion\tgolden_emo\naa\tx\t1\tneutral\t\n';
    const manifest = await read({
      'aggregated_dataset/crowd_train.tsv': aggregated,
      'crowd_train/raw_crowd_train.jsonl': CROWD,
      ...wavs('crowd_train/wavs/aa'),
    });
    expect(manifest.utterances.map(({ id, labels }) => [id, labels['emotion']])).toEqual([['aa', 'neutral']]);
  });
});

describe('MSP-IMPROV', () => {
  it('says its labels, ratings and listeners in Evaluation.txt, and whose voice it is with a doubt', async () => {
    const manifest = await read(IMPROV);
    expect(told(manifest)).toEqual([
      {
        id: 'MSP-IMPROV-S01A-F01-P-FM01',
        labels: {
          emotion: 'A',
          speaker: 'F01',
          gender: 'female',
          activation: 3.857143,
          valence: 1.857143,
          dominance: null,
          naturalness: 4,
        },
        groups: { speaker: 'F01', session: '1', text: '01', recording: 'P', turn: 'FM' },
        votes: { emotion: { raters: 3, counts: { A: 2, N: 1 } } },
      },
      {
        id: 'MSP-IMPROV-S20H-M06-T-MF12',
        labels: {
          emotion: 'X',
          speaker: 'M06',
          gender: 'male',
          activation: null,
          valence: null,
          dominance: null,
          naturalness: null,
        },
        groups: { speaker: 'M06', session: '6', text: '20', recording: 'T', turn: 'MF' },
      },
    ]);
    expect(skipped(manifest)).toEqual([
      ['bad-label-line', 'Evaluation.txt:7', 'line'],
      ['doubtful-audio', 'Evaluation.txt', 'thirdFieldSpeaker'],
    ]);
    expect(applyScheme(manifest, 'msp-improv-4').excluded).toEqual({ X: 1 });
  });

  it('is read to its end, whatever stands in it', () => {
    const line = fc.oneof(
      fc.constantFrom(...IMPROV['Evaluation.txt'].split('\r\n')),
      fc.string({ unit: fc.constantFrom('U', 'T', 'D', '-', ';', ' ', 'A', ':', '1', '.', 'N', 'a') }),
    );
    fc.assert(
      fc.property(fc.array(line, { maxLength: 8 }), (lines) => {
        const { evaluated, bad } = parseImprov(lines.join('\n'));
        const votes = evaluated.reduce((sum, one) => sum + one.votes.length, 0);
        const empty = lines.filter((one) => one.trim() === '').length;
        expect(evaluated.length + votes + bad.length + empty).toBe(lines.length);
      }),
      { numRuns: 20_000 },
    );
  });
});

it('MSP-PODCAST: an unknown speaker is none', async () => {
  const manifest = await read(PODCAST);
  expect(told(manifest).map(({ id, labels, groups }) => [id, labels, groups])).toEqual([
    [
      'msp-podcast_0001_0008',
      { emotion: 'N', speaker: '127', gender: 'male', valence: 3.6, activation: 4.8, dominance: 5 },
      { speaker: '127', split: 'Test1' },
    ],
    [
      'msp-podcast_0001_0019',
      { emotion: 'X', speaker: null, gender: null, valence: null, activation: 5, dominance: 4.5 },
      { split: 'Train' },
    ],
  ]);
  expect(manifest.problems).toEqual([]);
});

it('Emozionalmente: three tables, joined', async () => {
  const manifest = await read(EMOZIONALMENTE);
  expect(told(manifest)).toEqual([
    {
      id: '1600',
      labels: { emotion: 'joy', speaker: 'anna', gender: 'female', age: 31 },
      groups: { speaker: 'anna', text: 'Sì, vengo' },
      text: 'Sì, vengo',
      votes: { emotion: { raters: 3, counts: { joy: 2, surprise: 1 } } },
    },
    {
      id: '1601',
      labels: { emotion: 'neutrality', speaker: 'bo', gender: null, age: null },
      groups: { speaker: 'bo', text: 'Vengo' },
      text: 'Vengo',
    },
  ]);
});

it('a copy with other cases and composed letters is the same', async () => {
  const files = Object.fromEntries(
    Object.entries(PODCAST).map(([path, content]) => [
      path.replace('MSP-PODCAST', 'msp-podcast').replace('.wav', '.WAV'),
      content,
    ]),
  );
  const [one, other] = [await read(PODCAST), await read(files)];
  expect(other.fingerprint).toBe(one.fingerprint);
});

it('a table of any size ends, whatever its bytes are, and rows come once however it is cut', async () => {
  const rowsOf = async (bytes: Uint8Array, path: string) => {
    const problems: Problem[] = [];
    const rows: string[] = [];
    const file = {
      kind: 'file' as const,
      name: path,
      size: async () => bytes.length,
      bytes: async (start: number, end: number) => bytes.slice(start, end),
    };
    await eachRow({ path, file }, reportInto(problems), (cell) => rows.push(cell('a')), undefined);
    return { rows, problems };
  };
  await fc.assert(
    fc.asyncProperty(
      fc.uint8Array({ maxLength: 60 }),
      fc.constantFrom('x.jsonl', 'x.tsv'),
      async (bytes, path) => {
        const { rows, problems } = await rowsOf(bytes, path);
        expect(rows.length + problems.length).toBeLessThanOrEqual(bytes.length + 1);
      },
    ),
    { numRuns: 20_000 },
  );
  // More than one piece of 4 MiB, two bytes a letter.
  const line = `${'ж'.repeat(500)}\tя\n`;
  const { rows, problems } = await rowsOf(new TextEncoder().encode(`b\ta\n${line.repeat(10_000)}`), 'x.tsv');
  expect([rows.length, new Set(rows), problems]).toEqual([10_000, new Set(['я']), []]);
});
