/**
 * What the autotuner found, by adapter, kernel and shape class; small records, overwritten when they are
 * measured again.
 */
import type { TuningRecord } from '../core/bench/tuning';
import type { Database } from './schema';

/** What is known of an adapter. */
export const readTuning = (db: Database, adapter: string): Promise<TuningRecord[]> =>
  db.getAll('tuning', IDBKeyRange.bound([adapter], [adapter, []]));

/** Of all adapters this browser has seen, the newest measurement first. */
export const allTuning = async (db: Database): Promise<TuningRecord[]> =>
  (await db.getAll('tuning')).sort((a, b) => b.measuredAt - a.measuredAt);

export async function writeTuning(db: Database, records: readonly TuningRecord[]): Promise<void> {
  const transaction = db.transaction('tuning', 'readwrite');
  await Promise.all([...records.map((record) => transaction.store.put(record)), transaction.done]);
}

/** Forgets everything: it is measured again when it is next needed. */
export const clearTuning = (db: Database): Promise<void> => db.clear('tuning');
