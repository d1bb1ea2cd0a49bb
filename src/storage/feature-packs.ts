/**
 * Feature packs: the log-mel spectrograms of one corpus under one setting, one after the other in the private
 * file system (`features/<packId>.bin`), with an index in the store `packs`; of joined corpora an index alone, which
 * names the packs of the parts. Names, reading, deleting. Not
 * here: writing, which only the features worker does (workers/lib/extraction.ts).
 */
import { joinedName, splitJoined } from '../core/corpus/joined/joined';
import { StorageError } from '../core/errors/errors';
import type { CachedFeatures, FeatureFailure } from '../core/protocol/contracts/features';
import { hashName } from '../core/random/streams';
import type { FeatureSetting } from '../core/spectrogram/setting';
import { privateFolder } from './blocked';
import { checksumOf } from './checksum';
import type { Database, PackRecord } from './schema';

const FOLDER = 'features';

/**
 * Names the pack of a corpus under a setting: 64 bits of hash over both, the setting's fields in fixed order.
 * Without resampling, of all channels and under Hann's window, it is the name from before there was a choice, so
 * that those packs stay valid.
 */
export function packId(corpusId: string, setting: FeatureSetting): string {
  const { sampleRate, nFft, hop, nMels, fMin, fMax, melScale, padMode, topDb, channel } = setting;
  const { window = 'hann', windowLength = nFft } = setting;
  const text = JSON.stringify([
    corpusId,
    nFft,
    hop,
    nMels,
    fMin,
    fMax,
    melScale,
    padMode,
    topDb,
    ...(sampleRate === null ? [] : [sampleRate]),
    ...(channel === undefined ? [] : [channel]),
    ...(window === 'hann' && windowLength === nFft ? [] : [{ window, windowLength }]),
  ]);
  return hashName(text);
}

/** Bytes of one spectrogram. */
export const spectrogramBytes = (nMels: number, frames: number): number =>
  nMels * frames * Float32Array.BYTES_PER_ELEMENT;

/** The file of a pack. @throws DOMException NotFoundError unless `create` */
export async function packFile(id: string, create: boolean): Promise<FileSystemFileHandle> {
  const root = await privateFolder();
  return (await root.getDirectoryHandle(FOLDER, { create })).getFileHandle(`${id}.bin`, { create });
}

const missing = (id: string, cause?: unknown): StorageError =>
  new StorageError('pack-missing', { pack: id }, cause);

/** An open pack. Any number of them may read the same one at once. */
export interface OpenPack {
  readonly record: PackRecord;
  /** Empty of a joined corpus. */
  readonly file: File;
  /** Of a joined corpus: its parts' packs, by the part's name. */
  readonly parts?: ReadonlyMap<string, OpenPack>;
}

/**
 * The index of a pack. That of a joined corpus is composed of its parts' as they are now, so that a part whose
 * features were computed anew is read where they lie since.
 * @returns undefined where it, or the pack of a part, is not stored
 */
export async function packIndex(db: Database, id: string): Promise<PackRecord | undefined> {
  const record = await db.get('packs', id);
  if (!record?.parts) return record;
  const parts = await Promise.all(
    Object.entries(record.parts).map(async ([name, part]) => [name, await db.get('packs', part)] as const),
  );
  const found = parts.flatMap(([name, part]) => (part ? [[name, part] as const] : []));
  return found.length < parts.length ? undefined : composed(record, found);
}

function composed(
  record: PackRecord,
  parts: readonly (readonly [name: string, record: PackRecord])[],
): PackRecord {
  const listed = (key: 'warnings' | 'failures' | 'passing'): FeatureFailure[] =>
    parts.flatMap(([name, part]) =>
      (part[key] ?? []).map((one) => ({ ...one, id: joinedName(name, one.id) })),
    );
  return {
    ...record,
    records: Object.fromEntries(
      parts.flatMap(([name, part]) =>
        Object.entries(part.records).map(([id, at]) => [joinedName(name, id), at] as const),
      ),
    ),
    warnings: listed('warnings'),
    failures: listed('failures'),
    passing: listed('passing'),
    bytes: parts.reduce((sum, [, part]) => sum + part.bytes, 0),
  };
}

/** @throws StorageError `pack-missing` */
export async function openPack(db: Database, id: string): Promise<OpenPack> {
  const stored = await db.get('packs', id);
  if (!stored) throw missing(id);
  if (stored.parts) {
    const parts = await Promise.all(
      Object.entries(stored.parts).map(async ([name, part]) => [name, await openPack(db, part)] as const),
    );
    const record = composed(
      stored,
      parts.map(([name, part]) => [name, part.record] as const),
    );
    return { record, file: new File([], id), parts: new Map(parts) };
  }
  try {
    return { record: stored, file: await (await packFile(id, false)).getFile() };
  } catch (error) {
    throw missing(id, error);
  }
}

/** Whether every utterance is in the pack, or known to be unusable. */
export async function isPackComplete(
  db: Database,
  id: string,
  utteranceIds: readonly string[],
): Promise<boolean> {
  const pack = await openPack(db, id).catch(() => null);
  if (!pack || !isWhole(pack)) return false;
  const unusable = new Set(pack.record.failures.map((failure) => failure.id));
  return utteranceIds.every(
    (utterance) => pack.record.records[utterance] !== undefined || unusable.has(utterance),
  );
}

/** Whether the file is as long as its index says. */
const isWhole = ({ record, file, parts }: OpenPack): boolean =>
  parts ? [...parts.values()].every(isWhole) : file.size >= record.bytes;

export interface Spectrogram {
  /** float32 [nMels][frames], rows from low to high frequency. */
  readonly decibels: Float32Array<ArrayBuffer>;
  readonly frames: number;
}

/**
 * One utterance out of a pack; reads those bytes only.
 * @throws StorageError `not-in-pack`, `pack-damaged`; DOMException NotReadableError when the file was written
 * to since
 *   it was opened (open the pack again)
 */
export async function readSpectrogram(
  { record, file, parts }: OpenPack,
  utteranceId: string,
): Promise<Spectrogram> {
  if (parts) {
    const [name, own] = splitJoined(utteranceId);
    const part = parts.get(name);
    if (!part) throw new StorageError('not-in-pack', { utterance: utteranceId });
    return readSpectrogram(part, own);
  }
  const at = record.records[utteranceId];
  if (!at) throw new StorageError('not-in-pack', { utterance: utteranceId });
  const bytes = spectrogramBytes(record.setting.nMels, at.frames);
  const buffer = await file.slice(at.offset, at.offset + bytes).arrayBuffer();
  if (buffer.byteLength !== bytes) throw new StorageError('pack-damaged', { pack: record.packId });
  const decibels = new Float32Array(buffer);
  if (at.sum !== undefined && checksumOf(decibels) !== at.sum)
    throw new StorageError('pack-damaged', { pack: record.packId });
  return { decibels, frames: at.frames };
}

/** What is stored, the newest first: of a joined corpus its parts' packs alone, which have the bytes. */
export async function cachedFeatures(db: Database): Promise<readonly CachedFeatures[]> {
  const records = (await db.getAll('packs')).filter(({ parts }) => !parts);
  const list = records.map(async (record): Promise<CachedFeatures> => {
    const { packId: id, corpusId, setting, bytes, createdAt } = record;
    const [corpus, file] = await Promise.all([
      db.get('corpora', corpusId),
      packFile(id, false)
        .then((handle) => handle.getFile())
        .catch(() => null),
    ]);
    const held = file?.size ?? 0;
    return {
      packId: id,
      corpus: corpus?.name ?? null,
      setting,
      utterances: Object.keys(record.records).length,
      bytes: held,
      cut: held < bytes,
      createdAt,
    };
  });
  return (await Promise.all(list)).toSorted((a, b) => b.createdAt - a.createdAt);
}

/**
 * Deletes a pack, its index first, so that nothing points at a file that is gone. Those of a joined corpus' parts
 * stay.
 */
export async function deletePack(db: Database, id: string): Promise<void> {
  await db.delete('packs', id);
  try {
    const root = await privateFolder();
    await (await root.getDirectoryHandle(FOLDER)).removeEntry(`${id}.bin`);
  } catch (error) {
    if (!(error instanceof DOMException) || error.name !== 'NotFoundError') throw error;
  }
}
