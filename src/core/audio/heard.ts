/**
 * A recording as a player needs it: all its channels as a WAV file that every browser plays, what of it is seen
 * as a waveform, and how loud it is. Not here: its spectrogram.
 */
import { clippedFrames } from './clipping';
import type { Sound } from './sound';
import { encodeWav16, infoOf, sampleReader } from './wav';

export interface Heard {
  /** Hz. */
  readonly sampleRate: number;
  readonly channels: number;
  /** Samples per channel. */
  readonly frames: number;
  /** `pcm16`, `FLAC`, ...: how the file has it. */
  readonly coding: string;
  /** Largest absolute sample of any channel; 1 is full scale. */
  readonly peak: number;
  /** Frames in which a channel is clipped (clipping.ts). */
  readonly clipped: number;
  /** 16-bit PCM. Samples beyond full scale are cut there, those that are no numbers are 0. */
  readonly wav: Uint8Array<ArrayBuffer>;
  /** Per channel, of each of at most `columns` stretches of equal length, its smallest and largest sample. */
  readonly waves: readonly Float32Array<ArrayBuffer>[];
}

/** @param columns stretches of the waveform: about one a pixel */
export function hear({ bytes, layout, format }: Sound, columns: number): Heard {
  const { coding, channels, sampleRate, littleEndian, dataOffset, frames } = layout;
  const data = bytes.subarray(dataOffset, dataOffset + frames * channels * coding.bytes);
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  const read = sampleReader(coding, view, littleEndian);
  const count = Math.min(columns, frames);
  const waves = Array.from({ length: channels }, () => new Float32Array(2 * count));
  const samples = new Float32Array(frames * channels);
  let peak = 0;
  for (let column = 0; column < count; column++) {
    const [from, to] = [Math.floor((column * frames) / count), Math.floor(((column + 1) * frames) / count)];
    for (let channel = 0; channel < channels; channel++) {
      let [least, most] = [Infinity, -Infinity];
      for (let frame = from; frame < to; frame++) {
        const at = frame * channels + channel;
        const value = read(at * coding.bytes);
        const sample = Number.isFinite(value) ? value : 0;
        samples[at] = sample;
        if (sample < least) least = sample;
        if (sample > most) most = sample;
      }
      waves[channel]!.set([least, most], 2 * column);
      peak = Math.max(peak, -least, most);
    }
  }
  return {
    sampleRate,
    channels,
    frames,
    coding: format ?? infoOf(layout).coding,
    peak,
    clipped: clippedFrames(data, layout),
    wav: encodeWav16(samples, sampleRate, channels),
    waves,
  };
}
