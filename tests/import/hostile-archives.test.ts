/**
 * Archives that a mail carries: small when they arrive, gigabytes when they are read. Each is refused early,
 * by name; what a real run may have is read.
 */
import { strToU8, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { ConfigError } from '../../src/core/errors/errors';
import { toCsv } from '../../src/core/export/csv';
import {
  configFile,
  confusionFile,
  logFile,
  metricsFile,
  stepsFile,
  timesFile,
} from '../../src/core/export/run-files';
import { parseJson } from '../../src/core/config/bounded-json';
import { csvBlocks, readCsv } from '../../src/core/import/csv-reader';
import { ROW_LIMITS } from '../../src/core/import/limits';
import { MOST_LEVELS, MOST_VALUES } from '../../src/core/config/bounded-json';
import { openRunArchive, readRunArchive } from '../../src/core/import/run-archive';
import type { ByteReader } from '../../src/core/import/zip-directory';
import { firstSegment } from '../../src/core/training/segments';
import { unpackRun } from '../../workers/lib/unpack';
import { CLASSES, madeUpRun } from '../support/stored-runs';
import { taskIds } from '../../src/core/tasks/types';

const { config, steps, epochs } = madeUpRun();
const segments = [firstSegment(config.strategy)];
const about = {
  id: 'x',
  name: 'run',
  config,
  classes: CLASSES,
  segments,
  adjustments: [],
  createdAt: 0,
  backend: 'wasm',
  backendSoftware: false,
  softwareVersion: '9.9',
  state: 'finished' as const,
  recoveries: 0,
  adjusted: false,
  corpus: { name: 'demo', fingerprint: 'f1', utterances: 2 },
  data: null,
};
const texts = (): Record<string, string> => ({
  'config.json': configFile(about),
  'metrics.csv': metricsFile(taskIds(config), epochs, segments),
  'steps.csv': stepsFile(taskIds(config), steps, segments, []),
  'confusion.csv': confusionFile(taskIds(config), CLASSES, epochs),
  'times.csv': timesFile(epochs),
  'log.csv': logFile([]),
});
const zipped = (change: Record<string, string | Uint8Array> = {}, folder = ''): Uint8Array =>
  zipSync(
    Object.fromEntries(
      Object.entries({ ...texts(), ...change }).map(([name, text]) => [
        `${folder}${name}`,
        typeof text === 'string' ? strToU8(text) : text,
      ]),
    ),
  );
const reader = (bytes: Uint8Array): ByteReader => ({
  size: bytes.length,
  bytes: async (from, to) => bytes.slice(from, to),
});
const unpacked = (bytes: Uint8Array) => unpackRun(reader(bytes));
async function refusal(bytes: Uint8Array): Promise<object> {
  try {
    const { files } = await unpacked(bytes);
    readRunArchive(files);
  } catch (error) {
    if (error instanceof ConfigError) return { code: error.code, ...error.details };
    throw error;
  }
  return {};
}

describe('an archive of a real run', () => {
  it('is read, also packed again in a folder, with what a system puts beside it', async () => {
    const all = readRunArchive(new Map(Object.entries(texts())));
    for (const bytes of [
      zipped(),
      zipped({}, 'run 7/'),
      zipped({ '__MACOSX/._config.json': 'x', '.DS_Store': 'x' }),
    ]) {
      const { files, left } = await unpacked(bytes);
      expect(readRunArchive(files)).toEqual(all);
      expect(left).toEqual([]);
    }
  });
  it('may hold other names: nothing is written, they are told', async () => {
    const { files, left } = await unpacked(
      zipped({ '../../etc/passwd': 'x', 'C:\\evil.csv': 'x', '../metrics.csv': 'x' }),
    );
    expect([...files.keys()].sort()).toEqual(Object.keys(texts()).sort());
    expect(left).toEqual(['../../etc/passwd', 'C:\\evil.csv', '../metrics.csv']);
  });
  it('may be UTF-16, as Excel saves “Unicode text”', async () => {
    const text = `\uFEFF${texts()['steps.csv']!.replaceAll(',', '\t')}`;
    const little = Uint8Array.from(
      { length: text.length * 2 },
      (_, i) => (text.charCodeAt(i >> 1) >> (8 * (i & 1))) & 255,
    );
    const big = little.map((_, i) => little[i ^ 1]!);
    for (const bytes of [little, big])
      expect(readRunArchive((await unpacked(zipped({ 'steps.csv': bytes }))).files).steps).toEqual(steps);
    expect(await refusal(zipped({ 'steps.csv': Uint8Array.of(0x61, 0xff, 0xfe, 0x62) }))).toEqual({
      code: 'archive-encoding',
      file: 'steps.csv',
    });
  });
  it('may be UTF-16 with as many lines as a run can have', async () => {
    const rows = ROW_LIMITS['times.csv']!;
    const text = `\uFEFFepoch,seconds\r\n${Array.from({ length: rows }, (_, i) => `${i + 1},1\r\n`).join('')}`;
    const bytes = Uint8Array.from(
      { length: text.length * 2 },
      (_, i) => (text.charCodeAt(i >> 1) >> (8 * (i & 1))) & 255,
    );
    expect(
      (await unpacked(zipped({ 'times.csv': bytes }))).files.get('times.csv')!.split('\r\n'),
    ).toHaveLength(rows + 2);
  });
  it('of 12,000 steps is read block by block', () => {
    const [row] = steps;
    const long = stepsFile(
      taskIds(config),
      Array.from({ length: 12_000 }, (_, i) => ({ ...row!, step: i + 1 })),
      segments,
      [],
    );
    let [count, largest] = [0, 0];
    for (const block of openRunArchive(new Map(Object.entries({ ...texts(), 'steps.csv': long }))).steps) {
      count += block.length;
      largest = Math.max(largest, block.length);
    }
    expect({ count, largest }).toEqual({ count: 12_000, largest: 1000 });
  });
});

describe('an archive that is none', () => {
  it.each([
    // As met, they had 90 to 95 MB; a part of it shows the same.
    [
      'config.json of brackets',
      'config.json',
      '['.repeat(8_000_000),
      { code: 'json-too-deep', limit: MOST_LEVELS },
    ],
    ['config.json larger than any', 'config.json', '['.repeat(34_000_000), { code: 'file-too-large' }],
    [
      'config.json of empty lists',
      'config.json',
      `[${'[],'.repeat(MOST_VALUES / 2)}1]`,
      { code: 'json-too-long', limit: MOST_VALUES },
    ],
    [
      'steps.csv of newlines',
      'steps.csv',
      '\n'.repeat(10_000_000),
      { code: 'archive-too-many-rows', file: 'steps.csv', limit: ROW_LIMITS['steps.csv'] },
    ],
    [
      'steps.csv of carriage returns',
      'steps.csv',
      '\r'.repeat(3_000_000),
      { code: 'archive-too-many-rows', file: 'steps.csv' },
    ],
    [
      'three million rows',
      'steps.csv',
      `step,epoch\n${'1,1\n'.repeat(3_000_000)}`,
      { code: 'archive-too-many-rows', file: 'steps.csv' },
    ],
    [
      'a log of 600,000 rows',
      'log.csv',
      `time,level,code,step,details\n${'2026-01-01,info,a,1,{}\n'.repeat(600_000)}`,
      { code: 'archive-too-many-rows', file: 'log.csv' },
    ],
    [
      'metrics of a million epochs',
      'metrics.csv',
      'epoch,step\n1,1\n'.repeat(500_000),
      { code: 'archive-too-many-rows', file: 'metrics.csv' },
    ],
    [
      'a row of commas',
      'steps.csv',
      ','.repeat(5_000_000),
      { code: 'archive-bad-row', file: 'steps.csv', row: 0 },
    ],
    [
      'one endless cell',
      'steps.csv',
      'a'.repeat(5_000_000),
      { code: 'archive-bad-row', file: 'steps.csv', row: 0 },
    ],
    [
      'one endless quoted cell',
      'steps.csv',
      `"${'a'.repeat(5_000_000)}"`,
      { code: 'archive-bad-row', file: 'steps.csv', row: 0 },
    ],
    [
      'details that nest',
      'log.csv',
      `time,level,code,step,details\n2026-01-01,info,a,1,${'['.repeat(60_000)}\n`,
      { code: 'json-too-deep' },
    ],
  ])('is refused: %s', async (_what, name, text, expected) => {
    const bytes = zipped({ [name]: text });
    expect(bytes.length).toBeLessThan(100_000);
    expect(await refusal(bytes)).toMatchObject(expected);
  });
  it('is refused before the second half of a bomb is inflated', async () => {
    // A file that is broken behind its first nine million lines: the lines are noticed, the damage is never
    // reached.
    const bytes = zipped({ 'steps.csv': '\n'.repeat(12_000_000) });
    const { deflated, at } = (() => {
      const found = bytes.findIndex(
        (_, i) => bytes[i] === 0x50 && new TextDecoder().decode(bytes.slice(i + 30, i + 39)) === 'steps.csv',
      );
      return { deflated: bytes.slice(), at: found + 39 };
    })();
    const size = new DataView(bytes.buffer, at - 39).getUint32(18, true);
    deflated.fill(0xff, at + Math.floor(size * 0.75), at + size);
    expect(await refusal(deflated)).toMatchObject({ code: 'archive-too-many-rows' });
  });
  it('is refused where an entry claims gigabytes of packed bytes, and none are asked for', async () => {
    const bytes = zipped();
    const view = new DataView(bytes.buffer, bytes.byteOffset);
    view.setUint32(view.getUint32(bytes.length - 22 + 16, true) + 20, 0xfffffff0, true);
    let asked = 0;
    const counting: ByteReader = {
      size: bytes.length,
      bytes: async (from, to) => {
        asked += to - from;
        return bytes.slice(from, to);
      },
    };
    await expect(unpackRun(counting)).rejects.toMatchObject({
      code: 'zip-damaged',
      details: { why: 'entry-longer' },
    });
    expect(asked).toBeLessThan(100_000);
  });
  it('is refused with 300 entries, a name twice, and as zip64', async () => {
    const many = zipSync(Object.fromEntries(Array.from({ length: 300 }, (_, i) => [`f${i}`, strToU8('x')])));
    expect(await refusal(many)).toMatchObject({ code: 'zip-damaged', why: 'large-directory' });
    const twice = zipped({ 'timez.csv': 'x' });
    const text = new TextEncoder().encode('times.csv');
    for (let i = 0; i + 9 <= twice.length; i++)
      if (new TextDecoder().decode(twice.subarray(i, i + 9)) === 'timez.csv') twice.set(text, i);
    expect(await refusal(twice)).toMatchObject({ code: 'zip-damaged', why: 'name-twice' });
    const zip64 = zipped();
    new DataView(zip64.buffer).setUint16(zip64.length - 22 + 10, 0xffff, true);
    expect(await refusal(zip64)).toMatchObject({ code: 'zip-damaged', why: 'other-kind' });
  });
  it('is refused with matrices that are larger than all of its rows', async () => {
    const names = Array.from({ length: 1000 }, (_, i) => `c${i}`);
    const head = configFile({ ...about, classes: [names, names, names] });
    const confusion = toCsv(
      ['epoch', 'side', 'task', 'true', 'predicted', 'count'],
      Array.from({ length: 1000 }, (_, i) => [i + 1, 'train', 'emotion', 'c0', 'c0', 1]),
    );
    expect(await refusal(zipped({ 'config.json': head, 'confusion.csv': confusion }))).toMatchObject({
      code: 'archive-bad-row',
      file: 'confusion.csv',
      row: 5,
    });
  });
});

describe('what is read of a text', () => {
  it('ends with the block that was asked for', () => {
    const blocks = csvBlocks(`a,b\n${'1,2\n'.repeat(2500)}1\n`, 'x.csv', 10_000);
    expect(
      [blocks.next(), blocks.next()].map(
        ({ value }) => (value as { rows: unknown[]; before: number }).rows.length,
      ),
    ).toEqual([1000, 1000]);
    expect(() => blocks.next()).toThrow(
      expect.objectContaining({
        code: 'archive-bad-row',
        details: { file: 'x.csv', row: 2501, column: '–' },
      }),
    );
    expect(() => readCsv('a,b\n1,2\n3,4\n', 'x.csv', 1)).toThrow(
      expect.objectContaining({ code: 'archive-too-many-rows' }),
    );
  });
  it('is JSON of any real depth; brackets in strings do not count', () => {
    const deep = `${'['.repeat(MOST_LEVELS)}1${']'.repeat(MOST_LEVELS)}`;
    expect(JSON.stringify(parseJson(`\uFEFF${deep}`))).toBe(deep);
    expect(parseJson(JSON.stringify({ a: '['.repeat(100), 'b"\\[': [{}] }))).toEqual({
      a: '['.repeat(100),
      'b"\\[': [{}],
    });
    expect(() => parseJson(`[${deep}]`)).toThrow(expect.objectContaining({ code: 'json-too-deep' }));
    for (const text of ['', '{', '"', '[1,]', '"\\'])
      expect(() => parseJson(text)).toThrow(expect.objectContaining({ code: 'not-json' }));
  });
});
