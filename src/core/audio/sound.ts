/**
 * A recording in memory, whatever its format: its samples as bytes, and where they lie. WAV is read by our own
 * reader (riff.ts); what else there is, a decoder that is given from outside unpacks, since only the browser
 * has one. Not here: the decoder (workers/lib/decode-coded.ts), what the samples become (wav.ts).
 */
import { AudioError } from '../errors/errors';
import { audioContent, type Digest } from './content';
import { foreignFile } from './foreign';
import { isWavName } from './names';
import { isRiff, locateSamples, type WavLayout } from './riff';
import type { AudioWarning } from './warning';

/** What a decoder makes of a coded file. */
export interface DecodedSound {
  /** `FLAC`, `MP3`, ...: as people call it. */
  readonly format: string;
  /** Samples, channels interleaved, little-endian: integers as they were coded, or float32. */
  readonly bytes: Uint8Array;
  readonly coding: WavLayout['coding'];
  readonly channels: number;
  /** Hz. */
  readonly sampleRate: number;
  /** Frames that the file says it has, where it says so. */
  readonly announced: number | null;
  /**
   * The coded packets of a lossy format, one after the other; null where decoding gives the same bits
   * everywhere.
   */
  readonly packets: Uint8Array | null;
}

/**
 * Unpacks a whole file.
 * @returns null for bytes in no format that it knows
 * @throws AudioError `no-decoder`, `broken-coding`, `decoded-too-long`
 */
export type DecodeCoded = (bytes: Uint8Array<ArrayBuffer>) => Promise<DecodedSound | null>;

export interface Sound {
  readonly bytes: Uint8Array;
  readonly layout: WavLayout;
  /** Name of the coding where it is not one of WAV's. */
  readonly format: string | null;
  readonly packets: Uint8Array | null;
  /** Absent: the whole file. */
  readonly part?: { readonly firstFrame: number; readonly frames: number };
}

/**
 * A part of a sound that was unpacked whole; a coded file has no place where one could begin to read. Lossless, it
 * has the content of a WAV file of its samples.
 * @throws AudioError `part-outside`
 */
export function partOfSound(sound: Sound, firstFrame: number, frames: number): Sound {
  const { coding, channels, sampleRate, dataOffset } = sound.layout;
  if (firstFrame + frames > sound.layout.frames)
    throw new AudioError('part-outside', {
      start: firstFrame / sampleRate,
      seconds: sound.layout.frames / sampleRate,
    });
  const block = coding.bytes * channels;
  const from = dataOffset + firstFrame * block;
  return {
    ...sound,
    bytes: sound.bytes.subarray(from, from + frames * block),
    layout: { ...sound.layout, dataOffset: 0, frames, warnings: [] },
    part: { firstFrame, frames },
  };
}

/**
 * Whether the WAV reader is the one for a file: by its name, or by its first bytes whatever it is called.
 * @param head its first bytes, four at least where there are so many
 */
export const isForWavReader = (name: string, head: Uint8Array): boolean => isWavName(name) || isRiff(head);

/**
 * @param name of the file, or its path
 * @throws AudioError those of locateSamples and of `decode`, and foreignFile's where neither knows the format
 */
export async function openSound(
  name: string,
  bytes: Uint8Array<ArrayBuffer>,
  decode: DecodeCoded | undefined,
): Promise<Sound> {
  if (isForWavReader(name, bytes))
    return { bytes, layout: locateSamples(bytes, bytes.length), format: null, packets: null };
  if (bytes.length === 0) throw new AudioError('empty-file');
  const decoded = await decode?.(bytes);
  if (!decoded) {
    const error = foreignFile(bytes);
    const { found } = error.details;
    throw error.code === 'not-riff' ? new AudioError('unknown-sound', { found: String(found) }) : error;
  }
  const { coding, channels, sampleRate, announced, format, packets } = decoded;
  const frames = Math.floor(decoded.bytes.length / (coding.bytes * channels));
  if (frames === 0) throw new AudioError('no-samples');
  const warnings: readonly AudioWarning[] =
    announced !== null && frames < announced
      ? [{ code: 'truncated', values: { a: frames, b: announced } }]
      : [];
  return {
    bytes: decoded.bytes,
    layout: { coding, channels, sampleRate, littleEndian: true, dataOffset: 0, frames, warnings },
    format,
    packets,
  };
}

/**
 * What a recording is known by (content.ts). A lossless file has the content of the WAV file with its samples.
 * Of a lossy one the coded packets are hashed, not what a decoder makes of them: two browsers may differ in
 * the last bits, and a corpus must have one fingerprint everywhere.
 */
export async function soundContent(sound: Sound, digest?: Digest): Promise<string> {
  const { bytes, layout, packets, format, part } = sound;
  const which = part ? ` ${part.firstFrame} ${part.frames}` : '';
  if (packets === null) return audioContent(layout, (start, end) => bytes.subarray(start, end), digest);
  const whole = { kind: 'pcm', bytes: 1 } as const;
  const coded = { ...layout, coding: whole, channels: 1, frames: packets.length };
  return audioContent(coded, (start, end) => packets.subarray(start, end), digest, `${format ?? ''}${which}`);
}
