/**
 * Named random streams over Philox: one seed, one stream per purpose ("split", "init", "shuffle",
 * "dropout", "sample", "synth"), any number of indices (epoch, step, utterance). Two streams with
 * different names or indices are independent; the same ones always give the same numbers.
 */
import { philox4x32 } from './philox';

/** 32-bit FNV-1a over UTF-16 code units, finished with a murmur3 mix. */
export function hash32(text: string, start = 0x811c9dc5): number {
  let h = start >>> 0;
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
  h ^= h >>> 16;
  h = Math.imul(h, 0x85ebca6b);
  h ^= h >>> 13;
  h = Math.imul(h, 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

/**
 * A name for a text: 64 bits of {@link hash32} as 16 hexadecimal digits. Tells things apart; protects
 * nothing.
 */
export const hashName = (text: string): string =>
  [hash32(text), hash32(text, 0x9747b28c)].map((part) => part.toString(16).padStart(8, '0')).join('');

export class RandomStream {
  private readonly key0: number;
  private readonly key1: number;
  private readonly high: number;
  private readonly block = new Uint32Array(4);
  /** How many uint32 have been drawn. */
  position = 0;

  constructor(seed: number, name: string, ...indices: readonly (number | string)[]) {
    const label = [name, ...indices].join('/');
    this.key0 = seed >>> 0;
    this.key1 = (Math.floor(seed / 0x100000000) ^ hash32(label)) >>> 0;
    this.high = hash32(label, 0x9747b28c);
  }

  /**
   * What makes the stream this one, for drawing it elsewhere: draw k is word k % 4 of Philox block (k / 4, k
   * / 2^34, c, 0) under key (a, b).
   */
  get key(): readonly [a: number, b: number, c: number] {
    return [this.key0, this.key1, this.high];
  }

  /** Uniform integer in 0..2^32-1. */
  uint32(): number {
    const lane = this.position & 3;
    if (lane === 0) {
      const at = Math.floor(this.position / 4);
      philox4x32(this.block, 0, at >>> 0, Math.floor(at / 0x100000000), this.high, 0, this.key0, this.key1);
    }
    this.position++;
    return this.block[lane]!;
  }

  /** Uniform in [0, 1) with 32 bits. */
  uniform(): number {
    return this.uint32() / 0x100000000;
  }

  /** Uniform integer in 0..n-1, without modulo bias. @param n 1..2^32 */
  below(n: number): number {
    const limit = 0x100000000 - (0x100000000 % n);
    for (;;) {
      const u = this.uint32();
      if (u < limit) return u % n;
    }
  }

  /** Uniform integer in low..high, both included. */
  between(low: number, high: number): number {
    return low + this.below(high - low + 1);
  }

  /** Standard normal deviate (Box-Muller; two draws a deviate, so positions stay predictable). */
  normal(): number {
    const u = (this.uint32() + 0.5) / 0x100000000;
    const v = this.uint32() / 0x100000000;
    return Math.sqrt(-2 * Math.log(u)) * Math.cos(2 * Math.PI * v);
  }

  /** A shuffled copy (Fisher-Yates). */
  shuffled<T>(items: readonly T[]): T[] {
    const out = items.slice();
    for (let i = out.length - 1; i > 0; i--) {
      const j = this.below(i + 1);
      [out[i], out[j]] = [out[j]!, out[i]!];
    }
    return out;
  }
}
