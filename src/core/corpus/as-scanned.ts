/**
 * A recording must still be what the scan of its corpus saw: else its features would be kept under the name
 * of another sound.
 */
import type { Digest } from '../audio/content';
import { openSound, partOfSound, soundContent, type DecodeCoded, type Sound } from '../audio/sound';
import { AudioError, StorageError } from '../errors/errors';
import type { Utterance } from './types';

/** What the scan saw. */
export type Scanned = Pick<Utterance, 'content' | 'sampleRate' | 'frames' | 'firstFrame'>;

/**
 * @param bytes the whole file as it is now; of a part of a WAV file, that part as a file (audio/cut.ts)
 * @param name of the file
 * @returns its samples
 * @throws StorageError `file-changed`. A manifest of 0.1.0 has no contents: then rate and length decide, and
 * an AudioError is thrown as it is
 */
export async function openAsScanned(
  bytes: Uint8Array<ArrayBuffer>,
  { content, sampleRate, frames, firstFrame }: Scanned,
  name: string,
  { digest, decode }: { readonly digest?: Digest; readonly decode?: DecodeCoded } = {},
): Promise<Sound> {
  const changed = (cause?: unknown): StorageError => new StorageError('file-changed', { name }, cause);
  try {
    const whole = await openSound(name, bytes, decode);
    const sound =
      firstFrame === undefined || whole.format === null ? whole : partOfSound(whole, firstFrame, frames);
    const same =
      content === undefined
        ? sound.layout.sampleRate === sampleRate && sound.layout.frames === frames
        : (await soundContent(sound, digest)) === content;
    if (!same) throw changed();
    return sound;
  } catch (error) {
    // The scan could read its header.
    throw error instanceof AudioError && content !== undefined ? changed(error) : error;
  }
}
