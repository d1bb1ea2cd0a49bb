/**
 * Checkpoints in IndexedDB: the arrays as chunks, the manifest last, so that a checkpoint is whole or absent
 * whatever is killed in between. *best* and *last* may share one set of chunks. One writer: the trainer. Not
 * here: what the arrays mean (engine/run/trainer.ts).
 */
import { StorageError } from '../core/errors/errors';
import {
  CHUNK_BYTES,
  readPiecesOf,
  readTensorsOf,
  removeChunks,
  removeUnnamedChunks,
  writeTensors,
  type NamedTensor,
  type TensorPieces,
} from './chunks';
import { currentCheckpoint } from '../core/run/migrations/registry';
import { currentManifest, MANIFEST_VERSION } from './migrations/registry';
import type { CheckpointState, Predictions } from '../core/run/checkpoint';
import type { CheckpointManifest, Database, StoredCheckpoint } from './schema';

export interface CheckpointContent {
  readonly runId: string;
  readonly step: number;
  readonly epoch: number;
  readonly state: CheckpointState;
  /** One piece after the other, so that only one chunk need be in memory. */
  readonly tensors: AsyncIterable<TensorPieces> | Iterable<TensorPieces>;
}

export type Which = 'best' | 'last';

/** Imported weights keep their chunks under this name (weights.ts), where a checkpoint has its run's. */
const WEIGHTS = 'weights';

/**
 * Writes a checkpoint and lets it replace the run's previous one of each kind in `which`.
 * A failure leaves the previous one untouched and removes what was written of the new one.
 * @param chunkBytes smaller in tests  @throws StorageError `quota` and others
 */
export async function writeCheckpoint(
  db: Database,
  content: CheckpointContent,
  which: readonly Which[],
  chunkBytes = CHUNK_BYTES,
): Promise<CheckpointManifest> {
  const { runId, step, epoch, state } = content;
  const checkpointId = `${runId}/${crypto.randomUUID()}`;
  const stored = await writeTensors(db, checkpointId, content.tensors, chunkBytes);
  try {
    const manifest = {
      version: MANIFEST_VERSION,
      runId,
      checkpointId,
      step,
      epoch,
      createdAt: Date.now(),
      ...stored,
      state,
    } as const;
    // On disk before it is believed: this one write makes the checkpoint, and the old chunks go right after
    // it.
    const transaction = db.transaction('checkpoints', 'readwrite', { durability: 'strict' });
    for (const kind of which) void transaction.store.put({ ...manifest, which: kind });
    await transaction.done;
    await removeOrphans(db, runId);
    return { ...manifest, which: which[0]! };
  } catch (error) {
    await removeChunks(db, checkpointId).catch(() => undefined);
    throw error;
  }
}

/** Deletes the run's chunks that no manifest names: replaced checkpoints, and leftovers of a kill. */
export async function removeOrphans(db: Database, runId: string): Promise<void> {
  await removeUnnamedChunks(
    db,
    `${runId}/`,
    new Set((await manifests(db, runId)).map((manifest) => manifest.checkpointId)),
  );
}

/**
 * The runs that have chunks which no manifest names: leftovers of a kill, or a checkpoint that is being
 * written right now.
 */
export async function runsWithOrphans(db: Database): Promise<string[]> {
  const named = new Set((await db.getAll('checkpoints')).map(({ checkpointId }) => checkpointId));
  const runOf = new Map(
    (await db.getAllKeys('chunks')).map(([id]) => [id, id.slice(0, id.indexOf('/'))] as const),
  );
  return [
    ...new Set([...runOf].filter(([id, run]) => !named.has(id) && run !== WEIGHTS).map(([, run]) => run)),
  ];
}

/** A manifest as today's. */
export const manifestAsRead = (stored: StoredCheckpoint): CheckpointManifest =>
  ({ ...currentManifest(stored), state: currentCheckpoint(stored.state) }) as CheckpointManifest;

/** Adds what was predicted of the test part to the best checkpoint, whose weights predicted it. */
export async function writeTested(db: Database, runId: string, tested: Predictions): Promise<void> {
  const { store, done } = db.transaction('checkpoints', 'readwrite', { durability: 'strict' });
  const stored = await store.get([runId, 'best']);
  if (stored) {
    const manifest = manifestAsRead(stored);
    void store.put({ ...manifest, state: { ...manifest.state, tested } });
  }
  await done;
}

/** The run's manifests, best and last. */
export async function manifests(db: Database, runId: string): Promise<CheckpointManifest[]> {
  const stored = await db.getAll('checkpoints', IDBKeyRange.bound([runId, ''], [runId, '\uffff']));
  return stored.map(manifestAsRead);
}

const damaged =
  ({ step, checksums }: CheckpointManifest) =>
  (part: number): StorageError =>
    new StorageError('checkpoint-damaged', { step, part, parts: checksums.length });

/**
 * Reads a checkpoint's arrays piece by piece, verifying every chunk; one chunk is in memory.
 * @throws StorageError `checkpoint-damaged` when a chunk is missing or its checksum differs
 */
export function readPieces(db: Database, manifest: CheckpointManifest): AsyncGenerator<TensorPieces> {
  return readPiecesOf(db, manifest.checkpointId, manifest, damaged(manifest));
}

/** {@link readPieces}, each array in one piece. */
export function readTensors(db: Database, manifest: CheckpointManifest): AsyncGenerator<NamedTensor> {
  return readTensorsOf(db, manifest.checkpointId, manifest, damaged(manifest));
}

/** Deletes every checkpoint of a run. */
export async function deleteCheckpoints(db: Database, runId: string): Promise<void> {
  await db.delete('checkpoints', IDBKeyRange.bound([runId, ''], [runId, '\uffff']));
  await removeOrphans(db, runId);
}
