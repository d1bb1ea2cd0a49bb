/**
 * The inputs of the golden fixtures, by the same integer formulas as reference/fixtures/inputs.py;
 * synthesised utterances come from the same WAV files. Not here: what is expected of them.
 */
import { fixtureBytes } from '../support/fixture';
import { UTTERANCES } from './utterances';

/** A linear congruential generator; the first value is one step after the seed. */
export function lcg(count: number, seed: number): Uint32Array {
  const out = new Uint32Array(count);
  let x = seed;
  for (let i = 0; i < count; i++) {
    x = (Math.imul(x, 1664525) + 1013904223) >>> 0;
    out[i] = x;
  }
  return out;
}

const formulas: Readonly<Record<string, (length: number, rate: number) => ArrayLike<number>>> = {
  noise: (length) => Array.from(lcg(length, 7), (x) => (x >>> 17) - 16384),
  chirp: (length, rate) =>
    Array.from({ length }, (_, n) => {
      const t = (n % (2 * rate)) / rate;
      return Math.floor(Math.sin(2 * Math.PI * (100 * t + 1500 * t * t)) * 20000 + 0.5);
    }),
  clicks: (length) => Array.from({ length }, (_, n) => (n % 3001 === 1500 ? 30000 : 0)),
  silence: (length) => new Array<number>(length).fill(0),
  dc: (length) => new Array<number>(length).fill(8192),
  clipped: (length, rate) =>
    Array.from({ length }, (_, n) =>
      Math.max(-32768, Math.min(32767, Math.floor(Math.sin((2 * Math.PI * 220 * n) / rate) * 90000 + 0.5))),
    ),
};

/** The samples of a canonical 16-bit mono file, read without the reader under test. */
const pcm16 = (wav: Uint8Array): Int16Array => new Int16Array(wav.slice(44).buffer);

const spoken = new Map(
  await Promise.all(
    UTTERANCES.map(async (name) => [name, pcm16(await fixtureBytes(`spectrogram/${name}.wav`))] as const),
  ),
);

/** 16-bit values of a formula or, by its name, of an utterance; the fixture's checksum is their sum. */
export const signal = (kind: string, length: number, rate: number): Int32Array =>
  Int32Array.from(spoken.get(kind) ?? formulas[kind]!(length, rate));

/** Full scale -1..1. */
export const samplesOf = (integers: Int32Array): Float32Array<ArrayBuffer> =>
  Float32Array.from(integers, (value) => value / 32768);

/** uint8 [height][width]: random, smooth or binary. */
export function picture(kind: string, width: number, height: number): Uint8Array {
  const noise = Array.from(lcg(width * height, 11), (x) => x >>> 24);
  if (kind === 'random') return Uint8Array.from(noise);
  if (kind === 'binary') return Uint8Array.from(noise, (value) => (value > 200 ? 255 : 0));
  return Uint8ClampedArray.from(noise, (_, i) => {
    const [x, y] = [i % width, Math.floor(i / width)];
    let total = 0;
    for (let dy = -2; dy <= 2; dy++)
      for (let dx = -2; dx <= 2; dx++)
        total +=
          noise[((((y + dy) % height) + height) % height) * width + ((((x + dx) % width) + width) % width)]!;
    return 3 * Math.floor(total / 25) - 256;
  }) as unknown as Uint8Array;
}

/** float32 [bands][frames] from -90 to -10 dB, or nothing but zeros. */
export const noiseSpectrogram = (bands: number, frames: number, constant = false): Float32Array =>
  Float32Array.from(lcg(bands * frames, 3), (x) => (constant ? 0 : ((x >>> 8) / 2 ** 24) * 80 - 90));
