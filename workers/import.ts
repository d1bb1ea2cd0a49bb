/**
 * The import worker: reads an exported run's zip and stores its history under a new id, to be looked at. It is the one writer of that
 * run's steps, epochs, log and predictions: no trainer ever works on an imported run. The page writes the run's record, last.
 */
import { ConfigError, StorageError } from '../src/core/errors/errors';
import { ARCHIVE_FILES, readRunArchive } from '../src/core/import/run-archive';
import { crc32, damaged, packedBytes, zipDirectory, type ByteReader, type ZipEntry } from '../src/core/import/zip-directory';
import type { ImportContract } from '../src/core/protocol/contracts';
import { serve, type Endpoint } from '../src/core/protocol/rpc';
import { writeCheckpoint } from '../src/storage/checkpoints';
import { Connection } from '../src/storage/connection';
import { appendHistory, appendLog } from '../src/storage/history';
import { holdLifeline } from './lib/lifeline';

const database = new Connection();
/** Bytes of one text file when it is unpacked, and of all of them. The longest run so far has four. */
const FILE_LIMIT = 96 * 1024 * 1024;
const TOTAL_LIMIT = 192 * 1024 * 1024;
const ROWS_PER_BLOCK = 1000;

const readerOf = (blob: Blob): ByteReader => ({
  size: blob.size,
  bytes: async (from, to) => {
    try {
      return new Uint8Array(await blob.slice(from, to).arrayBuffer());
    } catch (error) {
      throw new StorageError('file-unreadable', 'The file cannot be read (moved, changed or locked).', 'Choose it again.', {}, error);
    }
  },
});

/** Inflates no further than the directory says. @throws ConfigError `zip-damaged` */
async function unpack(file: ByteReader, entry: ZipEntry): Promise<string> {
  const packed = await packedBytes(file, entry);
  const bytes = new Uint8Array(entry.size);
  let filled = 0;
  const take = (part: Uint8Array): void => {
    if (filled + part.length > bytes.length) throw damaged('entry-longer', entry.name);
    bytes.set(part, filled);
    filled += part.length;
  };
  if (entry.method === 0) take(packed);
  else {
    const reader = new Blob([packed as Uint8Array<ArrayBuffer>]).stream().pipeThrough(new DecompressionStream('deflate-raw')).getReader();
    for (;;) {
      const { done, value } = await reader.read().catch(() => { throw damaged('entry-broken', entry.name); });
      if (done) break;
      take(value);
    }
  }
  if (filled !== bytes.length || crc32(bytes) !== entry.crc32) throw damaged('checksum', entry.name);
  return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
}

async function readFiles(blob: Blob): Promise<{ files: Map<string, string>; left: readonly string[] }> {
  const file = readerOf(blob);
  const entries = await zipDirectory(file);
  const wanted = entries.filter(({ name }) => (ARCHIVE_FILES as readonly string[]).includes(name));
  const total = wanted.reduce((sum, { size }) => sum + size, 0);
  const big = wanted.find(({ size }) => size > FILE_LIMIT);
  if (big || total > TOTAL_LIMIT) {
    const [bytes, limit] = big ? [big.size, FILE_LIMIT] : [total, TOTAL_LIMIT];
    throw new ConfigError('file-too-large', `Unpacked it has ${bytes} bytes; ${limit} are allowed here.`, 'Choose another file.', { bytes, limit });
  }
  const files = new Map<string, string>();
  for (const entry of wanted) files.set(entry.name, await unpack(file, entry));
  return { files, left: entries.filter((entry) => !wanted.includes(entry)).map(({ name }) => name) };
}

const { lifeline } = serve<ImportContract>(self as unknown as Endpoint, {
  run: async ({ file, name, runId }) => {
    const { files, left } = await readFiles(file as Blob);
    const { steps, epochs, log, predictions, ...run } = readRunArchive(files);
    const { unknown, absent } = run;
    const db = await database.get();
    for (let at = 0; at < steps.length; at += ROWS_PER_BLOCK) await appendHistory(db, runId, steps.slice(at, at + ROWS_PER_BLOCK), []);
    await appendHistory(db, runId, [], epochs);
    const step = steps.at(-1)?.step ?? epochs.at(-1)?.step ?? 0;
    const seq = (log.at(-1)?.seq ?? -1) + 1;
    const at = Date.now();
    await appendLog(db, runId, [
      ...log, { seq, at, level: 'info', code: 'run-imported', step, details: { name: name.slice(0, 200), left: left.length } },
      ...(unknown.length + absent.length > 0 ? [{ seq: seq + 1, at, level: 'warning', code: 'run-imported-partly', step, details: { unknown: unknown.join(', ').slice(0, 1000) || '–', absent: absent.join(', ') || '–' } } as const] : []),
    ]);
    // Predictions are kept where every run's are: with a checkpoint, which here has no arrays.
    for (const { which, predictions: made } of predictions) {
      const epoch = which === 'best' ? epochs.findLast(({ best }) => best) : epochs.at(-1);
      await writeCheckpoint(db, { runId, step: epoch?.step ?? step, epoch: epoch?.epoch ?? 0, state: { predictions: made }, tensors: [] }, [which]);
    }
    return { ...run, epochs: epochs.length, steps: step, left };
  },
});

holdLifeline(lifeline);
