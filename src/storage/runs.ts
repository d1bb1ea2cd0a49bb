/** A run's record as this version reads it: its configuration may be an earlier version's. */
import { completedConfig } from '../core/config/parse';
import type { Database, RunRecord } from './schema';
import type { RunConfig } from '../core/config/run-config';

/** One whose configuration is none any more stays as it is. */
export const asRead = <R extends { readonly config: RunConfig }>(record: R): R => ({
  ...record,
  config: completedConfig(record.config),
});

export async function readRun(db: Database, id: string): Promise<RunRecord | undefined> {
  const record = await db.get('runs', id);
  return record && asRead(record);
}
