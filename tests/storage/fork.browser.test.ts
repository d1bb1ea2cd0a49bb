/** A fork in storage: whole or absent, with chunks of its own, its history cut at the checkpoint. */
import { deleteDB } from 'idb';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { EpochRecord, StepRow } from '../../src/core/training/events';
import { deleteCheckpoints, manifests, readTensors, writeCheckpoint } from '../../src/storage/checkpoints';
import { forkRun } from '../../src/storage/fork';
import { appendHistory, deleteHistory, readHistory } from '../../src/storage/history';
import { DATABASE_NAME, openDatabase, type Database } from '../../src/storage/schema';
import { stateAt } from './state-at';

let db: Database;
beforeEach(async () => {
  db = await openDatabase();
});
afterEach(async () => {
  db.close();
  await deleteDB(DATABASE_NAME);
});

const side = { total: 1, tasks: [] };
const row = (step: number): StepRow => ({
  step,
  epoch: Math.ceil(step / 3),
  total: 1,
  losses: [1],
  nominal: [1],
  effective: [1],
  ms: 1,
  waitMs: 0,
});
const epoch = (n: number): EpochRecord => ({
  epoch: n,
  step: n * 3,
  seconds: 1,
  train: side,
  validation: side,
  monitored: 1,
  best: true,
  nominal: [1],
  effective: [1],
});
const write = (step: number, value: number, which: ('best' | 'last')[]) =>
  writeCheckpoint(
    db,
    {
      runId: 'parent',
      step,
      epoch: 2,
      state: stateAt(step),
      tensors: [{ name: 'a', shape: [6], pieces: [new Float32Array(6).fill(value)] }],
    },
    which,
    8,
  );
const valuesOf = async (runId: string, which: string): Promise<number[]> => {
  const manifest = (await manifests(db, runId)).find((candidate) => candidate.which === which)!;
  for await (const { data } of readTensors(db, manifest)) return [...data];
  return [];
};

/** Best after step 3, last after step 6; steps and epochs beyond, as a run leaves them that goes on. */
async function parent(): Promise<void> {
  await write(3, 1, ['best']);
  await write(6, 2, ['last']);
  await appendHistory(db, 'parent', [1, 2, 3, 4].map(row), [epoch(1)]);
  await appendHistory(db, 'parent', [5, 6, 7].map(row), [epoch(2)]);
  await appendHistory(db, 'parent', [8, 9].map(row), [epoch(3)]);
}

describe('a fork', () => {
  it('of the last checkpoint has it and the best one, the changed state, and the history up to it', async () => {
    await parent();
    await forkRun(db, 'parent', 'last', 'child', ({ step }) => stateAt(100 + step));
    expect(await manifests(db, 'child')).toMatchObject([
      { which: 'best', step: 3, state: stateAt(103) },
      { which: 'last', step: 6, state: stateAt(106) },
    ]);
    expect([await valuesOf('child', 'best'), await valuesOf('child', 'last')]).toEqual([
      Array(6).fill(1),
      Array(6).fill(2),
    ]);
    const { steps, epochs } = await readHistory(db, 'child');
    expect(steps.map(({ step }) => step)).toEqual([1, 2, 3, 4, 5, 6]);
    expect(epochs.map((record) => record.epoch)).toEqual([1, 2]);
    expect((await readHistory(db, 'parent')).steps).toHaveLength(9);
  });

  it('of the best one begins there, and shares one set of chunks for both', async () => {
    await parent();
    await forkRun(db, 'parent', 'best', 'child', ({ state }) => state);
    const found = await manifests(db, 'child');
    expect(found.map(({ which, step }) => [which, step])).toEqual([
      ['best', 3],
      ['last', 3],
    ]);
    expect(found[0]!.checkpointId).toBe(found[1]!.checkpointId);
    expect(await valuesOf('child', 'last')).toEqual(Array(6).fill(1));
    expect((await readHistory(db, 'child')).steps.map(({ step }) => step)).toEqual([1, 2, 3]);
  });

  it('is whole when the other run is deleted, and the other way round', async () => {
    await parent();
    await forkRun(db, 'parent', 'last', 'child', ({ state }) => state);
    await forkRun(db, 'child', 'last', 'grandchild', ({ state }) => state);
    await deleteCheckpoints(db, 'parent');
    await deleteHistory(db, 'parent');
    expect(await valuesOf('child', 'last')).toEqual(Array(6).fill(2));
    await deleteCheckpoints(db, 'child');
    expect(await valuesOf('grandchild', 'last')).toEqual(Array(6).fill(2));
    expect((await readHistory(db, 'grandchild')).steps).toHaveLength(6);
  });

  it('that fails leaves nothing: a missing checkpoint, a missing chunk, a state that is refused', async () => {
    await parent();
    await expect(forkRun(db, 'nobody', 'last', 'child', ({ state }) => state)).rejects.toMatchObject({
      code: 'checkpoint-missing',
    });
    await expect(
      forkRun(db, 'parent', 'last', 'child', () => {
        throw new Error('refused');
      }),
    ).rejects.toThrow('refused');
    const before = await db.count('chunks');
    const last = (await manifests(db, 'parent')).find(({ which }) => which === 'last')!;
    await db.delete('chunks', [last.checkpointId, 2]);
    await expect(forkRun(db, 'parent', 'last', 'child', ({ state }) => state)).rejects.toMatchObject({
      code: 'checkpoint-damaged',
      details: { part: 3 },
    });
    expect(await db.count('chunks')).toBe(before - 1);
    expect(await manifests(db, 'child')).toEqual([]);
    expect((await readHistory(db, 'child')).steps).toEqual([]);
  });
});
