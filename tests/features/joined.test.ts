/** Features of a joined corpus: each part's own pack, read through one index; nothing is computed twice. */
import { describe, expect, it } from 'vitest';
import { PermissionLostError, StorageError } from '../../src/core/errors/errors';
import type { Joined, JoinedPart } from '../../src/core/corpus/joined/joined';
import type { FolderSource } from '../../src/core/protocol/contracts/corpus';
import type { FeatureProgress, FeatureSummary } from '../../src/core/protocol/contracts/features';
import { PAPER_FEATURES } from '../../src/core/spectrogram/setting';
import { packId, packIndex, readSpectrogram, type OpenPack } from '../../src/storage/feature-packs';
import { fileAt, openFolder } from '../../src/storage/folder-source';
import type { Database, PackRecord } from '../../src/storage/schema';
import { arePartsCached, extractParts } from '../../workers/lib/joined-extraction';
import { directoryHandle } from '../storage/fake-files';

const setting = { ...PAPER_FEATURES, nMels: 2 };
const part = (name: string): JoinedPart => ({
  name,
  id: `id-${name}`,
  origin: { kind: 'folder', id: `id-${name}`, name },
  adapter: 'emodb',
  column: 'emotion',
  values: {},
  classOf: {},
  suggested: {},
});
const joined: Joined = { parts: [part('a'), part('b')], dropped: [] };
const record = (
  name: string,
  records: PackRecord['records'],
  more: Partial<PackRecord> = {},
): PackRecord => ({
  packId: packId(`id-${name}`, setting),
  corpusId: `id-${name}`,
  setting,
  records,
  warnings: [],
  failures: [],
  bytes: 16,
  createdAt: 1,
  ...more,
});
const A = record(
  'a',
  { u1: { offset: 0, frames: 1 } },
  { failures: [{ id: 'bad', code: 'no-samples', detail: '' }] },
);
const B = record(
  'b',
  { u1: { offset: 8, frames: 1 } },
  { passing: [{ id: 'gone', code: 'file-missing', detail: '' }] },
);

async function extraction(
  source: FolderSource,
  cached: readonly string[],
  ids = ['a/u1', 'a/u2', 'b/u1'],
  stored?: PackRecord,
) {
  const calls: {
    readonly corpusId: string;
    readonly utteranceIds: readonly string[];
    readonly source: FolderSource;
  }[] = [];
  const saved: PackRecord[] = [];
  const progress: FeatureProgress[] = [];
  const summary = await extractParts(
    { source, corpusId: 'both', utteranceIds: ids, setting, workers: 1 },
    joined,
    {
      extract: (payload, told) => {
        calls.push(payload);
        const { corpusId, utteranceIds } = payload;
        const known = cached.includes(corpusId);
        told({
          done: 1,
          total: utteranceIds.length,
          cached: known ? utteranceIds.length : 0,
          current: utteranceIds[0]!,
        });
        return Promise.resolve<FeatureSummary>({
          packId: packId(corpusId, setting),
          utterances: utteranceIds.length,
          computed: known ? 0 : utteranceIds.length,
          cached: known,
          warnings: [{ id: utteranceIds[0]!, code: 'truncated', detail: '' }],
          failures: [],
          bytes: 10,
          ms: 1,
        });
      },
      isCached: (id) => Promise.resolve(cached.includes(id)),
      stored: () => Promise.resolve(stored),
      save: (one) => Promise.resolve(saved.push(one)),
      progress: (value) => progress.push(value),
      now: () => 0,
    },
  );
  return { calls, saved, progress, summary };
}

describe('extraction', () => {
  const sources = { a: { kind: 'demo', directory: 'x' }, b: { kind: 'demo', directory: 'y' } } as const;

  it('asks each part for its own utterances from its own folder, and stores an index', async () => {
    const { calls, saved, progress, summary } = await extraction({ kind: 'joined', parts: sources }, [
      'id-a',
    ]);
    expect(calls.map(({ corpusId, utteranceIds, source }) => [corpusId, utteranceIds, source])).toEqual([
      ['id-a', ['u1', 'u2'], sources.a],
      ['id-b', ['u1'], sources.b],
    ]);
    expect(saved).toMatchObject([
      { corpusId: 'both', parts: { a: A.packId, b: B.packId }, records: {}, bytes: 0 },
    ]);
    expect(summary).toMatchObject({ utterances: 3, computed: 1, bytes: 20, cached: false });
    expect(summary.warnings.map(({ id }) => id)).toEqual(['a/u1', 'b/u1']);
    expect(progress).toEqual([
      { done: 1, total: 3, cached: 2, current: 'a/u1' },
      { done: 3, total: 3, cached: 2, current: 'b/u1' },
    ]);
  });

  it('needs no folder of a part that is cached, and names the one it lacks before it begins', async () => {
    const { calls } = await extraction({ kind: 'joined', parts: { a: null, b: sources.b } }, ['id-a']);
    expect(calls).toHaveLength(2);
    await expect(
      extraction({ kind: 'joined', parts: { a: sources.a, b: null } }, ['id-a']),
    ).rejects.toMatchObject(new PermissionLostError('part-closed', { name: 'b' }));
    await expect(extraction({ kind: 'files', files: [] }, [])).rejects.toMatchObject({ code: 'part-closed' });
  });

  it('leaves the index as it is where nothing was computed', async () => {
    const index: PackRecord = { ...record('both', {}), parts: { a: A.packId, b: B.packId } };
    const source: FolderSource = { kind: 'joined', parts: sources };
    expect((await extraction(source, ['id-a', 'id-b'], ['a/u1'], index)).saved).toEqual([]);
    expect((await extraction(source, ['id-a', 'id-b'], ['a/u1'])).saved).toHaveLength(1);
    const other = { ...index, parts: { a: A.packId, b: 'another' } };
    expect((await extraction(source, ['id-a', 'id-b'], ['a/u1'], other)).saved).toHaveLength(1);
    expect((await extraction(source, ['id-a'], ['a/u1'], index)).saved).toHaveLength(1);
  });

  it('is cached where every part is', async () => {
    const asked: (readonly [string, readonly string[]])[] = [];
    const isCached = (id: string, ids: readonly string[]) => {
      asked.push([id, ids]);
      return Promise.resolve(id === 'id-a');
    };
    expect(await arePartsCached(joined, ['b/u1', 'a/u1'], isCached)).toBe(false);
    expect(asked).toEqual([
      ['id-a', ['u1']],
      ['id-b', ['u1']],
    ]);
    expect(await arePartsCached(joined, [], () => Promise.resolve(true))).toBe(true);
  });
});

describe('the index', () => {
  const index: PackRecord = {
    ...record('both', {}),
    packId: 'both',
    bytes: 0,
    parts: { a: A.packId, b: B.packId },
  };
  const database = (records: readonly PackRecord[]): Database =>
    ({
      get: (_store: string, id: string) => Promise.resolve(records.find((one) => one.packId === id)),
    }) as unknown as Database;

  it('is composed of the parts as they are now', async () => {
    const found = await packIndex(database([index, A, B]), 'both');
    expect(Object.keys(found!.records)).toEqual(['a/u1', 'b/u1']);
    expect(found!.failures.map(({ id }) => id)).toEqual(['a/bad']);
    expect(found!.passing!.map(({ id }) => id)).toEqual(['b/gone']);
    expect(found!.bytes).toBe(32);
    const later = { ...A, records: { u1: { offset: 0, frames: 1 }, u9: { offset: 8, frames: 1 } } };
    expect(Object.keys((await packIndex(database([index, later, B]), 'both'))!.records)).toContain('a/u9');
  });

  it('is none where a part’s features were deleted', async () => {
    expect(await packIndex(database([index, A]), 'both')).toBeUndefined();
  });

  it('reads a spectrogram out of the file of its part', async () => {
    const open = (of: PackRecord, values: readonly number[]): OpenPack => ({
      record: of,
      file: new File([Float32Array.from(values)], 'pack'),
    });
    const pack: OpenPack = {
      record: index,
      file: new File([], 'both'),
      parts: new Map([
        ['a', open(A, [1, 2, 3, 4])],
        ['b', open(B, [5, 6, 7, 8])],
      ]),
    };
    expect([...(await readSpectrogram(pack, 'a/u1')).decibels]).toEqual([1, 2]);
    expect([...(await readSpectrogram(pack, 'b/u1')).decibels]).toEqual([7, 8]);
    for (const id of ['c/u1', 'u1', 'a/u2'])
      await expect(readSpectrogram(pack, id)).rejects.toMatchObject({ code: 'not-in-pack' });
  });
});

describe('the folders', () => {
  const handle = (text: string) =>
    ({ kind: 'handle', handle: directoryHandle('x', { wav: { 'u.wav': text } }) }) as const;
  const source: FolderSource = { kind: 'joined', parts: { a: handle('one'), b: handle('two'), c: null } };

  it('are found by the part’s name', async () => {
    expect(await (await fileAt(source, 'a/wav/u.wav')).text()).toBe('one');
    expect(await (await fileAt(source, 'b/wav/u.wav')).text()).toBe('two');
    expect(await (await openFolder(source)).entries()).toHaveLength(2);
  });

  it('say which part is not connected, and what is no part', async () => {
    await expect(fileAt(source, 'c/wav/u.wav')).rejects.toMatchObject({
      code: 'part-closed',
      details: { name: 'c' },
    });
    await expect(fileAt(source, 'd/wav/u.wav')).rejects.toBeInstanceOf(StorageError);
    await expect(fileAt(source, 'a/wav/v.wav')).rejects.toMatchObject({ code: 'file-missing' });
  });
});
