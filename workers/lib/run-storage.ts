/** The trainer worker's storage as a run uses it (src/engine/run/begin/run-storage.ts): IndexedDB. */
import type { EpochRecord, LogEntry, StepRow } from '../../src/core/training/events';
import type { RunStorage } from '../../src/engine/run/begin/run-storage';
import { trainersState } from '../../src/core/run/checkpoint';
import { withLock } from '../../src/storage/blocked';
import {
  manifests,
  readPieces,
  removeOrphans,
  runsWithOrphans,
  writeCheckpoint,
  writeTested,
} from '../../src/storage/checkpoints';
import type { Connection } from '../../src/storage/connection';
import { storedCorpus } from '../../src/storage/corpora';
import {
  appendHistory,
  appendLog,
  cutAfter,
  nextLogSeq,
  readEpochs,
  rewriteHistory,
} from '../../src/storage/history';
import { readRun } from '../../src/storage/runs';
import { packIndex } from '../../src/storage/feature-packs';
import type { CorpusRecord, PackRecord } from '../../src/storage/schema';
import { readWeights } from '../../src/storage/weights';

/** What the run reads of others' stores: put back where the database was deleted under it. */
interface Lent {
  readonly pack: PackRecord;
  readonly corpus: CorpusRecord;
  /** As they are stored: of a joined corpus its own and its parts'. */
  readonly packs: readonly PackRecord[];
  readonly corpora: readonly CorpusRecord[];
}

/** Features and corpus of a pack; null where one of them is no longer stored. */
async function lentBy(database: Connection, packId: string): Promise<Lent | null> {
  const db = await database.get();
  const pack = await packIndex(db, packId);
  const corpus = pack && (await storedCorpus(db, pack.corpusId));
  if (!pack || !corpus) return null;
  const packs = await Promise.all(
    [packId, ...Object.values(pack.parts ?? {})].map((id) => db.get('packs', id)),
  );
  const parts = await Promise.all(
    (corpus.manifest.joined?.parts ?? []).map(({ id }) => storedCorpus(db, id)),
  );
  const known = <T>(records: readonly (T | undefined)[]): T[] => records.flatMap((one) => one ?? []);
  return { pack, corpus, packs: known(packs), corpora: [corpus, ...known(parts)] };
}

/** Storage of runs, with what only the worker asks of it. */
export interface WorkerRunStorage extends RunStorage {
  /**
   * Everything stored was deleted: the run's history is written again, and so are the corpus and the pack's
   * index that it was last given by `features`. @param rows in the order of their steps
   */
  readonly rewrite: (
    runId: string,
    rows: readonly StepRow[],
    epochs: readonly EpochRecord[],
    log: readonly LogEntry[],
  ) => Promise<void>;
  /**
   * What a kill left of any run's checkpoints - of the paper's model, up to 765 MB - is removed, unless that
   * run is being trained.
   */
  readonly removeLeftovers: () => Promise<void>;
}

export function runStorage(database: Connection): WorkerRunStorage {
  let lent: Lent | null = null;
  return {
    features: async (packId) => {
      lent = await lentBy(database, packId);
      return lent && { pack: lent.pack, manifest: lent.corpus.manifest };
    },
    data: async (runId) => (await readRun(await database.get(), runId))?.data ?? null,
    checkpoints: async (runId) => {
      const db = await database.get();
      return (await manifests(db, runId)).map((manifest) => ({
        which: manifest.which,
        step: manifest.step,
        state: trainersState(manifest.state),
        tensors: () => readPieces(db, manifest),
      }));
    },
    epochs: async (runId) => readEpochs(await database.get(), runId),
    weights: async (id) => {
      const db = await database.get();
      const record = await db.get('weights', id);
      return record
        ? {
            id: record.id,
            name: record.name,
            classes: record.classes,
            shapes: record.tensors,
            arrays: () => readWeights(db, record),
          }
        : null;
    },
    cutAfter: async (runId, step) => {
      const db = await database.get();
      await cutAfter(db, runId, step);
      await removeOrphans(db, runId);
    },
    nextLogSeq: async (runId) => nextLogSeq(await database.get(), runId),
    saveHistory: (runId, rows, epochs) => database.use((db) => appendHistory(db, runId, rows, epochs)),
    saveLog: (runId, entries) => database.use((db) => appendLog(db, runId, entries)),
    saveTested: (runId, tested) => database.use((db) => writeTested(db, runId, tested)),
    saveCheckpoint: async (runId, state, tensors, kinds) => {
      const { step, epoch } = state;
      const content = { runId, step, epoch, state, tensors };
      return (await database.use((db) => writeCheckpoint(db, content, kinds))).bytes;
    },
    rewrite: (runId, rows, epochs, log) =>
      database.use(async (db) => {
        if (lent) {
          for (const corpus of lent.corpora) await db.put('corpora', corpus);
          for (const pack of lent.packs) await db.put('packs', pack);
        }
        await rewriteHistory(db, runId, rows, epochs, log);
      }),
    removeLeftovers: async () => {
      const db = await database.get();
      for (const runId of await runsWithOrphans(db))
        await withLock(`run:${runId}`, (held) => (held ? removeOrphans(db, runId) : undefined), {
          ifAvailable: true,
        });
    },
  };
}
