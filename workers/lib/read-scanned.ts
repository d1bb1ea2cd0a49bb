/** A recording of a corpus in memory, if it still is what the scan saw; of a part of a file, that part. */
import { cutByFrames, cutBytes } from '../../src/core/audio/cut';
import { isForWavReader, type Sound } from '../../src/core/audio/sound';
import { openAsScanned, type Scanned } from '../../src/core/corpus/as-scanned';
import { reading } from '../../src/storage/folder-source';
import { sha256 } from '../../src/storage/sha256';
import { decodeOnDemand } from './decode-on-demand';

/** @throws StorageError and PermissionLostError as the file is read, and what openAsScanned throws */
export async function readScanned(given: File | FileSystemFileHandle, scanned: Scanned): Promise<Sound> {
  const bytes = await reading(given.name, async () => {
    const file = given instanceof File ? given : await given.getFile();
    const read = async (start: number, end: number): Promise<Uint8Array<ArrayBuffer>> =>
      new Uint8Array(await file.slice(start, end).arrayBuffer());
    const { firstFrame, frames } = scanned;
    if (firstFrame === undefined || !isForWavReader(file.name, await read(0, 4))) return read(0, file.size);
    return cutBytes(await cutByFrames(read, file.size, firstFrame, frames), read);
  });
  return openAsScanned(bytes, scanned, given.name, { digest: sha256, decode: decodeOnDemand });
}
