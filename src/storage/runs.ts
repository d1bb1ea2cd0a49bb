/** Run records and the queue's items in the database, whatever version wrote them. */
import { completedConfig } from '../core/config/parse';
import type { RunConfig } from '../core/config/run-config';
import { currentRecord } from '../core/run/migrations/registry';
import type { RunRecord } from '../core/run/record';
import type { Database, StoredRun } from './schema';

/** With its configuration as today's; one that is none any more stays as it is. */
export const asRead = <R extends { readonly config: RunConfig }>(record: R): R => ({
  ...record,
  config: completedConfig(record.config),
});

/** A run's record as today's. */
export const runAsRead = (stored: StoredRun): RunRecord => currentRecord(asRead(stored));

export async function readRun(db: Database, id: string): Promise<RunRecord | undefined> {
  const stored = await db.get('runs', id);
  return stored && runAsRead(stored);
}
