/**
 * Finds the format and the samples of a WAV file: RIFF, RIFX and RF64 containers, chunks in any order,
 * odd chunks with and without their pad byte, streamed and truncated data. Looks only at the bytes it is
 * given, so the head of a file is enough for most. Not here: what the samples mean (wav.ts).
 */
import { AudioError } from '../errors/errors';
import { foreignFile } from './foreign';
import type { AudioWarning } from './warning';

/** How one sample is written: `bytes` each, after the format tag with EXTENSIBLE resolved. */
export interface SampleCoding {
  readonly kind: 'pcm' | 'float' | 'a-law' | 'mu-law';
  readonly bytes: number;
}

export interface WavLayout {
  readonly coding: SampleCoding;
  readonly channels: number;
  readonly sampleRate: number;
  readonly littleEndian: boolean;
  /** Byte offset of the first sample. */
  readonly dataOffset: number;
  /** Samples per channel that are really there. */
  readonly frames: number;
  /**
   * What is wrong with the header or the length, though the samples can be read: `code: clause`, in plain
   * English.
   */
  readonly warnings: readonly AudioWarning[];
}

const CHUNK_IDS = new Set([
  'fmt ',
  'data',
  'LIST',
  'fact',
  'JUNK',
  'junk',
  'PAD ',
  'FLLR',
  'bext',
  'ds64',
  'cue ',
  'plst',
  'smpl',
  'inst',
  'PEAK',
  'iXML',
  'axml',
  'chna',
  'cart',
  'id3 ',
  'ID3 ',
  'acid',
  'afsp',
  'DISP',
  'minf',
  'elm1',
  'regn',
  'umid',
  'levl',
  '_PMX',
]);
const FOREIGN_CODINGS: Readonly<Record<number, string>> = {
  0x02: 'Microsoft ADPCM',
  0x11: 'IMA ADPCM',
  0x22: 'TrueSpeech',
  0x31: 'GSM 6.10',
  0x40: 'G.721 ADPCM',
  0x45: 'G.726 ADPCM',
  0x50: 'MPEG',
  0x55: 'MP3',
  0xff: 'AAC',
  0x161: 'Windows Media Audio',
  0xf1ac: 'FLAC',
};
/** A data size that recorders write when they cannot know it: all ones, or SoX's nearly 2 GiB. */
const STREAMED = 0x7fff0000;
const MAX_RATE = 10_000_000;

const text = (bytes: Uint8Array, at: number, length: number): string =>
  String.fromCharCode(...bytes.subarray(at, at + length));

/** Whether a file starts as WAV files do. @param head its first bytes */
export const isRiff = (head: Uint8Array): boolean =>
  ['RIFF', 'RIFX', 'RF64', 'BW64'].includes(text(head, 0, 4));

function assertWave(head: Uint8Array, fileSize: number): void {
  if (fileSize === 0 || head.length === 0) throw new AudioError('empty-file');
  if (!isRiff(head)) throw foreignFile(head);
  const form = text(head, 8, 4);
  if (form.length === 4 && form !== 'WAVE')
    throw new AudioError('not-wave', {
      found: printable(form),
    });
}

const printable = (id: string): string => id.replace(/[^ -~]/g, '?');

/** How much the four bytes at `at` look like the start of a chunk: 2 a known name, 1 printable, 0 neither. */
function chunkScore(view: DataView, at: number): 0 | 1 | 2 {
  if (at + 4 > view.byteLength) return 0;
  let id = '';
  for (let i = 0; i < 4; i++) {
    const code = view.getUint8(at + i);
    if (code < 0x20 || code > 0x7e) return 0;
    id += String.fromCharCode(code);
  }
  return CHUNK_IDS.has(id) ? 2 : 1;
}

interface Format extends Pick<WavLayout, 'coding' | 'channels' | 'sampleRate'> {
  /** The block size that the header gives, where it contradicts channels and bit count. */
  readonly wrongBlock: number | null;
}

function readFormat(view: DataView, at: number, size: number, littleEndian: boolean): Format {
  const bad = (
    why: 'format-size' | 'channel-count' | 'sample-rate' | 'bit-count',
    value: number,
  ): AudioError => new AudioError('bad-format', { why, value });
  if (size < 14) throw bad('format-size', size);
  let tag = view.getUint16(at, littleEndian);
  const channels = view.getUint16(at + 2, littleEndian);
  const sampleRate = view.getUint32(at + 4, littleEndian);
  const block = view.getUint16(at + 12, littleEndian);
  if (channels === 0) throw bad('channel-count', channels);
  if (sampleRate === 0 || sampleRate > MAX_RATE) throw bad('sample-rate', sampleRate);
  const stride = block / channels;
  // A few writers leave the bit count out, or at 0.
  const bits = (size >= 16 ? view.getUint16(at + 14, littleEndian) : 0) || stride * 8;
  // EXTENSIBLE keeps the real tag in the first two bytes of its sub-format GUID.
  if (tag === 0xfffe && size >= 26) tag = view.getUint16(at + 24, littleEndian);
  const kind = ({ 1: 'pcm', 3: 'float', 6: 'a-law', 7: 'mu-law' } as const)[tag];
  if (!kind) {
    const coding = FOREIGN_CODINGS[tag] ?? `format 0x${tag.toString(16).padStart(4, '0')}`;
    throw new AudioError('unsupported-coding', { coding });
  }
  // The bit count decides, as in libsndfile (and so in librosa and soundfile); one exception: 24 bits may be
  // kept in four bytes each.
  const law = kind === 'a-law' || kind === 'mu-law';
  // G.711 has 8 bits whatever the header says; libsndfile does not look at its count either.
  const bytes = law ? 1 : kind === 'pcm' && bits === 24 && stride === 4 ? 4 : Math.ceil(bits / 8);
  const allowed = kind === 'float' ? [4, 8] : [1, 2, 3, 4];
  if (!allowed.includes(bytes)) throw bad('bit-count', bits);
  return {
    coding: { kind, bytes },
    channels,
    sampleRate,
    wrongBlock: block === bytes * channels ? null : block,
  };
}

/**
 * Locates the samples.
 * @param head the first bytes of the file, or all of them
 * @param fileSize bytes of the whole file
 * @throws AudioError `empty-file`, those of foreignFile, `not-wave`, `no-format`, `bad-format`,
 * `unsupported-coding`,
 *   `no-samples`; `more-bytes` when the header goes on behind `head`: call again with the first
 *   `details.bytes` bytes of the file (or all of it, where it is shorter)
 */
export function locateSamples(head: Uint8Array, fileSize: number): WavLayout {
  assertWave(head, fileSize);
  const view = new DataView(head.buffer, head.byteOffset, Math.min(head.length, fileSize));
  const littleEndian = head[3] !== 0x58; // RIF*X*
  const complete = head.length >= fileSize;
  const need = (end: number): void => {
    if (end > view.byteLength && !complete)
      throw new AudioError('more-bytes', { bytes: Math.min(fileSize, end + 1024) });
  };

  let format: ReturnType<typeof readFormat> | null = null;
  let data: { readonly offset: number; readonly announced: number | null } | null = null;
  let longSize: number | null = null;
  let at = 12;
  while (!format || !data) {
    if (at + 8 > fileSize) break;
    need(at + 8);
    const id = text(head, at, 4);
    const size = view.getUint32(at + 4, littleEndian);
    const body = at + 8;
    let length = size;
    if (id === 'fmt ' && !format) {
      need(body + Math.min(size, 40));
      format = readFormat(view, body, Math.min(size, view.byteLength - body), littleEndian);
    } else if (id === 'ds64' && size >= 16) {
      need(body + 16);
      if (body + 16 <= view.byteLength)
        longSize = view.getUint32(body + 8, littleEndian) + view.getUint32(body + 12, littleEndian) * 2 ** 32;
    } else if (id === 'data' && !data) {
      const announced = size === 0xffffffff && longSize !== null ? longSize : size;
      if (announced === 0) need(body + 4);
      const streamed =
        announced === 0
          ? body < fileSize && chunkScore(view, body) < 2
          : announced >= STREAMED && announced > fileSize - body && longSize === null;
      data = { offset: body, announced: streamed ? null : announced };
      length = streamed ? fileSize - body : announced;
    }
    if (format && data) break;
    at = body + length;
    if (length % 2 === 1 && at < fileSize) {
      // The standard pads odd chunks; some writers forget. Step over the byte unless the next chunk starts on
      // it.
      need(at + 5);
      if (chunkScore(view, at) <= chunkScore(view, at + 1)) at += 1;
    }
  }
  if (!format) throw new AudioError('no-format');
  if (!data) throw new AudioError('no-samples');
  const block = format.coding.bytes * format.channels;
  const present = Math.max(0, fileSize - data.offset);
  const frames = Math.floor(Math.min(data.announced ?? present, present) / block);
  if (frames === 0) throw new AudioError('no-samples');
  const { coding, channels, sampleRate } = format;
  return {
    coding,
    channels,
    sampleRate,
    littleEndian,
    dataOffset: data.offset,
    frames,
    warnings: warningsOf(format, block, frames, data.announced ?? present, present),
  };
}

/**
 * @param block bytes of a frame  @param announced bytes of samples that the header announces  @param present
 * bytes that the file has for them
 */
function warningsOf(
  { wrongBlock, channels, coding }: Format,
  block: number,
  frames: number,
  announced: number,
  present: number,
): AudioWarning[] {
  const warnings: AudioWarning[] = [];
  if (wrongBlock !== null)
    warnings.push({ code: 'block-size', values: { a: wrongBlock, b: channels, c: coding.bytes * 8 } });
  const announcedFrames = Math.floor(announced / block);
  const rest = Math.min(announced, present) % block;
  if (frames < announcedFrames)
    warnings.push({ code: 'truncated', values: { a: frames, b: announcedFrames } });
  else if (rest > 0) warnings.push({ code: 'partial-frame', values: { a: rest, b: block } });
  return warnings;
}
