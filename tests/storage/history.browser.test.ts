/** Epoch records as older versions stored them: what they lack is read off their confusion matrices. */
import { deleteDB } from 'idb';
import { afterEach, expect, it } from 'vitest';
import type { EpochRecord, SideMetrics } from '../../src/core/training/events';
import { readEpochs, readHistory } from '../../src/storage/history';
import { DATABASE_NAME, openDatabase, type Database } from '../../src/storage/schema';

let db: Database | undefined;

afterEach(async () => {
  db?.close();
  await deleteDB(DATABASE_NAME);
});

it('an epoch stored before macro recall was kept has it when it is read, and keeps everything else', async () => {
  // Class 2 is predicted and never occurs: recalls 1/2 and 1, and 0 for it.
  const task = {
    loss: 0.5,
    accuracy: 2 / 3,
    uar: 0.75,
    macroPrecision: 2 / 3,
    macroF1: 5 / 9,
    confusion: [
      [1, 0, 1],
      [0, 1, 0],
      [0, 0, 0],
    ],
  };
  const old = { total: 0.5, tasks: [task] } as unknown as SideMetrics;
  const record: EpochRecord = {
    epoch: 1,
    step: 3,
    seconds: 2,
    train: old,
    validation: old,
    monitored: 0.5,
    best: true,
    nominal: [1],
    effective: [1],
  };
  db = await openDatabase();
  await db.put('epochs', { ...record, runId: 'r' });
  const { epochs } = await readHistory(db, 'r');
  expect(await readEpochs(db, 'r')).toEqual(epochs);
  expect(epochs[0]).toMatchObject(record);
  for (const side of [epochs[0]!.train, epochs[0]!.validation])
    expect(side.tasks[0]!.macroRecall).toBeCloseTo(0.5, 12);
});
