/**
 * Corpora that a table describes. Tables and what stands in them are of pandas and audformat (the fixture
 * `tables`, reference/fixtures/tables.py); the recordings are made here.
 */
import { describe, expect, it } from 'vitest';
import { decodeWav } from '../../src/core/audio/wav';
import { cutByFrames, cutBytes } from '../../src/core/audio/cut';
import { ADAPTERS } from '../../src/core/corpus/adapters/registry';
import { detectCorpus } from '../../src/core/corpus/detect';
import { applyScheme } from '../../src/core/corpus/label-schemes';
import { scanCorpus } from '../../src/core/corpus/scan-corpus';
import { suggestMapping } from '../../src/core/corpus/tables/mapping';
import type { CorpusManifest } from '../../src/core/corpus/types';
import { makeSplit } from '../../src/core/splits/make';
import { offerOf } from '../../src/core/splits/report';
import { memoryDirectory } from '../support/memory-directory';
import { RATE, tableFolder, toneFor, type FixtureRow } from '../support/table-folder';

/** The classes that these words are here. */
const CLASS: Record<string, string> = {
  anger: 'angry',
  happiness: 'happy',
  neutral: 'neutral',
  sadness: 'sad',
};

/** What a manifest says, in the form of the fixture's rows and order. */
const said = ({ utterances }: CorpusManifest, rows: readonly FixtureRow[]) =>
  rows.map((row) => {
    const first = row.start === undefined ? undefined : Math.round(row.start * RATE) || undefined;
    const found = utterances.filter(
      ({ path, firstFrame }) => path === row.file && (firstFrame || undefined) === first,
    );
    expect(found, `${row.file} ${row.start}`).toHaveLength(1);
    return found[0]!;
  });

const FOLDERS = [
  'nkululeko',
  'spreadsheet',
  'segments',
  'hugging-face',
  'emobox',
  'audformat-csv',
  'audformat-parquet',
  'audformat-segmented',
];

describe.each(FOLDERS)('%s', (name) => {
  it('is recognised by the paths of its table, and read as pandas reads it', async () => {
    const { root, rows } = await tableFolder(name, 1.5);
    const [first] = await detectCorpus(root);
    expect(first).toMatchObject({ adapter: 'table-files' });
    expect(first!.score).toBeGreaterThan(0.8);
    const manifest = await scanCorpus(root);
    expect(manifest.utterances).toHaveLength(rows.length);
    for (const [i, { labels, groups }] of said(manifest, rows).entries()) {
      const { emotion, ...row } = rows[i]!;
      // EmoBox' lists say nothing else.
      const { speaker, gender, arousal, age, split, fold } =
        name === 'emobox' ? { fold: row.fold } : { ...row, fold: undefined };
      expect(labels).toMatchObject({
        emotion: emotion === null ? null : CLASS[emotion],
        ...(speaker === undefined ? {} : { speaker }),
        ...(age === undefined ? {} : { age }),
        ...(gender === undefined ? {} : { gender }),
        ...(arousal === undefined ? {} : { arousal }),
      });
      expect(groups['speaker']).toBe(speaker);
      expect(groups['split']).toBe(split);
      expect(groups['fold']).toBe(fold);
    }
    const { items, classes } = applyScheme(manifest, 'table-labels');
    expect(classes['emotion']).toEqual(['angry', 'happy', 'neutral', 'sad']);
    expect(items).toHaveLength(rows.filter(({ emotion }) => emotion !== null).length);
    expect(applyScheme(manifest, 'table-all').items).toHaveLength(rows.length);
  });
});

it('tells what is twice, unlabelled or guessed', async () => {
  const { root } = await tableFolder('spreadsheet');
  const manifest = await scanCorpus(root);
  expect(manifest.problems.map(({ code, kept }) => [code, kept])).toEqual([
    ['unlabelled-row', true],
    ['duplicate-id', false],
  ]);
});

it('reads parts of files: their samples, their length, their names', async () => {
  const { root, rows, files } = await tableFolder('segments', 1.5);
  const manifest = await scanCorpus(root);
  for (const [i, utterance] of said(manifest, rows).entries()) {
    const { file, start, end } = rows[i]!;
    const whole = files[file] as Uint8Array;
    const [from, to] = [Math.round(start! * RATE), end === null ? 1.5 * RATE : Math.round(end! * RATE)];
    expect(utterance.frames).toBe(to - from);
    const read = (a: number, b: number): Uint8Array => whole.subarray(a, b);
    const cut = await cutByFrames(read, whole.length, utterance.firstFrame ?? 0, utterance.frames);
    expect(decodeWav(await cutBytes(cut, read)).samples).toEqual(decodeWav(whole).samples.slice(from, to));
  }
  expect(new Set(manifest.utterances.map(({ id }) => id)).size).toBe(rows.length);
});

it('a part is known by its sound: as the same samples in a file of their own', async () => {
  const whole = toneFor('a', 1);
  const table = 'file,start,end,emotion\na.wav,0.25,0.5,sad\na.wav,2,3,sad\na.wav,0.75,9,sad\n';
  const manifest = await scanCorpus(memoryDirectory({ 'a.wav': whole, 'x.csv': table }));
  const read = (a: number, b: number): Uint8Array => whole.subarray(a, b);
  const own = await cutBytes(await cutByFrames(read, whole.length, 4000, 4000), read);
  const alone = await scanCorpus(memoryDirectory({ 'b.wav': own, 'x.csv': 'file,emotion\nb.wav,sad\n' }));
  expect(manifest.utterances.map(({ id, firstFrame, frames }) => [id, firstFrame, frames])).toEqual([
    ['a@0.25-0.5', 4000, 4000],
    ['a@0.75-9', 12_000, 4000],
  ]);
  expect(manifest.utterances[0]!.content).toBe(alone.utterances[0]!.content);
  expect(manifest.problems.map(({ code, reason }) => [code, reason])).toEqual([
    ['unreadable-audio', 'part-outside'],
    ['length-mismatch', undefined],
  ]);
});

it('offers the published parts to the split of a given column', async () => {
  const { root, rows } = await tableFolder('nkululeko');
  const manifest = await scanCorpus(root);
  expect(offerOf(manifest).parts).toEqual(['split']);
  const { items } = applyScheme(manifest, 'table-labels');
  const split = makeSplit(items, { kind: 'column', column: 'split' }, 1);
  const count = (part: string): number => rows.filter((row) => row.split === part).length;
  expect(split.train).toHaveLength(count('train'));
  expect(split.validation).toHaveLength(count('dev'));
  expect(split.test).toHaveLength(count('test'));
});

it('finds files by the end of their paths, whatever the machine they were written on', async () => {
  const table = [
    'path;label;speaker',
    'C:\\data\\corpus\\one\\a.wav;joy;x',
    '/home/someone/corpus/two/a.wav;anger;x',
    'elsewhere/и\u0306.wav;anger;y',
    'b;sad;y',
    'c.wav;sad;y',
    'nowhere/a.wav;sad;y',
  ].join('\n');
  const wav = (path: string) => toneFor(path, 0.1);
  const manifest = await scanCorpus(
    memoryDirectory({
      'lists/table.txt.csv': table,
      'corpus/one/a.wav': wav('1'),
      'corpus/two/a.wav': wav('2'),
      'corpus/й.wav': wav('3'),
      'corpus/b.wav': wav('4'),
      'corpus/d.wav': wav('5'),
    }),
  );
  expect(manifest.utterances.map(({ path, labels }) => [path, labels['emotion']])).toEqual([
    ['corpus/b.wav', 'sad'],
    ['corpus/one/a.wav', 'happy'],
    ['corpus/two/a.wav', 'angry'],
    ['corpus/й.wav', 'angry'],
  ]);
  expect(manifest.problems.map(({ code, where, said: told }) => [code, where, told?.key])).toEqual([
    ['elsewhere-audio', 'corpus/й.wav', 'rowByName'],
    ['missing-audio', 'lists/table.txt.csv:6', 'rowNoFile'],
    ['missing-audio', 'lists/table.txt.csv:7', 'rowManyFiles'],
    ['unlabelled-audio', 'corpus/d.wav', 'notInTable'],
  ]);
});

it('decides by what is in a column what it is', () => {
  const rows = Array.from({ length: 40 }, (_, i) => [
    `${i}`,
    `clip_${i}.wav`,
    ['m', 'F'][i % 2]!,
    `${(i % 7) / 10}`,
    `${i % 3}`,
    `sentence ${i % 30}`,
    `note ${i}`,
    i % 5 === 0 ? '' : 'yes',
  ]);
  const header = ['', 'clip', 'Sex', 'label', 'rating', 'Transcript', 'remark', 'ok'].map(
    (n, i) => n || `column ${i + 1}`,
  );
  const { columns, main } = suggestMapping({ header, rows });
  expect(Object.values(columns).map(({ role, id }) => [role, id])).toEqual([
    ['ignore', 'column 1'],
    ['audio', 'file'],
    ['classes', 'gender'],
    ['number', 'emotion'],
    ['classes', 'rating'],
    ['group', 'text'],
    ['ignore', 'remark'],
    ['classes', 'ok'],
  ]);
  expect(columns['Sex']!.values).toEqual({ m: 'male', F: 'female' });
  expect(main).toBe('Sex');
});

it('takes the user’s mapping, and is another corpus under another one', async () => {
  const { root, rows } = await tableFolder('nkululeko');
  const before = await scanCorpus(root);
  const { key, mapping } = before.table!;
  const changed = {
    ...mapping,
    columns: {
      ...mapping.columns,
      emotion: {
        role: 'classes',
        id: 'emotion',
        values: { anger: 'active', happiness: 'active', sadness: null },
      },
      arousal: { role: 'ignore', id: 'arousal' },
      gender: { role: 'filter', id: 'gender', values: { male: null } },
    } as const,
  };
  const after = await scanCorpus(root, { mappings: { [key]: changed } });
  const women = rows.filter(({ gender }) => gender === 'female');
  expect(after.utterances).toHaveLength(women.length);
  expect(after.problems.filter(({ code }) => code === 'filtered-row')).toHaveLength(
    rows.length - women.length,
  );
  expect(applyScheme(after, 'table-labels').classes['emotion']).toEqual(['active', 'neutral']);
  expect(after.described!.columns.map(({ id }) => id)).toEqual(['speaker', 'emotion']);
  expect(after.fingerprint).not.toBe(before.fingerprint);
  expect((await scanCorpus(root, { mappings: { other: changed } })).fingerprint).toBe(before.fingerprint);
});

it('takes the column that finds files, whatever it is called', async () => {
  const table = 'path,clip_id,emotion\n/gone/x,a,sad\n/gone/y,b,happy\n/gone/z,c,happy\n';
  const manifest = await scanCorpus(
    memoryDirectory({
      'x.csv': table,
      'numbers.csv': 'k,n\n1,2\n',
      ...Object.fromEntries(Array.from('abc', (name) => [`${name}.wav`, toneFor(name, 0.1)])),
    }),
  );
  expect(manifest.utterances.map(({ id, labels }) => [id, labels['emotion']])).toEqual([
    ['a', 'sad'],
    ['b', 'happy'],
    ['c', 'happy'],
  ]);
  expect(manifest.table!.mapping.columns['path']!.role).toBe('ignore');
  expect(manifest.problems.map(({ code, where }) => [code, where])).toEqual([
    ['ignored-file', 'numbers.csv'],
  ]);
});

it('leaves folders alone that have no table of recordings', async () => {
  const { detect } = ADAPTERS.find(({ id }) => id === 'table-files')!;
  const listing = { name: 'x', folders: [], head: async () => 'a,b\n1,2\n' };
  expect((await detect({ ...listing, files: ['numbers.csv', 'a.wav'] })).score).toBe(0);
  expect((await detect({ ...listing, files: ['a.wav'] })).score).toBe(0);
});
