/** Checkpoints on real IndexedDB: whole or absent, verified on reading, and nothing left behind. */
import { beforeEach, describe, expect, it } from 'vitest';
import { StorageError } from '../../src/core/errors/errors';
import {
  deleteCheckpoints,
  manifests,
  readTensors,
  removeOrphans,
  writeCheckpoint,
  type CheckpointContent,
} from '../../src/storage/checkpoints';
import { CHUNK_BYTES, type NamedTensor } from '../../src/storage/chunks';
import {
  appendHistory,
  appendLog,
  cutAfter,
  lastStep,
  nextLogSeq,
  readHistory,
} from '../../src/storage/history';
import { openDatabase, type Database } from '../../src/storage/schema';
import type { EpochRecord, StepRow } from '../../src/core/training/events';
import { stateAt } from './state-at';

let db: Database;
beforeEach(async () => {
  db ??= await openDatabase();
  for (const store of ['checkpoints', 'chunks', 'steps', 'epochs', 'log'] as const) await db.clear(store);
});

const tensor = (name: string, length: number, start: number): NamedTensor => ({
  name,
  shape: [length],
  data: Float32Array.from({ length }, (_, i) => start + i),
});
const content = (step: number, tensors: Iterable<NamedTensor>, runId = 'run'): CheckpointContent => ({
  runId,
  step,
  epoch: 1,
  state: stateAt(step),
  tensors: [...tensors].map(({ name, shape, data }) => ({ name, shape, pieces: [data] })),
});

async function read(which: 'best' | 'last', runId = 'run'): Promise<NamedTensor[]> {
  const manifest = (await manifests(db, runId)).find((m) => m.which === which)!;
  const out: NamedTensor[] = [];
  for await (const t of readTensors(db, manifest)) out.push(t);
  return out;
}

describe('checkpoints', () => {
  it('come back bit for bit, across the border of a chunk', async () => {
    const big = CHUNK_BYTES / 4 + 1000;
    const tensors = [tensor('a', 3, 0.5), tensor('b', big, 7), tensor('c', 5, -1)];
    const manifest = await writeCheckpoint(db, content(1, tensors), ['last']);
    expect(manifest.checksums).toHaveLength(2);
    const back = await read('last');
    expect(back.map(({ name, shape }) => [name, shape])).toEqual([
      ['a', [3]],
      ['b', [big]],
      ['c', [5]],
    ]);
    back.forEach(({ data }, i) => expect(indexedDB.cmp(data.buffer, tensors[i]!.data.buffer)).toBe(0));
  });

  it('best and last may share chunks; a replaced one leaves none', async () => {
    await writeCheckpoint(db, content(1, [tensor('a', 4, 1)]), ['best', 'last']);
    await writeCheckpoint(db, content(2, [tensor('a', 4, 2)]), ['last']);
    await writeCheckpoint(db, content(3, [tensor('a', 4, 3)]), ['last']);
    expect((await read('best'))[0]!.data[0]).toBe(1);
    expect((await read('last'))[0]!.data[0]).toBe(3);
    expect(await db.count('chunks')).toBe(2);
  });

  it('a failure in the middle leaves the previous one whole and no leftovers', async () => {
    await writeCheckpoint(db, content(1, [tensor('a', 4, 1)]), ['last']);
    function* broken(): Generator<Float32Array> {
      yield tensor('a', CHUNK_BYTES / 4 + 1, 2).data;
      throw new StorageError('quota');
    }
    await expect(
      writeCheckpoint(
        db,
        { ...content(2, []), tensors: [{ name: 'a', shape: [CHUNK_BYTES], pieces: broken() }] },
        ['last'],
      ),
    ).rejects.toMatchObject({ code: 'quota' });
    expect((await read('last'))[0]!.data[0]).toBe(1);
    expect(await db.count('chunks')).toBe(1);
  });

  it('leftovers of a kill are removed by the next start, other runs are not', async () => {
    await writeCheckpoint(db, content(1, [tensor('a', 4, 1)]), ['last']);
    await writeCheckpoint(db, content(1, [tensor('a', 4, 9)], 'run2'), ['last']);
    await db.put('chunks', { checkpointId: 'run/killed', index: 0, bytes: new ArrayBuffer(8) });
    await removeOrphans(db, 'run');
    expect(await db.count('chunks')).toBe(2);
    expect((await read('last', 'run2'))[0]!.data[0]).toBe(9);
  });

  it('a changed byte is noticed, and so is a missing chunk', async () => {
    const { checkpointId } = await writeCheckpoint(db, content(1, [tensor('a', 4, 1)]), ['last']);
    await db.put('chunks', { checkpointId, index: 0, bytes: new ArrayBuffer(16) });
    await expect(read('last')).rejects.toMatchObject({ code: 'checkpoint-damaged' });
    await db.delete('chunks', [checkpointId, 0]);
    await expect(read('last')).rejects.toMatchObject({ code: 'checkpoint-damaged' });
  });

  it('are deleted with everything that belongs to them', async () => {
    await writeCheckpoint(db, content(1, [tensor('a', 4, 1)]), ['best', 'last']);
    await deleteCheckpoints(db, 'run');
    expect([await db.count('chunks'), await db.count('checkpoints')]).toEqual([0, 0]);
  });
});

describe('history', () => {
  const row = (step: number): StepRow => ({
    step,
    epoch: 1,
    total: 1,
    losses: [1],
    nominal: [1],
    effective: [1],
    ms: 1,
    waitMs: 0,
  });
  const side = { total: 1, tasks: [] };
  const epoch = (n: number, step: number): EpochRecord => ({
    epoch: n,
    step,
    seconds: 1,
    train: side,
    validation: side,
    monitored: 1,
    best: true,
    nominal: [1],
    effective: [1],
  });

  it('is cut where a run is resumed from, in the middle of a block too', async () => {
    await appendHistory(db, 'run', [row(1), row(2), row(3)], [epoch(1, 3)]);
    await appendHistory(db, 'run', [row(4), row(5), row(6)], [epoch(2, 6)]);
    await appendHistory(db, 'other', [row(9)], []);
    await cutAfter(db, 'run', 4);
    const { steps, epochs } = await readHistory(db, 'run');
    expect(steps.map(({ step }) => step)).toEqual([1, 2, 3, 4]);
    expect(epochs.map(({ epoch: n }) => n)).toEqual([1]);
    expect(await lastStep(db, 'run')).toBe(4);
    expect(await lastStep(db, 'other')).toBe(9);
    expect(await lastStep(db, 'nobody')).toBe(0);
  });

  it('numbers its log without gaps over two sessions', async () => {
    expect(await nextLogSeq(db, 'run')).toBe(0);
    await appendLog(
      db,
      'run',
      [0, 1].map((seq) => ({ seq, at: 0, level: 'info' as const, code: 'paused', step: 0, details: {} })),
    );
    expect(await nextLogSeq(db, 'run')).toBe(2);
  });
});
