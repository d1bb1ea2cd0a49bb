/**
 * Imported weights: a record that says what they are, and their arrays as chunks, float32 in PyTorch's
 * layout. Named by the SHA-256 of the file they came from. One writer: the weights worker, one import at a
 * time.
 */
import { StorageError } from '../core/errors/errors';
import type { WeightsSummary } from '../core/protocol/contracts/weights';
import {
  readTensorsOf,
  removeChunks,
  removeUnnamedChunks,
  writeTensors,
  type NamedTensor,
  type TensorPieces,
} from './chunks';
import { currentManifest, MANIFEST_VERSION } from './migrations/registry';
import type { Database, WeightsRecord } from './schema';

const PREFIX = 'weights/';

/**
 * Stores weights. The id is asked for when all arrays have been read; weights that are there already stay,
 * under their new name. A failure leaves nothing behind. Call under a lock: what an interrupted import left
 * is removed first.
 */
export async function writeWeights(
  db: Database,
  arrays: AsyncIterable<TensorPieces>,
  describe: () => Omit<
    WeightsRecord,
    'version' | 'chunksId' | 'chunkBytes' | 'checksums' | 'tensors' | 'storedBytes'
  >,
): Promise<WeightsRecord> {
  const stored = await db.getAll('weights');
  await removeUnnamedChunks(db, PREFIX, new Set(stored.map(({ chunksId }) => chunksId)));
  const chunksId = `${PREFIX}${crypto.randomUUID()}`;
  const { bytes: storedBytes, chunkBytes, checksums, tensors } = await writeTensors(db, chunksId, arrays);
  const description = describe();
  const version = MANIFEST_VERSION;
  const record = { ...description, version, chunksId, chunkBytes, checksums, tensors, storedBytes };
  try {
    await db.put('weights', record);
  } catch (error) {
    await removeChunks(db, chunksId).catch(() => undefined);
    throw error;
  }
  const replaced = stored.find(({ id }) => id === description.id);
  if (replaced) await removeChunks(db, replaced.chunksId);
  return record;
}

/** The arrays in PyTorch's layout. @throws StorageError `weights-damaged` */
export function readWeights(db: Database, record: WeightsRecord): AsyncGenerator<NamedTensor> {
  const { storedBytes: bytes, chunkBytes, checksums, tensors } = currentManifest(record);
  return readTensorsOf(
    db,
    record.chunksId,
    { bytes, chunkBytes, checksums, tensors },
    (part) =>
      new StorageError('weights-damaged', { name: record.name, part, parts: record.checksums.length }),
  );
}

/** The record first: what is left of an interrupted deletion is removed by the next import. */
export async function deleteWeights(db: Database, id: string): Promise<void> {
  const record = await db.get('weights', id);
  if (!record) return;
  await db.delete('weights', id);
  await removeChunks(db, record.chunksId);
}

/** What the page needs to know of weights. */
export const summaryOf = ({
  id,
  name,
  bytes,
  model,
  classes,
  converted,
  prefixed,
  prefix = prefixed ? 'module.' : '',
  importedAt,
  tensors,
}: WeightsRecord): WeightsSummary => ({
  id,
  name,
  bytes,
  model,
  classes,
  converted,
  prefixed,
  prefix,
  importedAt,
  arrays: tensors.length,
});
