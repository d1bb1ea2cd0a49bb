/**
 * What a run leaves behind besides its checkpoints: step rows in blocks, epoch records, log entries.
 * Written by the trainer, read by the page. Rows later than a checkpoint are cut off when the run is resumed
 * from it, so that the history never tells of steps the weights have not taken.
 */
import type { EpochRecord, LogEntry, StepRow } from '../core/training/events';
import { currentEpoch, currentSteps, HISTORY_VERSION as version } from './migrations/registry';
import type { Database } from './schema';

/** The keys of a run in steps, epochs and log. */
export const ofRun = (runId: string): IDBKeyRange =>
  IDBKeyRange.bound([runId, 0], [runId, Number.MAX_SAFE_INTEGER]);

/** Adds step rows (as one block) and epoch records in one transaction. */
export async function appendHistory(
  db: Database,
  runId: string,
  rows: readonly StepRow[],
  epochs: readonly EpochRecord[],
): Promise<void> {
  const first = rows[0];
  if (!first && epochs.length === 0) return;
  const transaction = db.transaction(['steps', 'epochs'], 'readwrite');
  if (first) void transaction.objectStore('steps').put({ version, runId, firstStep: first.step, rows });
  for (const record of epochs) void transaction.objectStore('epochs').put({ ...record, version, runId });
  await transaction.done;
}

export async function appendLog(db: Database, runId: string, entries: readonly LogEntry[]): Promise<void> {
  const transaction = db.transaction('log', 'readwrite');
  for (const entry of entries) void transaction.store.put({ ...entry, runId });
  await transaction.done;
}

export interface History {
  readonly steps: readonly StepRow[];
  readonly epochs: readonly EpochRecord[];
  readonly log: readonly LogEntry[];
}

export async function readHistory(db: Database, runId: string): Promise<History> {
  const [steps, epochs, log] = await Promise.all([
    readSteps(db, runId),
    db.getAll('epochs', ofRun(runId)),
    db.getAll('log', ofRun(runId)),
  ]);
  return { steps, epochs: epochs.map(currentEpoch), log };
}

/**
 * Rows that are asked for at once: they are made on the asking thread, and a page must not stand still for a
 * long run.
 */
const ROWS_AT_ONCE = 3000;

async function readSteps(db: Database, runId: string): Promise<StepRow[]> {
  const { store } = db.transaction('steps');
  const rows: StepRow[] = [];
  for (let [from, count] = [0, 1]; ;) {
    const blocks = await store.getAll(
      IDBKeyRange.bound([runId, from], [runId, Number.MAX_SAFE_INTEGER]),
      count,
    );
    for (const block of blocks) for (const row of currentSteps(block).rows) rows.push(row);
    if (blocks.length < count) return rows;
    from = blocks.at(-1)!.firstStep + 1;
    const perBlock = blocks.reduce((sum, block) => sum + block.rows.length, 0) / blocks.length;
    count = Math.max(1, Math.floor(ROWS_AT_ONCE / Math.max(1, perBlock)));
  }
}

export async function readEpochs(db: Database, runId: string): Promise<EpochRecord[]> {
  return (await db.getAll('epochs', ofRun(runId))).map(currentEpoch);
}

export const readLog = (db: Database, runId: string): Promise<LogEntry[]> => db.getAll('log', ofRun(runId));

/**
 * The step rows of a run, block by block: a long run never lies in memory as a whole. @param take must not
 * wait for anything
 */
export async function eachStepBlock(
  db: Database,
  runId: string,
  take: (rows: readonly StepRow[]) => void,
): Promise<void> {
  for (
    let cursor = await db.transaction('steps').store.openCursor(ofRun(runId));
    cursor;
    cursor = await cursor.continue()
  )
    take(currentSteps(cursor.value).rows);
}

/** Number of step rows stored, without loading them all. */
export async function lastStep(db: Database, runId: string): Promise<number> {
  const cursor = await db.transaction('steps').store.openCursor(ofRun(runId), 'prev');
  return cursor?.value.rows.at(-1)?.step ?? 0;
}

/** Removes step rows and epoch records after `step`. The log stays: it tells what happened. */
export async function cutAfter(db: Database, runId: string, step: number): Promise<void> {
  const transaction = db.transaction(['steps', 'epochs'], 'readwrite');
  for (const block of await transaction.objectStore('steps').getAll(ofRun(runId))) {
    if (block.rows.every((row) => row.step <= step)) continue;
    const rows = block.rows.filter((row) => row.step <= step);
    if (rows.length > 0) await transaction.objectStore('steps').put({ ...block, rows });
    else await transaction.objectStore('steps').delete([runId, block.firstStep]);
  }
  for (const record of await transaction.objectStore('epochs').getAll(ofRun(runId)))
    if (record.step > step) await transaction.objectStore('epochs').delete([runId, record.epoch]);
  await transaction.done;
}

/** Rows of a block that is written again. */
const BLOCK = 1000;

/** A run's whole history, in place of whatever of it is stored. @param rows in the order of their steps */
export async function rewriteHistory(
  db: Database,
  runId: string,
  rows: readonly StepRow[],
  epochs: readonly EpochRecord[],
  log: readonly LogEntry[],
): Promise<void> {
  const transaction = db.transaction(['steps', 'epochs', 'log'], 'readwrite');
  const [steps, records, entries] = [
    transaction.objectStore('steps'),
    transaction.objectStore('epochs'),
    transaction.objectStore('log'),
  ];
  await steps.delete(ofRun(runId));
  for (let from = 0; from < rows.length; from += BLOCK)
    void steps.put({ version, runId, firstStep: rows[from]!.step, rows: rows.slice(from, from + BLOCK) });
  for (const record of epochs) void records.put({ ...record, version, runId });
  for (const entry of log) void entries.put({ ...entry, runId });
  await transaction.done;
}

/** The next free sequence number of a run's log. */
export async function nextLogSeq(db: Database, runId: string): Promise<number> {
  const cursor = await db.transaction('log').store.openKeyCursor(ofRun(runId), 'prev');
  return cursor ? cursor.key[1] + 1 : 0;
}

export async function deleteHistory(db: Database, runId: string): Promise<void> {
  const transaction = db.transaction(['steps', 'epochs', 'log'], 'readwrite');
  for (const name of ['steps', 'epochs', 'log'] as const)
    await transaction.objectStore(name).delete(ofRun(runId));
  await transaction.done;
}
