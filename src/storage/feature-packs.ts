/**
 * Feature packs: the log-mel spectrograms of one corpus under one setting, one after the other in the private
 * file system (`features/<packId>.bin`), with an index in the store `packs`. Names, reading, deleting. Not
 * here: writing, which only the features worker does (workers/lib/extraction.ts).
 */
import { StorageError } from '../core/errors/errors';
import { hashName } from '../core/random/streams';
import type { FeatureSetting } from '../core/spectrogram/setting';
import { privateFolder } from './blocked';
import type { Database, PackRecord } from './schema';

const FOLDER = 'features';

/**
 * Names the pack of a corpus under a setting: 64 bits of hash over both, the setting's fields in fixed order.
 * Without resampling, and of all channels, it is the name from before there was a choice, so that those packs
 * stay valid.
 */
export function packId(corpusId: string, setting: FeatureSetting): string {
  const { sampleRate, nFft, hop, nMels, fMin, fMax, melScale, padMode, topDb, channel } = setting;
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
  readonly file: File;
}

/** @throws StorageError `pack-missing` */
export async function openPack(db: Database, id: string): Promise<OpenPack> {
  const record = await db.get('packs', id);
  if (!record) throw missing(id);
  try {
    return { record, file: await (await packFile(id, false)).getFile() };
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
  if (!pack || pack.file.size < pack.record.bytes) return false;
  const unusable = new Set(pack.record.failures.map((failure) => failure.id));
  return utteranceIds.every(
    (utterance) => pack.record.records[utterance] !== undefined || unusable.has(utterance),
  );
}

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
export async function readSpectrogram({ record, file }: OpenPack, utteranceId: string): Promise<Spectrogram> {
  const at = record.records[utteranceId];
  if (!at) throw new StorageError('not-in-pack', { utterance: utteranceId });
  const bytes = spectrogramBytes(record.setting.nMels, at.frames);
  const buffer = await file.slice(at.offset, at.offset + bytes).arrayBuffer();
  if (buffer.byteLength !== bytes) throw new StorageError('pack-damaged', { pack: record.packId });
  return { decibels: new Float32Array(buffer), frames: at.frames };
}

/** Deletes a pack, its index first, so that nothing points at a file that is gone. */
export async function deletePack(db: Database, id: string): Promise<void> {
  await db.delete('packs', id);
  try {
    const root = await privateFolder();
    await (await root.getDirectoryHandle(FOLDER)).removeEntry(`${id}.bin`);
  } catch (error) {
    if (!(error instanceof DOMException) || error.name !== 'NotFoundError') throw error;
  }
}
