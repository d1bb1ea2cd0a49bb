/**
 * Checkpoints in IndexedDB: arrays in chunks below 64 MiB with a SHA-256 each, the manifest last, so that a checkpoint is
 * whole or absent whatever is killed in between. *best* and *last* may share one set of chunks. One writer: the trainer.
 * Not here: what the arrays mean (engine/trainer.ts).
 */
import { StorageError } from '../core/errors/errors';
import type { CheckpointManifest, Database } from './schema';

/** Below the 64 MiB that every browser takes in one value. */
export const CHUNK_BYTES = 32 * 1024 * 1024;

export interface NamedTensor {
  readonly name: string;
  readonly shape: readonly number[];
  readonly data: Float32Array;
}

export interface CheckpointContent {
  readonly runId: string;
  readonly step: number;
  readonly epoch: number;
  /** JSON. */
  readonly state: unknown;
  /** One array after the other, so that only one chunk need be in memory. */
  readonly tensors: AsyncIterable<NamedTensor> | Iterable<NamedTensor>;
}

export type Which = 'best' | 'last';

async function sha256(bytes: ArrayBuffer): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/**
 * Writes a checkpoint and lets it replace the run's previous one of each kind in `which`.
 * A failure leaves the previous one untouched and removes what was written of the new one.
 * @throws StorageError `quota` and others
 */
export async function writeCheckpoint(db: Database, content: CheckpointContent, which: readonly Which[]): Promise<CheckpointManifest> {
  const checkpointId = `${content.runId}/${crypto.randomUUID()}`;
  const checksums: string[] = [];
  const tensors: { name: string; shape: readonly number[]; offset: number; length: number }[] = [];
  let chunk = new Uint8Array(CHUNK_BYTES);
  let filled = 0;
  let total = 0;
  const flush = async (): Promise<void> => {
    if (filled === 0) return;
    const bytes = chunk.buffer.slice(0, filled);
    await db.put('chunks', { checkpointId, index: checksums.length, bytes });
    checksums.push(await sha256(bytes));
    filled = 0;
  };
  try {
    for await (const { name, shape, data } of content.tensors) {
      tensors.push({ name, shape, offset: total, length: data.length });
      const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
      total += bytes.length;
      for (let at = 0; at < bytes.length;) {
        const part = bytes.subarray(at, at + CHUNK_BYTES - filled);
        chunk.set(part, filled);
        filled += part.length;
        at += part.length;
        if (filled === CHUNK_BYTES) await flush();
      }
    }
    await flush();
    chunk = new Uint8Array(0);
    const { runId, step, epoch, state } = content;
    const manifest = { runId, checkpointId, step, epoch, createdAt: Date.now(), bytes: total, checksums, tensors, state };
    const transaction = db.transaction('checkpoints', 'readwrite');
    for (const kind of which) void transaction.store.put({ ...manifest, which: kind });
    await transaction.done;
    await removeOrphans(db, runId);
    return { ...manifest, which: which[0]! };
  } catch (error) {
    await removeChunks(db, checkpointId).catch(() => undefined);
    throw error;
  }
}

const chunksOf = (checkpointId: string): IDBKeyRange => IDBKeyRange.bound([checkpointId, 0], [checkpointId, Number.MAX_SAFE_INTEGER]);

async function removeChunks(db: Database, checkpointId: string): Promise<void> {
  await db.delete('chunks', chunksOf(checkpointId));
}

/** Deletes the run's chunks that no manifest names: replaced checkpoints, and leftovers of a kill. */
export async function removeOrphans(db: Database, runId: string): Promise<void> {
  const kept = new Set((await manifests(db, runId)).map((manifest) => manifest.checkpointId));
  const keys = await db.getAllKeys('chunks', IDBKeyRange.bound([`${runId}/`, 0], [`${runId}/\uffff`, 0]));
  for (const id of new Set(keys.map(([checkpointId]) => checkpointId))) if (!kept.has(id)) await removeChunks(db, id);
}

/** The run's manifests, best and last. */
export function manifests(db: Database, runId: string): Promise<CheckpointManifest[]> {
  return db.getAll('checkpoints', IDBKeyRange.bound([runId, ''], [runId, '\uffff']));
}

/**
 * Reads a checkpoint's arrays one by one, verifying every chunk.
 * @throws StorageError `checkpoint-damaged` when a chunk is missing or its checksum differs
 */
export async function* readTensors(db: Database, manifest: CheckpointManifest): AsyncGenerator<NamedTensor> {
  let index = -1;
  let chunk = new Uint8Array(0);
  const load = async (wanted: number): Promise<void> => {
    if (wanted === index) return;
    const record = await db.get('chunks', [manifest.checkpointId, wanted]);
    if (!record || (await sha256(record.bytes)) !== manifest.checksums[wanted])
      throw new StorageError('checkpoint-damaged', `The checkpoint of step ${manifest.step} is damaged (part ${wanted + 1} of ${manifest.checksums.length}).`,
        'Continue from the other checkpoint, or start the run again: the same seed gives the same run.', { step: manifest.step, part: wanted + 1 });
    chunk = new Uint8Array(record.bytes);
    index = wanted;
  };
  for (const { name, shape, offset, length } of manifest.tensors) {
    const bytes = new Uint8Array(length * 4);
    for (let at = 0; at < bytes.length;) {
      const position = offset + at;
      await load(Math.floor(position / CHUNK_BYTES));
      const inChunk = position % CHUNK_BYTES;
      const part = chunk.subarray(inChunk, Math.min(chunk.length, inChunk + bytes.length - at));
      bytes.set(part, at);
      at += part.length;
    }
    yield { name, shape, data: new Float32Array(bytes.buffer) };
  }
}

/** Deletes every checkpoint of a run. */
export async function deleteCheckpoints(db: Database, runId: string): Promise<void> {
  await db.delete('checkpoints', IDBKeyRange.bound([runId, ''], [runId, '\uffff']));
  await removeOrphans(db, runId);
}
