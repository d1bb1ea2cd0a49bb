/**
 * What a recording is known by: its sound. SHA-256 over how the samples are written and the samples
 * themselves, cut to 128 bits. Name, place, date and whatever else the file carries (titles, cue points) do
 * not count; two files with one sound have one content. Not here: who reads the bytes, and what is done where
 * two contents differ.
 */
import { Sha256 } from '../sha256';
import type { WavLayout } from './riff';

/** Part of what is hashed: goes up whenever the same sound gets another content. */
const CONTENT_VERSION = 1;
/** Up to here all samples are hashed: in IEMOCAP, those of every utterance. */
const WHOLE_BYTES = 4 * 2 ** 20;
/** Of longer recordings, so many stretches, evenly spread; the first and the last samples are among them. */
const STRETCHES = 64;
const STRETCH_BYTES = WHOLE_BYTES / STRETCHES;

/** SHA-256 of some bytes, hex. */
export type Digest = (bytes: Uint8Array<ArrayBuffer>) => string | Promise<string>;

/** In plain JavaScript; the browser's own is ten times as fast and gives the same. */
const plainDigest: Digest = (bytes) => new Sha256().update(bytes).digest();

/** The stretches of the file that are hashed, as [start, end) in bytes, ascending, without overlap. */
export function contentRanges({
  coding,
  channels,
  frames,
  dataOffset,
}: WavLayout): readonly (readonly [start: number, end: number])[] {
  const bytes = coding.bytes * channels * frames;
  if (bytes <= WHOLE_BYTES) return [[dataOffset, dataOffset + bytes]];
  return Array.from({ length: STRETCHES }, (_, i) => {
    const start = dataOffset + Math.floor(((bytes - STRETCH_BYTES) * i) / (STRETCHES - 1));
    return [start, start + STRETCH_BYTES] as const;
  });
}

/**
 * The content of a WAV file.
 * @param layout where its samples lie (`locateSamples`)
 * @param read bytes [start, end) of the file; called once a range
 * @param format name of a lossy format whose packets are hashed in place of samples
 * @returns 32 hexadecimal digits; of the same sound always the same, whatever the file is called
 * @throws what `read` throws
 */
export async function audioContent(
  layout: WavLayout,
  read: (start: number, end: number) => Uint8Array | Promise<Uint8Array>,
  digest: Digest = plainDigest,
  format = '',
): Promise<string> {
  const { coding, channels, sampleRate, littleEndian, frames } = layout;
  const head = `equipoise-audio ${CONTENT_VERSION} ${coding.kind} ${coding.bytes} ${channels} ${sampleRate} ${littleEndian ? 'little' : 'big'} ${frames}${format && ` ${format}`}\n`;
  const parts = [Uint8Array.from(head, (letter) => letter.charCodeAt(0))];
  for (const [start, end] of contentRanges(layout)) parts.push(Uint8Array.from(await read(start, end)));
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return (await digest(all)).slice(0, 32);
}
