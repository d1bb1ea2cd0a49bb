/** The inputs of the golden fixtures, by the same integer formulas as reference/spectrogram_fixtures.py, and their reader. */
import { readFileSync } from 'node:fs';

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
  chirp: (length, rate) => Array.from({ length }, (_, n) => {
    const t = n / rate;
    return Math.floor(Math.sin(2 * Math.PI * (100 * t + 1500 * t * t)) * 20000 + 0.5);
  }),
  clicks: (length) => Array.from({ length }, (_, n) => (n % 3001 === 1500 ? 30000 : 0)),
  silence: (length) => new Array<number>(length).fill(0),
  dc: (length) => new Array<number>(length).fill(8192),
  clipped: (length, rate) => Array.from({ length }, (_, n) =>
    Math.max(-32768, Math.min(32767, Math.floor(Math.sin((2 * Math.PI * 220 * n) / rate) * 90000 + 0.5)))),
};

/** 16-bit values; the fixture's checksum is their sum. */
export const signal = (kind: string, length: number, rate: number): Int32Array => Int32Array.from(formulas[kind]!(length, rate));

export function picture(kind: string, width: number, height: number): Uint8Array {
  const noise = Array.from(lcg(width * height, 11), (x) => x >>> 24);
  if (kind === 'random') return Uint8Array.from(noise);
  if (kind === 'binary') return Uint8Array.from(noise, (value) => (value > 200 ? 255 : 0));
  return Uint8ClampedArray.from(noise, (_, i) => {
    const [x, y] = [i % width, Math.floor(i / width)];
    let total = 0;
    for (let dy = -2; dy <= 2; dy++)
      for (let dx = -2; dx <= 2; dx++)
        total += noise[((((y + dy) % height) + height) % height) * width + ((((x + dx) % width) + width) % width)]!;
    return 3 * Math.floor(total / 25) - 256;
  }) as unknown as Uint8Array;
}

/** An index of cases and the arrays they point into. */
export interface Fixture<T> {
  readonly cases: readonly T[];
  readonly bytes: ArrayBuffer;
}

export function fixture(name: string): Fixture<unknown> {
  const read = (extension: string): Buffer => readFileSync(new URL(`../fixtures/spectrogram/${name}.${extension}`, import.meta.url));
  const { cases } = JSON.parse(read('json').toString()) as { cases: unknown[] };
  return { cases, bytes: new Uint8Array(read('bin')).buffer };
}
