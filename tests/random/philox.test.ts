/**
 * Philox against the known-answer vectors that ship with Random123 (kat_vectors), and the streams built on
 * it.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { philox4x32 } from '../../src/core/random/philox';
import { RandomStream } from '../../src/core/random/streams';

const hex = (words: Uint32Array): string => [...words].map((w) => w.toString(16).padStart(8, '0')).join(' ');

describe('philox4x32-10', () => {
  it.each([
    [[0, 0, 0, 0, 0, 0], '6627e8d5 e169c58d bc57ac4c 9b00dbd8'],
    [
      [0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff],
      '408f276d 41c83b0e a20bc7c6 6d5451fd',
    ],
    [
      [0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344, 0xa4093822, 0x299f31d0],
      'd16cfe09 94fdcceb 5001e420 24126ea1',
    ],
  ] as const)('%j', ([c0, c1, c2, c3, k0, k1], expected) => {
    const out = new Uint32Array(4);
    philox4x32(out, 0, c0, c1, c2, c3, k0, k1);
    expect(hex(out)).toBe(expected);
  });
});

describe('RandomStream', () => {
  it('gives the same numbers for the same name and others for another', () => {
    const draw = (seed: number, name: string, index: number) =>
      Array.from(
        { length: 8 },
        (
          (s) => () =>
            s.uint32()
        )(new RandomStream(seed, name, index)),
      );
    expect(draw(7, 'split', 1)).toEqual(draw(7, 'split', 1));
    for (const other of [
      draw(8, 'split', 1),
      draw(7, 'init', 1),
      draw(7, 'split', 2),
      draw(7 + 2 ** 40, 'split', 1),
    ])
      expect(other).not.toEqual(draw(7, 'split', 1));
  });

  it('stays in range and is flat: chi-square of 60,000 draws below(6) under its 0.999 quantile', () => {
    const stream = new RandomStream(1, 'dice');
    const counts = new Array<number>(6).fill(0);
    for (let i = 0; i < 60_000; i++) counts[stream.below(6)]!++;
    const chi2 = counts.reduce((sum, n) => sum + (n - 10_000) ** 2 / 10_000, 0);
    expect(chi2).toBeLessThan(20.5);
  });

  it('has mean 0 and variance 1 in normal(), within five standard errors', () => {
    const stream = new RandomStream(1, 'normal');
    const n = 40_000;
    let sum = 0,
      squares = 0;
    for (let i = 0; i < n; i++) {
      const x = stream.normal();
      sum += x;
      squares += x * x;
    }
    expect(Math.abs(sum / n)).toBeLessThan(5 / Math.sqrt(n));
    expect(Math.abs(squares / n - 1)).toBeLessThan(5 * Math.sqrt(2 / n));
  });

  it('shuffles into a permutation', () => {
    fc.assert(
      fc.property(fc.array(fc.integer()), fc.nat(), (items, seed) => {
        const out = new RandomStream(seed, 'shuffle').shuffled(items);
        expect(out.toSorted((a, b) => a - b)).toEqual(items.toSorted((a, b) => a - b));
      }),
    );
  });
});
