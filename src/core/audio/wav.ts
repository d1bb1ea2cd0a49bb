/**
 * Our WAV reader and writer. Reads PCM 8/16/24/32, float 32/64, A-law and mu-law from RIFF, RIFX and RF64,
 * mixes channels down to mono and keeps what a truncated file still has. Written here because every package
 * tried failed on at least one file that real corpora contain. Not here: the container (riff.ts), resampling.
 */
import { AudioError } from '../errors/errors';
import { locateSamples, type SampleCoding, type WavLayout } from './riff';
import type { AudioWarning } from './warning';

/** What the header says, checked against the size of the file. */
export interface WavInfo {
  /** Hz. */
  readonly sampleRate: number;
  readonly channels: number;
  /** Samples per channel that are really there; at least 1. */
  readonly frames: number;
  /** `pcm8`, `pcm16`, `pcm24`, `pcm32`, `float32`, `float64`, `a-law` or `mu-law`. */
  readonly coding: string;
  /** As {@link Wave}'s; `not-finite` and `silent` need the samples and are never among them. */
  readonly warnings: readonly AudioWarning[];
}

/** What becomes of several channels: their mean, or the first or second one. */
export const CHANNELS = ['mix', 'left', 'right'] as const;
export type Channel = (typeof CHANNELS)[number];

export interface Wave {
  /** Hz. */
  readonly sampleRate: number;
  /** Channels of the file; `samples` is their mean, or one of them. */
  readonly channels: number;
  /** Mono, full scale -1..1. */
  readonly samples: Float32Array<ArrayBuffer>;
  /**
   * A code and an English clause each, empty for a sound file: `block-size` (the header's is wrong),
   * `truncated`, `partial-frame` (the last one), `not-finite` (read as 0), `silent` (every sample the same:
   * digital silence or a constant).
   */
  readonly warnings: readonly AudioWarning[];
}

/**
 * Reads the header only; the samples need not be in `head`.
 * @param head the first bytes of the file; 64 KiB are enough for nearly every file
 * @param fileSize bytes of the whole file
 * @throws AudioError with the code `more-bytes` when the header goes on behind `head`: call again with the
 * first
 *   `details.bytes` bytes of the file. All other codes are final: `empty-file`, those of foreignFile
 *   (`not-riff`, `lfs-pointer`, ...),
 *   `not-wave`, `no-format`, `bad-format`, `unsupported-coding`, `no-samples`
 */
export const probeWav = (head: Uint8Array, fileSize: number): WavInfo =>
  infoOf(locateSamples(head, fileSize));

/** The same of samples that have been located. */
export function infoOf({ sampleRate, channels, frames, coding, warnings }: WavLayout): WavInfo {
  const name =
    coding.kind === 'pcm' || coding.kind === 'float' ? `${coding.kind}${coding.bytes * 8}` : coding.kind;
  return { sampleRate, channels, frames, coding: name, warnings };
}

/**
 * Whether only the whole file can say if {@link decodeWav} has warnings that {@link probeWav} cannot give:
 * samples that are no numbers in a coding that has such, or a beginning without any sound.
 * @param head the first bytes, as they were given to probeWav
 */
export function needsWholeFile(head: Uint8Array, fileSize: number): boolean {
  const layout = locateSamples(head, fileSize);
  if (layout.coding.kind === 'float') return true;
  const within = Math.floor((head.length - layout.dataOffset) / (layout.coding.bytes * layout.channels));
  const frames = Math.min(layout.frames, within);
  return frames < 2 || isConstant(mixDown(head, { ...layout, frames }));
}

/**
 * Decodes a whole file.
 * @throws AudioError as {@link probeWav}, never `more-bytes`
 */
export const decodeWav = (bytes: Uint8Array): Wave =>
  decodeSamples({ bytes, layout: locateSamples(bytes, bytes.length) });

/**
 * The mono sound of samples that have been located.
 * @param channel of a sound with several; the mean of all unless given
 */
export function decodeSamples(
  { bytes, layout }: { readonly bytes: Uint8Array; readonly layout: WavLayout },
  channel: Channel = 'mix',
): Wave {
  const { sampleRate, channels } = layout;
  const warnings = [...layout.warnings];
  const samples = mixDown(bytes, layout, channel);
  if (layout.coding.kind === 'float') {
    const replaced = replaceNonFinite(samples);
    if (replaced > 0) warnings.push({ code: 'not-finite', values: { a: replaced } });
  }
  if (samples.length > 1 && isConstant(samples))
    warnings.push({ code: 'silent', values: { a: samples[0] === 0 ? 0 : samples[0]!.toPrecision(4) } });
  return { sampleRate, channels, samples, warnings };
}

const isConstant = (samples: Float32Array): boolean => samples.every((sample) => sample === samples[0]);

function mixDown(
  bytes: Uint8Array,
  { coding, channels, littleEndian, dataOffset, frames }: WavLayout,
  channel: Channel = 'mix',
): Float32Array<ArrayBuffer> {
  const view = new DataView(bytes.buffer, bytes.byteOffset + dataOffset, frames * channels * coding.bytes);
  const samples = new Float32Array(frames);
  if (coding.kind === 'pcm' && coding.bytes === 2 && channels === 1) {
    for (let i = 0; i < frames; i++) samples[i] = view.getInt16(2 * i, littleEndian) / 32768;
    return samples;
  }
  const read = sampleReader(coding, view, littleEndian);
  if (channel !== 'mix' && channels > 1) {
    const [first, step] = [channel === 'left' ? 0 : coding.bytes, coding.bytes * channels];
    for (let i = 0; i < frames; i++) samples[i] = read(first + i * step);
    return samples;
  }
  for (let i = 0, at = 0; i < frames; i++) {
    let sum = 0;
    for (let c = 0; c < channels; c++, at += coding.bytes) sum += read(at);
    samples[i] = sum / channels;
  }
  return samples;
}

/** A function from byte offset to sample, full scale -1..1. */
export function sampleReader(
  { kind, bytes }: SampleCoding,
  view: DataView,
  littleEndian: boolean,
): (at: number) => number {
  if (kind === 'a-law') return (at) => A_LAW[view.getUint8(at)]!;
  if (kind === 'mu-law') return (at) => MU_LAW[view.getUint8(at)]!;
  if (kind === 'float')
    return bytes === 4
      ? (at) => view.getFloat32(at, littleEndian)
      : (at) => view.getFloat64(at, littleEndian);
  if (bytes === 1) return (at) => (view.getUint8(at) - 128) / 128;
  if (bytes === 2) return (at) => view.getInt16(at, littleEndian) / 32768;
  if (bytes === 4) return (at) => view.getInt32(at, littleEndian) / 2147483648;
  return littleEndian
    ? (at) => (view.getUint16(at, true) + view.getInt8(at + 2) * 65536) / 8388608
    : (at) => (view.getUint16(at + 1, false) + view.getInt8(at) * 65536) / 8388608;
}

function replaceNonFinite(samples: Float32Array): number {
  let count = 0;
  for (let i = 0; i < samples.length; i++) {
    if (Number.isFinite(samples[i])) continue;
    samples[i] = 0;
    count++;
  }
  return count;
}

/** ITU-T G.711, 8 bits to full scale -1..1. */
const MU_LAW = Float32Array.from({ length: 256 }, (_, code) => {
  const u = ~code & 0xff;
  const magnitude = (((u & 0x0f) << 3) + 0x84) << ((u & 0x70) >> 4);
  return (u & 0x80 ? 0x84 - magnitude : magnitude - 0x84) / 32768;
});

const A_LAW = Float32Array.from({ length: 256 }, (_, code) => {
  const a = code ^ 0x55;
  const segment = (a & 0x70) >> 4;
  const mantissa = ((a & 0x0f) << 4) + (segment === 0 ? 8 : 0x108);
  const magnitude = segment > 1 ? mantissa << (segment - 1) : mantissa;
  return (a & 0x80 ? magnitude : -magnitude) / 32768;
});

/**
 * A 16-bit PCM WAV file with the usual 44-byte header.
 * @param samples full scale -1..1, channels interleaved; what lies outside is clipped, NaN becomes 0
 * @param sampleRate Hz
 * @throws AudioError `too-long` for more samples than a WAV file's 32-bit size can name
 */
export function encodeWav16(
  samples: Float32Array,
  sampleRate: number,
  channels = 1,
): Uint8Array<ArrayBuffer> {
  const dataBytes = 2 * samples.length;
  if (dataBytes + 36 > 0xffffffff)
    throw new AudioError('too-long', {
      samples: samples.length,
    });
  const bytes = new Uint8Array(44 + dataBytes);
  const view = new DataView(bytes.buffer);
  const tag = (at: number, id: string): void => {
    for (let i = 0; i < 4; i++) bytes[at + i] = id.charCodeAt(i);
  };
  tag(0, 'RIFF');
  view.setUint32(4, 36 + dataBytes, true);
  tag(8, 'WAVE');
  tag(12, 'fmt ');
  view.setUint32(16, 16, true);
  view.setUint16(20, 1, true);
  view.setUint16(22, channels, true);
  view.setUint32(24, sampleRate, true);
  view.setUint32(28, 2 * channels * sampleRate, true);
  view.setUint16(32, 2 * channels, true);
  view.setUint16(34, 16, true);
  tag(36, 'data');
  view.setUint32(40, dataBytes, true);
  for (let i = 0; i < samples.length; i++) {
    const value = Math.round(samples[i]! * 32768);
    view.setInt16(44 + 2 * i, Math.max(-32768, Math.min(32767, value)), true);
  }
  return bytes;
}
