/**
 * What forms of tables say beyond their rows - raters, schemes, folds - and that none of their parsers hangs, takes
 * all memory or breaks on what it is given. The sound databases are audformat's own (the fixture `tables`).
 */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { scanCorpus } from '../../src/core/corpus/scan-corpus';
import { readHeader } from '../../src/core/corpus/tables/audformat-header';
import { readJsonLines } from '../../src/core/corpus/tables/json-lines';
import { readParquet } from '../../src/core/corpus/tables/parquet';
import { applyScheme } from '../../src/core/corpus/label-schemes';
import type { CorpusFile } from '../../src/core/corpus/types';
import { CorpusError } from '../../src/core/errors/errors';
import { offerOf } from '../../src/core/splits/report';
import { makeSplit } from '../../src/core/splits/make';
import { splitOfPublished } from '../../src/core/splits/published';
import { allTurns } from '../../src/core/splits/turns';
import { memoryDirectory } from '../support/memory-directory';
import { tableFolder, toneFor } from '../support/table-folder';

/** Of the slow parsers, a millisecond a case: `FUZZ_CASES=20000 npx vitest ...` tries as many as the others. */
const SLOW_CASES = Number(process.env['FUZZ_CASES'] ?? 2000);

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const fileOf = (content: Uint8Array): CorpusFile => ({
  kind: 'file',
  name: 'x',
  size: async () => content.length,
  bytes: async (start, end) => content.slice(start, end),
});

/** Whatever is no right result is an error of the catalogue. */
async function typed(read: () => unknown): Promise<void> {
  try {
    await read();
  } catch (error) {
    if (!(error instanceof CorpusError)) throw error;
  }
}

it('suggests an audformat vote for tasks, and leaves single raters to the user', async () => {
  const { root } = await tableFolder('audformat-csv');
  const { table, problems } = await scanCorpus(root);
  const roles = Object.entries(table!.mapping.columns).map(([header, { role }]) => [header, role]);
  expect(Object.fromEntries(roles)).toEqual({
    file: 'audio',
    split: 'split',
    'emotion.rater1': 'ignore',
    emotion: 'classes',
    arousal: 'number',
    speaker: 'classes',
    gender: 'classes',
    age: 'number',
  });
  // One recording of each part has no vote.
  expect(problems.map(({ code, kept }) => [code, kept])).toEqual(
    Array.from({ length: 3 }, () => ['unlabelled-row', true]),
  );
});

it('takes labels that an audformat scheme lacks as missing, and tells of tables that disagree', async () => {
  const yaml = `
name: x
schemes:
  emotion: {dtype: str, labels: [anger, joy]}
  speaker: {dtype: str, labels: people}
raters: {}
tables:
  a: {type: filewise, columns: {emotion: {scheme_id: emotion}, speaker: {scheme_id: speaker}}}
  b: {type: filewise, columns: {emotion: {scheme_id: emotion}}}
  c: {type: filewise, columns: {emotion: {scheme_id: emotion}}}
misc_tables:
  people: {levels: {speaker: str}}
`;
  const manifest = await scanCorpus(
    memoryDirectory({
      'db.yaml': yaml,
      'db.a.csv': 'file,emotion,speaker\n1.wav,anger,p\n2.wav,joy,q\n3.wav,calm,r\n',
      'db.b.csv': 'file,emotion\n1.wav,joy\n2.wav,joy\n',
      'db.people.csv': 'speaker,gender\np,female\nq,male\n',
      '1.wav': toneFor('1', 0.1),
      '2.wav': toneFor('2', 0.1),
      '3.wav': toneFor('3', 0.1),
    }),
  );
  expect(
    manifest.utterances.map(({ id, labels }) => [id, labels['emotion'], labels['speaker'], labels['gender']]),
  ).toEqual([
    ['1', 'angry', 'p', 'female'],
    ['2', 'happy', 'q', 'male'],
    ['3', null, null, null],
  ]);
  expect(manifest.problems.map(({ code, said }) => [code, said?.key, said?.values?.['what']])).toEqual([
    ['bad-table', 'audformatNoTable', undefined],
    ['bad-row', 'audformatOutside', 'emotion: calm'],
    ['bad-row', 'audformatOutside', 'speaker: r'],
    ['bad-row', 'audformatConflict', 'emotion'],
    ['unlabelled-row', 'rowNoLabel', undefined],
  ]);
});

it('offers EmoBox’ folds by name, each of which is held out in turn', async () => {
  const { root, rows } = await tableFolder('emobox');
  const manifest = await scanCorpus(root);
  const offer = offerOf(manifest);
  expect(offer.holdOut['fold']).toEqual(['1', '2']);
  expect(offer.published.map((one) => [one.name, splitOfPublished(one, offer)])).toEqual([
    ['EmoBox', { kind: 'group', column: 'fold', value: '1' }],
  ]);
  const { items } = applyScheme(manifest, 'table-labels');
  const turns = allTurns({ kind: 'group', column: 'fold', value: '1' }, offer);
  expect(turns).toHaveLength(2);
  for (const [i, turn] of turns.entries()) {
    const held = makeSplit(items, turn, 1).validation.map(({ id }) => `wav/${id}.wav`);
    const published = rows.filter(({ fold }) => fold === `${i + 1}`).map(({ file }) => file);
    expect(held.sort()).toEqual(published.sort());
  }
});

it('offers EmoBox’ folds one by one where their tests overlap', async () => {
  const line = (key: string): string =>
    `{"key": "${key}", "wav": "up/${key}.wav", "emo": "${key < 'c' ? 'x' : 'y'}", "dataset": "d"}`;
  const list = (keys: string): string => Array.from(keys, line).join('\n');
  const manifest = await scanCorpus(
    memoryDirectory({
      'd.jsonl': list('abcd'),
      'fold_1/d_train_fold1.jsonl': list('ab'),
      'fold_1/d_test_fold1.jsonl': list('cd'),
      'fold_2/d_train_fold_2.jsonl': list('a'),
      'fold_2/d_test_fold_2.jsonl': list('bc'),
      ...Object.fromEntries(Array.from('abcd', (key) => [`sound/${key}.wav`, toneFor(key, 0.1)])),
    }),
  );
  const offer = offerOf(manifest);
  expect(offer.parts).toEqual(['fold_1', 'fold_2']);
  expect(offer.published.map((one) => [one.name, splitOfPublished(one, offer)])).toEqual([
    ['EmoBox, fold_1', { kind: 'column', column: 'fold_1' }],
    ['EmoBox, fold_2', { kind: 'column', column: 'fold_2' }],
  ]);
  const { items } = applyScheme(manifest, 'table-labels');
  const split = makeSplit(items, { kind: 'column', column: 'fold_2' }, 1);
  expect(
    [split.train, split.validation, split.test].map((part) => part?.map(({ id }) => id).join('')),
  ).toEqual(['a', 'bc', '']);
});

it('reads or refuses lines of JSON: 20,000 cases', async () => {
  const part = fc.constantFrom(
    '{',
    '}',
    '"file"',
    '"a.wav"',
    ':',
    ',',
    '[',
    ']',
    '\n',
    '\r',
    'null',
    '1e9',
    ' ',
    '\0',
    'ж',
    '"__proto__"',
  );
  await fc.assert(
    fc.asyncProperty(fc.array(part, { maxLength: 40 }), async (parts) =>
      typed(() => {
        const { header, rows } = readJsonLines(bytes(parts.join('')), 'x.jsonl');
        expect(rows.every((row) => row.length === header.length)).toBe(true);
      }),
    ),
    { numRuns: 20_000 },
  );
});

it('gives back every object of texts and numbers: 5,000 cases', () => {
  const text = fc
    .string({ minLength: 1, maxLength: 6 })
    .map((one) => `k${one}`.replaceAll('\0', '').trim().normalize('NFC'));
  fc.assert(
    fc.property(fc.dictionary(text, fc.oneof(text, fc.integer()), { minKeys: 1, maxKeys: 4 }), (object) => {
      const { header, rows } = readJsonLines(bytes(JSON.stringify(object)), 'x.jsonl');
      expect(Object.fromEntries(header.map((name, i) => [name, rows[0]![i]]))).toEqual(
        Object.fromEntries(Object.entries(object).map(([name, value]) => [name, String(value)])),
      );
    }),
    { numRuns: 5000 },
  );
});

it('reads or refuses headers of databases', async () => {
  const part = fc.constantFrom(
    'tables:',
    'schemes:',
    ' a:',
    '  type: ',
    'filewise',
    '{',
    '}',
    '[',
    ']',
    '&a ',
    '*a',
    '\n',
    '- ',
    '"',
    '|',
    '!!js/x ',
    '? ',
    ': ',
    '\t',
    '<<: ',
  );
  await fc.assert(
    fc.asyncProperty(fc.array(part, { maxLength: 30 }), async (parts) =>
      typed(async () => {
        const { tables } = await readHeader(bytes(parts.join('')), 'db.yaml');
        expect(tables.every(({ id }) => typeof id === 'string')).toBe(true);
      }),
    ),
    { numRuns: SLOW_CASES },
  );
});

it('refuses a header whose aliases would fill the memory', async () => {
  const levels = Array.from(
    { length: 12 },
    (_, i) =>
      `a${i}: &a${i} [${Array.from({ length: 10 }, () => (i === 0 ? 'x' : `*a${i - 1}`)).join(', ')}]`,
  );
  await expect(readHeader(bytes(`${levels.join('\n')}\ntables: {}`), 'db.yaml')).rejects.toMatchObject({
    code: 'table-not-text',
  });
});

it('reads or refuses damaged Parquet', async () => {
  const { files } = await tableFolder('audformat-segmented');
  const sound = files['db.emotion.dev.gold_standard.parquet'] as Uint8Array;
  const place = fc.tuple(fc.nat(sound.length - 1), fc.nat(255));
  await fc.assert(
    fc.asyncProperty(
      fc.array(place, { minLength: 1, maxLength: 6 }),
      fc.nat(sound.length),
      async (changes, length) => {
        const damaged = sound.slice(0, changes.length % 2 === 0 ? length : sound.length);
        for (const [at, value] of changes) if (at < damaged.length) damaged[at] = value;
        await typed(() => readParquet(fileOf(damaged), 'x.parquet', new Set(['start', 'end'])));
      },
    ),
    { numRuns: SLOW_CASES },
  );
});

it('maps and reads whatever a table holds: 5,000 cases', async () => {
  const sounds = Object.fromEntries(
    ['a.wav', 'x/a.wav', 'x/b.wav'].map((path) => [path, toneFor(path, 0.02)]),
  );
  const cell = fc.constantFrom(
    'a.wav',
    'x/a.wav',
    'b',
    '',
    'NaT',
    '0',
    '0.005',
    '1,5',
    '00:00:00',
    'sad',
    'x',
    '../b.wav',
    '__proto__',
  );
  const name = fc.constantFrom(
    'file',
    'start',
    'end',
    'emotion',
    'speaker',
    'split',
    'note',
    'valence',
    '__proto__',
    '',
  );
  await fc.assert(
    fc.asyncProperty(
      fc.array(name, { minLength: 1, maxLength: 6 }),
      fc.array(fc.array(cell, { minLength: 1, maxLength: 6 }), { maxLength: 8 }),
      async (header, rows) =>
        typed(async () => {
          const text = [header, ...rows].map((row) => row.map((one) => `"${one}"`).join(',')).join('\n');
          const { utterances, problems, table, described } = await scanCorpus(
            memoryDirectory({ ...sounds, 'x.csv': text }),
            { chosen: 'table-files' },
          );
          expect(new Set(utterances.map(({ id }) => id)).size).toBe(utterances.length);
          // A row is an utterance or a problem.
          const lost = problems.filter(
            ({ code, kept, where, reason }) =>
              !kept && (where.startsWith('x.csv') || reason !== undefined || code === 'unreadable-audio'),
          );
          expect(utterances.length + lost.length).toBe(table!.rows);
          const known = described!.columns.map(({ id }) => id);
          for (const { labels } of utterances)
            expect(known).toEqual(expect.arrayContaining(Object.keys(labels)));
        }),
    ),
    { numRuns: 5000 },
  );
});
