/**
 * Float32 arrays in IndexedDB, in chunks below 64 MiB with a SHA-256 each. Written and read one piece after
 * the other, so that arrays of any size pass through one chunk of memory: nothing more is asked for before a
 * full chunk is stored. Not here: what the arrays are, and which chunks are still wanted.
 */
import type { Database } from './schema';
import { sha256 } from './sha256';

/** Below the 64 MiB that every browser takes in one value. */
export const CHUNK_BYTES = 32 * 1024 * 1024;

export interface NamedTensor {
  readonly name: string;
  readonly shape: readonly number[];
  readonly data: Float32Array;
}

/** An array that comes in pieces; a piece is valid until the next one is asked for. */
export interface TensorPieces {
  readonly name: string;
  readonly shape: readonly number[];
  readonly pieces: AsyncIterable<Float32Array> | Iterable<Float32Array>;
}

/** What must be remembered to read arrays back. */
export interface StoredTensors {
  readonly bytes: number;
  /** Of every chunk but the last. */
  readonly chunkBytes: number;
  /** SHA-256 of each chunk, hex. */
  readonly checksums: readonly string[];
  readonly tensors: readonly {
    readonly name: string;
    readonly shape: readonly number[];
    readonly offset: number;
    readonly length: number;
  }[];
}

/**
 * Stores arrays under `chunksId`. A failure removes what was written of them.
 * @param chunkBytes a multiple of 4; smaller in tests  @throws StorageError `quota` and others
 */
export async function writeTensors(
  db: Database,
  chunksId: string,
  arrays: AsyncIterable<TensorPieces> | Iterable<TensorPieces>,
  chunkBytes = CHUNK_BYTES,
): Promise<StoredTensors> {
  const checksums: string[] = [];
  const tensors: StoredTensors['tensors'][number][] = [];
  const chunk = new Uint8Array(chunkBytes);
  let filled = 0;
  let total = 0;
  const flush = async (): Promise<void> => {
    if (filled === 0) return;
    // Both take a copy of what they are given before they return.
    const bytes = filled === chunkBytes ? chunk.buffer : chunk.buffer.slice(0, filled);
    const [sum] = await Promise.all([
      sha256(bytes),
      db.put('chunks', { checkpointId: chunksId, index: checksums.length, bytes }),
    ]);
    checksums.push(sum);
    filled = 0;
  };
  try {
    for await (const { name, shape, pieces } of arrays) {
      const offset = total;
      for await (const piece of pieces) {
        const bytes = new Uint8Array(piece.buffer, piece.byteOffset, piece.byteLength);
        total += bytes.length;
        for (let at = 0; at < bytes.length;) {
          const part = bytes.subarray(at, at + chunkBytes - filled);
          chunk.set(part, filled);
          filled += part.length;
          at += part.length;
          if (filled === chunkBytes) await flush();
        }
      }
      tensors.push({ name, shape, offset, length: (total - offset) / 4 });
    }
    await flush();
    return { bytes: total, chunkBytes, checksums, tensors };
  } catch (error) {
    await removeChunks(db, chunksId).catch(() => undefined);
    throw error;
  }
}

/**
 * Reads arrays piece by piece, verifying every chunk before anything of it is given out. The pieces of one
 * array must be taken before the next array is asked for. @param damaged makes the error of a missing or
 * changed chunk (counted from 1)
 */
export async function* readPiecesOf(
  db: Database,
  chunksId: string,
  stored: StoredTensors,
  damaged: (part: number) => Error,
): AsyncGenerator<TensorPieces> {
  const { chunkBytes, checksums, tensors } = stored;
  let index = -1;
  let chunk = new ArrayBuffer(0);
  const load = async (wanted: number): Promise<void> => {
    if (wanted === index) return;
    chunk = new ArrayBuffer(0); // one at a time
    const record = await db.get('chunks', [chunksId, wanted]);
    if (!record || (await sha256(record.bytes)) !== checksums[wanted]) throw damaged(wanted + 1);
    chunk = record.bytes;
    index = wanted;
  };
  async function* pieces(offset: number, length: number): AsyncGenerator<Float32Array> {
    for (let at = offset; at < offset + length * 4;) {
      await load(Math.floor(at / chunkBytes));
      const inChunk = at % chunkBytes;
      const floats = Math.min(chunk.byteLength - inChunk, offset + length * 4 - at) / 4;
      yield new Float32Array(chunk, inChunk, floats);
      at += floats * 4;
    }
  }
  for (const { name, shape, offset, length } of tensors)
    yield { name, shape, pieces: pieces(offset, length) };
}

/** {@link readPiecesOf}, each array in one piece. */
export async function* readTensorsOf(
  db: Database,
  chunksId: string,
  stored: StoredTensors,
  damaged: (part: number) => Error,
): AsyncGenerator<NamedTensor> {
  const lengths = stored.tensors.values();
  for await (const { name, shape, pieces } of readPiecesOf(db, chunksId, stored, damaged)) {
    const data = new Float32Array(lengths.next().value?.length ?? 0);
    let at = 0;
    for await (const piece of pieces) {
      data.set(piece, at);
      at += piece.length;
    }
    yield { name, shape, data };
  }
}

export async function removeChunks(db: Database, chunksId: string): Promise<void> {
  await db.delete('chunks', IDBKeyRange.bound([chunksId, 0], [chunksId, Number.MAX_SAFE_INTEGER]));
}

/**
 * Deletes the chunks whose id begins with `prefix` and is not among `kept`: what was replaced, and leftovers
 * of a kill.
 */
export async function removeUnnamedChunks(
  db: Database,
  prefix: string,
  kept: ReadonlySet<string>,
): Promise<void> {
  const keys = await db.getAllKeys('chunks', IDBKeyRange.bound([prefix, 0], [`${prefix}\uffff`, 0]));
  for (const id of new Set(keys.map(([chunksId]) => chunksId))) if (!kept.has(id)) await removeChunks(db, id);
}
