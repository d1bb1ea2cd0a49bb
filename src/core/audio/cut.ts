/**
 * A part of a WAV file as a file of its own: a header of 44 bytes and the samples from one instant to another,
 * in the coding that they have. What reads a recording whole - format, content, decoding - then reads a part
 * the same way, without the hour around it. Not here: which parts there are (a corpus' table of segments).
 */
import { AudioError } from '../errors/errors';
import { locateSamples, type WavLayout } from './riff';

/** Seconds from the start of the file; `end` null: to its end. */
export interface Stretch {
  readonly start: number;
  readonly end: number | null;
}

export interface Cut {
  /** Of a WAV file that holds these samples alone. */
  readonly header: Uint8Array;
  /** Where the samples lie in the file they are cut from, as bytes [from, to). */
  readonly from: number;
  readonly to: number;
  /** The first sample of the part, per channel. */
  readonly firstFrame: number;
  readonly frames: number;
  /** Seconds by which the part ends later than the file: it is shorter by that much. */
  readonly missing: number;
}

const HEAD_BYTES = 1024;
const HEADER_BYTES = 44;
const TAGS = { pcm: 1, float: 3, 'a-law': 6, 'mu-law': 7 } as const;

type Read = (start: number, end: number) => Uint8Array | Promise<Uint8Array>;

/**
 * @param read bytes [start, end) of the file
 * @param size of the file, bytes
 * @throws AudioError `part-outside` where nothing is left of the part; as {@link locateSamples}; what `read`
 * throws
 */
export async function cutByTime(read: Read, size: number, { start, end }: Stretch): Promise<Cut> {
  const layout = await layoutOf(read, size);
  const { firstFrame, frames, missing } = placeOf({ start, end }, layout);
  return { ...cutOf(layout, firstFrame, frames), missing };
}

/** Where a part lies in a sound. @throws AudioError `part-outside` where nothing is left of it */
export function placeOf(
  { start, end }: Stretch,
  { sampleRate, frames }: Pick<WavLayout, 'sampleRate' | 'frames'>,
): Pick<Cut, 'firstFrame' | 'frames' | 'missing'> {
  const firstFrame = Math.round(start * sampleRate);
  const wanted = end === null ? frames : Math.round(end * sampleRate);
  const last = Math.min(wanted, frames);
  if (last <= firstFrame) throw new AudioError('part-outside', { start, seconds: frames / sampleRate });
  return { firstFrame, frames: last - firstFrame, missing: (wanted - last) / sampleRate };
}

/** The same by samples per channel, as a scan has found them. @throws as {@link cutByTime} */
export async function cutByFrames(
  read: Read,
  size: number,
  firstFrame: number,
  frames: number,
): Promise<Cut> {
  const layout = await layoutOf(read, size);
  if (firstFrame + frames > layout.frames)
    throw new AudioError('part-outside', {
      start: firstFrame / layout.sampleRate,
      seconds: layout.frames / layout.sampleRate,
    });
  return { ...cutOf(layout, firstFrame, frames), missing: 0 };
}

/** The part as the bytes of a whole file. */
export async function cutBytes({ header, from, to }: Cut, read: Read): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = new Uint8Array(header.length + to - from);
  bytes.set(header);
  bytes.set(await read(from, to), header.length);
  return bytes;
}

/** A header may be longer than the first look; it is then looked at again, at least twice as far. */
async function layoutOf(read: Read, size: number): Promise<WavLayout> {
  for (let bytes = HEAD_BYTES; ;) {
    try {
      return locateSamples(await read(0, Math.min(size, bytes)), size);
    } catch (error) {
      const wanted =
        error instanceof AudioError && error.code === 'more-bytes' ? Number(error.details['bytes']) : 0;
      if (wanted <= bytes) throw error;
      bytes = Math.max(wanted, 2 * bytes);
    }
  }
}

function cutOf(layout: WavLayout, firstFrame: number, frames: number): Omit<Cut, 'missing'> {
  const { coding, channels, sampleRate, littleEndian, dataOffset } = layout;
  const block = coding.bytes * channels;
  const from = dataOffset + firstFrame * block;
  const to = from + frames * block;
  const header = new Uint8Array(HEADER_BYTES);
  const view = new DataView(header.buffer);
  const word = (at: number, text: string): void => {
    for (let i = 0; i < text.length; i++) header[at + i] = text.codePointAt(i)!;
  };
  word(0, littleEndian ? 'RIFF' : 'RIFX');
  view.setUint32(4, HEADER_BYTES - 8 + to - from, littleEndian);
  word(8, 'WAVEfmt ');
  view.setUint32(16, 16, littleEndian);
  view.setUint16(20, TAGS[coding.kind], littleEndian);
  view.setUint16(22, channels, littleEndian);
  view.setUint32(24, sampleRate, littleEndian);
  view.setUint32(28, sampleRate * block, littleEndian);
  view.setUint16(32, block, littleEndian);
  view.setUint16(34, coding.bytes * 8, littleEndian);
  word(36, 'data');
  view.setUint32(40, to - from, littleEndian);
  return { header, from, to, firstFrame, frames };
}
