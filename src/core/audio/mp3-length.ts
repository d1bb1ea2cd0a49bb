/**
 * How much of a decoded MP3 stream is sound: an encoder puts silence before and behind it and says how much in
 * a tag of the first frame. Source: the LAME tag's specification (Taylor 2003); what is cut is what FFmpeg's
 * mp3 demuxer cuts. Not here: frames and their decoding.
 */

/** Samples by which every decoder lags behind: 528 of the hybrid filter bank and 1. */
const DECODER_DELAY = 529;
/** Bytes of an ID3v2 header, and how far into the first frame the tag lies at most. */
const ID3_HEADER = 10;
const TAG_WITHIN = 64;

export interface Mp3Length {
  /** Samples to leave out at the beginning. */
  readonly skip: number;
  /** Samples of sound after them. */
  readonly frames: number;
}

/**
 * @param bytes the whole file, or its beginning with the first frame
 * @param frameSamples samples of one MP3 frame: 1152, or 576 below 32 kHz
 * @returns null where no encoder says anything: then everything is sound
 */
export function mp3Length(bytes: Uint8Array, frameSamples: number): Mp3Length | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const text = (at: number, length: number): string =>
    String.fromCharCode(...bytes.subarray(at, at + length));
  let start = 0;
  while (text(start, 3) === 'ID3' && start + ID3_HEADER <= bytes.length) {
    const [a, b, c, d] = bytes.subarray(start + 6, start + ID3_HEADER);
    start += ID3_HEADER + (a! << 21) + (b! << 14) + (c! << 7) + d!;
  }
  const first = text(start, TAG_WITHIN);
  const found = Math.max(first.indexOf('Xing'), first.indexOf('Info'));
  if (found < 0) return null;
  let at = start + found + 4;
  if (at + 4 > bytes.length) return null;
  const flags = view.getUint32(at);
  at += 4;
  // Number of frames, of bytes, a table of 100 bytes, a quality; each only where its flag is set.
  if (!(flags & 1) || at + 4 > bytes.length) return null;
  const total = view.getUint32(at) * frameSamples;
  at += 4 + (flags & 2 ? 4 : 0) + (flags & 4 ? 100 : 0) + (flags & 8 ? 4 : 0);
  if (at + 24 > bytes.length || !['LAME', 'Lavf', 'Lavc'].includes(text(at, 4))) return null;
  const both = (bytes[at + 21]! << 16) | (bytes[at + 22]! << 8) | bytes[at + 23]!;
  const [delay, padding] = [both >> 12, both & 0xfff];
  const skip = delay + DECODER_DELAY;
  return { skip, frames: Math.max(0, Math.min(total - delay - padding, total - skip)) };
}
