/**
 * What an exported run's text files say is what the import reads; and what does not fit is refused by name.
 */
import fc from 'fast-check';
import { strToU8, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { ConfigError } from '../../src/core/errors/errors';
import { toCsv } from '../../src/core/export/csv';
import {
  configFile,
  confusionFile,
  logFile,
  metricsFile,
  predictionsFile,
  stepsFile,
  testFiles,
  timesFile,
} from '../../src/core/export/run-files';
import { readCsv, undefused } from '../../src/core/import/csv-reader';
import { readRunArchive } from '../../src/core/import/run-archive';
import { crc32, packedBytes, zipDirectory, type ByteReader } from '../../src/core/import/zip-directory';
import { firstSegment } from '../../src/core/training/segments';
import { CLASSES, madeUpRun } from '../support/stored-runs';
import { taskIds } from '../../src/core/tasks/types';

const { config, steps, epochs } = madeUpRun();
const segments = [
  firstSegment(config.strategy),
  { step: 4, epoch: 2, why: 'switch', strategy: { id: 'static', options: { weights: [1, 2, 3] } } },
] as const;
const adjustments = [
  { kind: 'options', strategy: 'static', changed: { weights: [3, 2, 0.5] }, step: 5, epoch: 2, at: 7 },
  { kind: 'instruments', instruments: { every: 3, gradients: 'last-layer' }, step: 5, epoch: 2, at: 8 },
] as const;
const log = [
  {
    seq: 0,
    at: Date.UTC(2026, 1, 3),
    level: 'warning',
    code: 'paused',
    step: 4,
    details: { why: '=1+1', n: 2 },
  },
] as const;
const predictions = {
  ids: ['u1', '=u2'],
  truth: [
    [0, 3],
    [1, 2],
    [0, 1],
  ],
  predicted: [
    [1, 3],
    [1, 1],
    [0, 0],
  ],
  confidence: [
    [0.5, 0.25],
    [0.9, 1],
    [0.6, 0.7],
  ],
};
const about = {
  id: 'x',
  name: '<b>run</b>',
  config,
  classes: CLASSES,
  segments,
  adjustments,
  createdAt: Date.UTC(2026, 0, 2, 3, 4, 5),
  backend: 'wasm',
  backendSoftware: false,
  softwareVersion: '9.9',
  state: 'finished' as const,
  recoveries: 2,
  adjusted: true,
  corpus: { name: 'demo', fingerprint: 'f1', utterances: 2 },
  data: null,
};
/** The same as the first version of the format. */
const asVersion1 = (head: string): string => head.replace('"version": 2', '"version": 1');
const files = (): Map<string, string> =>
  new Map([
    ['config.json', configFile(about)],
    ['metrics.csv', metricsFile(taskIds(config), epochs, segments)],
    ['steps.csv', stepsFile(taskIds(config), steps, segments, adjustments)],
    ['confusion.csv', confusionFile(taskIds(config), CLASSES, epochs)],
    ['log.csv', logFile(log)],
    ['times.csv', timesFile(epochs)],
    ['predictions-last.csv', predictionsFile(taskIds(config), CLASSES, predictions)],
    ['predictions-test.csv', predictionsFile(taskIds(config), CLASSES, predictions)],
  ]);
const codeOf = (act: () => unknown): string => {
  try {
    act();
  } catch (error) {
    if (error instanceof ConfigError) return error.code;
    throw error;
  }
  return 'accepted';
};
const changed = (name: string, change: (text: string) => string): string => {
  const all = files();
  all.set(name, change(all.get(name)!));
  return codeOf(() => readRunArchive(all));
};

describe('what was tested', () => {
  const tested = epochs.map((record, i) => (i === 1 ? { ...record, test: record.validation } : record));
  const withTest = (): Map<string, string> => {
    const all = files();
    for (const { name, text } of testFiles(taskIds(config), CLASSES, tested, segments)) all.set(name, text);
    return all;
  };

  it('goes out in files of its own, and comes back with its epoch', () => {
    const read = readRunArchive(withTest());
    const plain = readRunArchive(files());
    expect(read.epochs.map(({ test }) => test)).toEqual(
      plain.epochs.map(({ validation }, i) => (i === 1 ? validation : undefined)),
    );
    expect(read.epochs.map(({ test: _test, ...record }) => record)).toEqual(plain.epochs);
    expect([read.unknown, read.absent]).toEqual([plain.unknown, plain.absent]);
    expect(testFiles(taskIds(config), CLASSES, epochs, segments)).toEqual([]);
  });

  it('is refused where it contradicts its matrices, or is of an epoch that there is not', () => {
    const all = withTest();
    const text = all.get('test.csv')!;
    all.set('test-confusion.csv', all.get('test-confusion.csv')!.replace(/,0\r\n/, ',9\r\n'));
    expect(codeOf(() => readRunArchive(all))).toBe('archive-inconsistent');
    const other = withTest();
    const to = (csv: string): string => csv.replaceAll(/^2,/gm, '77,');
    other.set('test.csv', to(text));
    other.set('test-confusion.csv', to(other.get('test-confusion.csv')!));
    expect(codeOf(() => readRunArchive(other))).toBe('archive-bad-row');
  });
});

describe('an exported run read back', () => {
  const read = readRunArchive(files());
  it('is the run that was exported', () => {
    expect(read.config).toEqual(config);
    expect(read.segments).toEqual(segments);
    expect(read.adjustments).toEqual(adjustments);
    expect(read.steps).toEqual(steps);
    expect(read.epochs).toEqual(
      epochs.map((epoch) => ({ ...epoch, strategy: segments[epoch.epoch === 1 ? 0 : 1].strategy })),
    );
    expect(read.log).toEqual(log);
    expect(read.predictions).toEqual([{ which: 'last', predictions }]);
    expect(read.tested).toEqual(predictions);
    expect(read).toMatchObject({
      name: '<b>run</b>',
      classes: CLASSES,
      createdAt: about.createdAt,
      backend: 'wasm',
      softwareVersion: '9.9',
      corpusId: 'f1',
      corpus: { name: 'demo', utterances: 2 },
      state: 'finished',
      recoveries: 2,
      adjusted: true,
      unknown: [],
      absent: [],
    });
  });
  it('counts what an older version did not write, and takes it as it is', () => {
    const all = files();
    const without = (file: string, columns: readonly string[]): void => {
      const { header, rows } = readCsv(all.get(file)!, file);
      const kept = header.map((name, i) => [name, i] as const).filter(([name]) => !columns.includes(name));
      all.set(
        file,
        toCsv(
          kept.map(([name]) => name),
          rows.map((row) =>
            kept.map(([, i]) => (row[i] === '' || Number.isNaN(Number(row[i])) ? row[i]! : Number(row[i]))),
          ),
        ),
      );
    };
    all.delete('times.csv');
    without('steps.csv', [
      'extra_ms',
      'made_up',
      'gradients_at',
      'gradient_norm_emotion',
      'update_share_gender',
    ]);
    const {
      state: _state,
      recoveries: _recoveries,
      adjusted: _adjusted,
      backendSoftware: _software,
      ...older
    } = about;
    all.set('config.json', asVersion1(configFile(older as typeof about)));
    const old = readRunArchive(all);
    expect(old).toMatchObject({
      state: 'stopped',
      recoveries: 0,
      adjusted: false,
      backendSoftware: false,
      steps: steps.map(({ step, losses }) => ({ step, losses })),
    });
    expect(old.epochs.map(({ seconds }) => seconds)).toEqual([0, 0, 0]);
    expect(old.absent).toEqual([
      'config.json: state',
      'steps.csv: extra_ms',
      'steps.csv: made_up',
      'steps.csv: gradients_at',
      'times.csv',
    ]);
    // What is left of the gradients cannot be read without their level.
    expect(old.unknown).toEqual([
      'steps.csv: gradient_norm_speaker',
      'steps.csv: gradient_norm_gender',
      'steps.csv: cosine_emotion_speaker',
      'steps.csv: cosine_emotion_gender',
      'steps.csv: cosine_speaker_gender',
      'steps.csv: update_share_emotion',
      'steps.csv: update_share_speaker',
    ]);
  });
  it('does not mind columns that it does not know, and names them', () => {
    const all = files();
    all.set(
      'steps.csv',
      all
        .get('steps.csv')!
        .trimEnd()
        .split('\r\n')
        .map((line, i) => `${line},${i === 0 ? 'new_column' : 'x'}`)
        .join('\r\n'),
    );
    expect(readRunArchive(all)).toMatchObject({ steps, unknown: ['steps.csv: new_column'], absent: [] });
  });
  it('is refused where something is missing, changed or impossible', () => {
    const all = files();
    all.delete('steps.csv');
    expect(codeOf(() => readRunArchive(all))).toBe('archive-incomplete');
    expect(changed('config.json', (text) => text.slice(0, -20))).toBe('not-json');
    expect(changed('config.json', (text) => text.replace('equipoise-run', 'other'))).toBe('archive-bad-head');
    expect(changed('config.json', (text) => text.replace('"batchSize": 32', '"batchSize": 0'))).toBe(
      'bad-config',
    );
    const accuracy = String(epochs[1]!.validation.tasks[0]!.accuracy);
    expect(changed('metrics.csv', (text) => text.replace(accuracy, '0.9999'))).toBe('archive-inconsistent');
    expect(changed('metrics.csv', (text) => text.replace(/\r\n[^\r]+\r\n$/, '\r\n'))).toBe('archive-bad-row');
    expect(changed('metrics.csv', (text) => text.replace(/,,\r\n/, ',unseen,\r\n'))).toBe(
      'archive-inconsistent',
    );
    expect(changed('metrics.csv', (text) => text.replace(/,,\r\n/, ',boring,\r\n'))).toBe('archive-bad-row');
    expect(changed('steps.csv', (text) => text.replace(/\r\n2,/, '\r\n1,'))).toBe('archive-bad-row');
    expect(changed('steps.csv', (text) => text.replace(/\r\n3,1,[^,]+/, '\r\n3,1,Infinity'))).toBe(
      'archive-bad-row',
    );
    expect(changed('confusion.csv', (text) => text.replace('angry,happy', 'angry,<script>'))).toBe(
      'archive-bad-row',
    );
    expect(changed('log.csv', (text) => text.replace('warning', 'shout'))).toBe('archive-bad-row');
    expect(changed('predictions-last.csv', (text) => text.replace('u1,angry', 'u1,bored'))).toBe(
      'archive-bad-row',
    );
  });
});

describe('csv reader', () => {
  it('reads whatever the writer writes', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.array(fc.oneof(fc.string(), fc.stringMatching(/^'{0,3}[=+@-]?.?$/)), {
            minLength: 2,
            maxLength: 2,
          }),
        ),
        (rows) => {
          const read = readCsv(toCsv(['a', 'b'], rows), 'x.csv');
          expect(read.rows.map((row) => row.map(undefused))).toEqual(rows);
        },
      ),
    );
  });
  it('refuses an open quote and a row of another length', () => {
    expect(codeOf(() => readCsv('a,b\r\n"x,1\r\n', 'x.csv'))).toBe('archive-bad-row');
    expect(codeOf(() => readCsv('a,b\r\n1\r\n', 'x.csv'))).toBe('archive-bad-row');
    expect(readCsv('a,b\r\n1,\r\n', 'x.csv').rows).toEqual([['1', '']]);
  });
});

describe('zip directory', () => {
  const reader = (bytes: Uint8Array): ByteReader => ({
    size: bytes.length,
    bytes: async (from, to) => bytes.slice(from, to),
  });
  const zip = zipSync({
    'a.txt': strToU8('hello hello hello hello hello'),
    'w.bin': [new Uint8Array(1000).fill(80), { level: 0 }],
  });
  it('finds every entry and its bytes', async () => {
    const entries = await zipDirectory(reader(zip));
    expect(entries).toMatchObject([
      { name: 'a.txt', method: 8, size: 29 },
      { name: 'w.bin', method: 0, size: 1000 },
    ]);
    const stored = await packedBytes(reader(zip), entries[1]!);
    expect(stored).toEqual(new Uint8Array(1000).fill(80));
    expect(crc32(stored)).toBe(entries[1]!.crc32);
    // The check value of CRC-32 in every catalogue.
    expect(crc32(strToU8('123456789'))).toBe(0xcbf43926);
  });
  it('refuses what is no zip, cut off or lies about itself, whatever the bytes', async () => {
    await expect(zipDirectory(reader(strToU8('no zip at all')))).rejects.toMatchObject({
      code: 'zip-damaged',
      details: { why: 'no-directory' },
    });
    await expect(zipDirectory(reader(zip.slice(0, -30)))).rejects.toMatchObject({ code: 'zip-damaged' });
    await fc.assert(
      fc.asyncProperty(fc.nat(zip.length - 1), fc.integer({ min: 1, max: 255 }), async (at, flip) => {
        const bytes = zip.slice();
        bytes[at]! ^= flip;
        try {
          for (const entry of await zipDirectory(reader(bytes))) await packedBytes(reader(bytes), entry);
        } catch (error) {
          expect((error as ConfigError).code).toBe('zip-damaged');
        }
      }),
    );
  });
});
