/**
 * The weights worker: reads safetensors files from anywhere, checks them, and keeps what fits one of our
 * models (its store: `weights`). A file passes through piece by piece; its SHA-256 becomes its name.
 */
import { StorageError, WeightsError } from '../src/core/errors/errors';
import type { ModelChoice } from '../src/core/model/architectures';
import type { WeightsContract, WeightsSummary } from '../src/core/protocol/contracts/weights';
import { serve, type Endpoint } from '../src/core/protocol/rpc';
import { throwIfCancelled } from '../src/core/progress';
import { readExactly, type ByteSource } from '../src/core/weights/safetensors';
import { Sha256 } from '../src/core/sha256';
import { openStateDict, readArray } from '../src/core/weights/state-dict';
import { withLock } from '../src/storage/blocked';
import type { TensorPieces } from '../src/storage/chunks';
import { Connection } from '../src/storage/connection';
import { deleteWeights, summaryOf, writeWeights } from '../src/storage/weights';
import { holdLifeline } from './lib/lifeline';

const database = new Connection();

/** Milliseconds between two progress messages. */
const PROGRESS_INTERVAL = 100;
const LOCK = 'weights';

function sourceOf(blob: Blob): ByteSource {
  return {
    size: blob.size,
    bytes: async (start, end) => {
      try {
        return new Uint8Array(await blob.slice(start, end).arrayBuffer());
      } catch (error) {
        throw new StorageError('file-unreadable', {}, error);
      }
    },
  };
}

interface Import {
  readonly file: unknown;
  readonly name: string;
  readonly choice: ModelChoice;
}

async function importFile(
  { file, name, choice }: Import,
  onBytes: (done: number) => void,
): Promise<WeightsSummary> {
  if (!(file instanceof Blob)) throw new WeightsError('weights-no-file');
  const source = sourceOf(file);
  const { arrays, dataStart, model, classes, prefix, converted } = await openStateDict(source, choice);
  const sha256 = new Sha256();
  const seen = (bytes: Uint8Array): void => {
    sha256.update(bytes);
  };
  let read = 0;
  // All bytes of the file in their order: the arrays lie one behind the other, and what is no weight between
  // them.
  const upTo = async (end: number): Promise<void> => {
    if (end > read) seen(await readExactly(source, read, end));
    read = Math.max(read, end);
  };
  async function* all(): AsyncGenerator<TensorPieces> {
    await upTo(dataStart);
    for (const entry of arrays) {
      await upTo(entry.begin);
      yield {
        name: entry.name,
        shape: entry.shape,
        pieces: readArray(source, entry, (bytes) => {
          seen(bytes);
          read += bytes.length;
          onBytes(read);
        }),
      };
    }
    await upTo(source.size);
  }
  const db = await database.get();
  const record = await writeWeights(db, all(), () => ({
    id: sha256.digest(),
    name: name.slice(0, 256),
    importedAt: Date.now(),
    bytes: source.size,
    model,
    classes: [...classes],
    prefixed: prefix !== '',
    prefix,
    converted,
  }));
  return summaryOf(record);
}

const { lifeline } = serve<WeightsContract>(self as unknown as Endpoint, {
  import: (payload, { signal, progress }) =>
    withLock(LOCK, () => {
      let last = -Infinity;
      return importFile(payload, (done) => {
        throwIfCancelled(signal, 'import');
        const now = performance.now();
        if (now - last < PROGRESS_INTERVAL) return;
        last = now;
        progress({ done, total: (payload.file as Blob).size, current: payload.name });
      });
    }),
  remove: async ({ id }) => {
    await deleteWeights(await database.get(), id);
    return null;
  },
});

holdLifeline(lifeline);
