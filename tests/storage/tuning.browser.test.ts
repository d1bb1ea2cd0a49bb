import { deleteDB } from 'idb';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { TuningRecord } from '../../src/core/bench/tuning';
import { DATABASE_NAME, openDatabase, type Database } from '../../src/storage/schema';
import { allTuning, clearTuning, readTuning, writeTuning } from '../../src/storage/tuning';

let db: Database;
beforeEach(async () => {
  db = await openDatabase();
});
afterEach(async () => {
  db.close();
  await deleteDB(DATABASE_NAME);
});

const record = (adapter: string, kernel: string, measuredAt: number, ms = 1): TuningRecord => ({
  adapter,
  kernel,
  shape: 's',
  version: '1',
  winner: 'tile',
  variants: [
    { name: 'tile', ms, verified: true },
    { name: 'rows', ms: null, verified: false },
  ],
  measuredAt,
});

it('keeps what was found per adapter, kernel and shape, and replaces what is measured again', async () => {
  await writeTuning(db, [
    record('a', 'k', 1),
    record('a', 'l', 2),
    record('a b', 'k', 3),
    record('b', 'k', 4),
  ]);
  await writeTuning(db, [record('a', 'k', 5, 0.5)]);
  // The longer name is another adapter, though it begins alike.
  expect(await readTuning(db, 'a')).toEqual([record('a', 'k', 5, 0.5), record('a', 'l', 2)]);
  expect(await readTuning(db, 'c')).toEqual([]);
  expect((await allTuning(db)).map(({ measuredAt }) => measuredAt)).toEqual([5, 4, 3, 2]);
});

it('forgets everything at once', async () => {
  await writeTuning(db, [record('a', 'k', 1), record('b', 'k', 2)]);
  await clearTuning(db);
  expect(await allTuning(db)).toEqual([]);
});
