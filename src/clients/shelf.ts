/**
 * The page's own stores: runs, remembered folders, settings; and its reading of what the workers wrote.
 * One open connection, reopened if the browser closed it (storage/connection.ts).
 */
import { heldLocks, privateFolder, withLock } from '../storage/blocked';
import { deleteCheckpoints, manifests } from '../storage/checkpoints';
import { Connection } from '../storage/connection';
import { storedCorpus } from '../storage/corpora';
import {
  appendLog,
  deleteHistory,
  lastStep,
  nextLogSeq,
  readEpochs,
  readHistory,
  readLog,
  type History,
} from '../storage/history';
import type { CheckpointManifest, CorpusRecord, Database, FolderRecord, RunRecord } from '../storage/schema';
import { allTuning, clearTuning } from '../storage/tuning';
import { summaryOf } from '../storage/weights';
import { asMeasured } from '../core/training/notes/as-measured';
import type { WeightsSummary } from '../core/protocol/contracts/weights';
import type { EpochRecord, LogEntry } from '../core/training/events';
import { parseRunConfig } from '../core/config/parse';
import type { QueueItem } from '../core/training/sweep';
import { asRead, runAsRead } from '../storage/runs';

const database = new Connection();

const withDatabase = <T>(work: (db: Database) => Promise<T>): Promise<T> => database.use(work);

/** Called when everything that was stored is gone: the database was deleted, and an empty one is open. */
export const onStorageEmptied = (listener: () => void): void => database.onReplaced(listener);

/**
 * Called once when the browser blocks site data: everything is then stored in memory, and gone with the page.
 */
export const onStorageBlocked = (listener: (error: unknown) => void): void => database.onBlocked(listener);

/** Whether what is stored is in memory only; false also where there is no telling. */
export const storageInMemory = (): Promise<boolean> => database.inMemory().catch(() => false);

export const folders = {
  list: async (): Promise<FolderRecord[]> =>
    (await withDatabase((db) => db.getAll('folders'))).sort((a, b) => b.openedAt - a.openedAt),
  put: (record: FolderRecord) => withDatabase((db) => db.put('folders', record)),
  remove: (id: string) => withDatabase((db) => db.delete('folders', id)),
};

export const corpora = {
  get: (id: string): Promise<CorpusRecord | undefined> => withDatabase((db) => storedCorpus(db, id)),
};

export const settings = {
  get: async <T>(key: string): Promise<T | undefined> =>
    (await withDatabase((db) => db.get('settings', key))) as T | undefined,
  put: (key: string, value: unknown) => withDatabase((db) => db.put('settings', value, key)),
};

export interface RunFacts {
  readonly epochs: readonly EpochRecord[];
  readonly steps: number;
  readonly manifests: readonly CheckpointManifest[];
}

export const runs = {
  list: async (): Promise<RunRecord[]> =>
    (await withDatabase((db) => db.getAllFromIndex('runs', 'createdAt'))).map(runAsRead).reverse(),
  /** An older version's configuration gets what it lacks. @throws ConfigError where it is none at all */
  get: async (id: string): Promise<RunRecord | undefined> => {
    const stored = await withDatabase((db) => db.get('runs', id));
    return stored && { ...runAsRead(stored), config: parseRunConfig(stored.config) };
  },
  put: (record: RunRecord) => withDatabase((db) => db.put('runs', record)),
  facts: (id: string): Promise<RunFacts> =>
    withDatabase(async (db) => {
      const [epochs, steps, found] = await Promise.all([
        readEpochs(db, id),
        lastStep(db, id),
        manifests(db, id),
      ]);
      return { epochs: epochs.map(asMeasured), steps, manifests: found };
    }),
  /** Its epochs, and whether its strategy or options were changed while it ran. */
  course: (id: string): Promise<{ readonly epochs: readonly EpochRecord[]; readonly changed: boolean }> =>
    withDatabase(async (db) => {
      const [epochs, log] = await Promise.all([readEpochs(db, id), readLog(db, id)]);
      return {
        epochs: epochs.map(asMeasured),
        changed: log.some(({ code }) => /^strategy-(changed|switched)/.test(code)),
      };
    }),
  history: async (id: string): Promise<History> => {
    const history = await withDatabase((db) => readHistory(db, id));
    return { ...history, epochs: history.epochs.map(asMeasured) };
  },
  /** Adds to the log of a run whose trainer is no more. */
  log: (id: string, entry: Omit<LogEntry, 'seq'>): Promise<LogEntry> =>
    withDatabase(async (db) => {
      const written = { ...entry, seq: await nextLogSeq(db, id) };
      await appendLog(db, id, [written]);
      return written;
    }),
  /**
   * Checkpoints first, the record last: an interrupted deletion leaves something that can be deleted again.
   */
  remove: (id: string) =>
    withDatabase(async (db) => {
      await deleteCheckpoints(db, id);
      await deleteHistory(db, id);
      await db.delete('runs', id);
    }),
};

export const storedWeights = {
  list: async (): Promise<WeightsSummary[]> =>
    (await withDatabase((db) => db.getAll('weights')))
      .map(summaryOf)
      .sort((a, b) => b.importedAt - a.importedAt),
  has: async (id: string): Promise<boolean> => (await withDatabase((db) => db.count('weights', id))) > 0,
};

/** The runs to be made, in their order. */
export const queue = {
  list: async (): Promise<QueueItem[]> =>
    (await withDatabase((db) => db.getAll('queue'))).map(asRead).sort((a, b) => a.order - b.order),
  put: (items: readonly QueueItem[]) =>
    withDatabase(async (db) => {
      const transaction = db.transaction('queue', 'readwrite');
      for (const item of items) void transaction.store.put(item);
      await transaction.done;
    }),
  /** Changes one item, whatever another tab has made of it; nothing where it is gone. */
  change: (id: string, change: (item: QueueItem) => QueueItem) =>
    withDatabase(async (db) => {
      const transaction = db.transaction('queue', 'readwrite');
      const item = await transaction.store.get(id);
      if (item) void transaction.store.put(change(item));
      await transaction.done;
    }),
  remove: (ids: readonly string[]) =>
    withDatabase(async (db) => {
      const transaction = db.transaction('queue', 'readwrite');
      for (const id of ids) void transaction.store.delete(id);
      await transaction.done;
    }),
};

/** What the autotuner found. */
export const tuning = {
  list: () => withDatabase(allTuning),
  clear: () => withDatabase(clearTuning),
};

/** Deletes every cached feature pack; they are computed anew when needed. */
export async function deleteFeatureCaches(): Promise<void> {
  await withDatabase((db) => db.clear('packs'));
  const root = await privateFolder();
  await root.removeEntry('features', { recursive: true }).catch((error: unknown) => {
    if (!(error instanceof DOMException) || error.name !== 'NotFoundError') throw error;
  });
}

/** Null where the browser does not tell, or stores nothing: memory has no quota. */
export async function storageUsage(): Promise<{ readonly used: number; readonly quota: number } | null> {
  if (await storageInMemory()) return null;
  const { usage, quota } = await navigator.storage.estimate();
  return usage === undefined || quota === undefined ? null : { used: usage, quota };
}

/**
 * Held by the tab that works the queue off; a tab that asks for it waits until the other is closed or done.
 */
export const withQueueLock = (work: () => Promise<void>): Promise<void> => withLock('queue', work);

/** Whether another tab works the queue off. */
export async function queueIsHeld(): Promise<boolean> {
  return (await heldLocks()).includes('queue');
}

/** Whether some tab or worker is training this run now. */
export async function isRunning(runId: string): Promise<boolean> {
  return (await heldLocks()).includes(`run:${runId}`);
}
