/**
 * A recording must still be what the scan of its corpus saw: else its features would be kept under the name
 * of another sound.
 */
import { audioContent, type Digest } from '../audio/content';
import { locateSamples } from '../audio/riff';
import { AudioError, StorageError } from '../errors/errors';
import type { Utterance } from './types';

/** What the scan saw. */
export type Scanned = Pick<Utterance, 'content' | 'sampleRate' | 'frames' | 'firstFrame'>;

/**
 * @param bytes the whole file as it is now; of a part of a file, that part as a file (audio/cut.ts)
 * @param name of the file, for the error
 * @throws StorageError `file-changed`. A manifest of 0.1.0 has no contents: then rate and length decide, and
 * an AudioError is thrown as it is
 */
export async function assertAsScanned(
  bytes: Uint8Array,
  { content, sampleRate, frames }: Scanned,
  name: string,
  digest?: Digest,
): Promise<void> {
  const changed = (cause?: unknown): StorageError => new StorageError('file-changed', { name }, cause);
  try {
    const layout = locateSamples(bytes, bytes.length);
    const same =
      content === undefined
        ? layout.sampleRate === sampleRate && layout.frames === frames
        : (await audioContent(layout, (start, end) => bytes.subarray(start, end), digest)) === content;
    if (!same) throw changed();
  } catch (error) {
    // The scan could read its header.
    throw error instanceof AudioError && content !== undefined ? changed(error) : error;
  }
}
