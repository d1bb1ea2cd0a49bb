/** Clipped samples, counted by hand. */
import { describe, expect, it } from 'vitest';
import { clippedFrames } from '../../src/core/audio/clipping';
import { locateSamples } from '../../src/core/audio/riff';
import { chunk, fmt, int16, riff, type FormatOptions } from './wav-files';

const count = (format: FormatOptions, data: Uint8Array): number => {
  const file = riff(fmt(format), chunk('data', data));
  return clippedFrames(data, locateSamples(file, file.length));
};
const [UP, DOWN] = [32767, -32768];

describe('clipping', () => {
  it.each([
    ['nothing at full scale', [0, 5, 32766, -32767], 0],
    ['two in a row are a peak', [0, UP, UP, 0, DOWN, DOWN], 0],
    ['three in a row are clipped', [0, UP, UP, UP, 0], 3],
    ['both ends, and a run of five', [DOWN, DOWN, DOWN, 1, UP, UP, UP, UP, UP], 8],
    ['a run has one sign', [UP, UP, DOWN, DOWN, UP, UP], 0],
    ['one end after the other', [UP, UP, UP, DOWN, DOWN, DOWN], 6],
  ])('%s', (_, values, frames) => {
    expect(count({}, int16(values))).toBe(frames);
    // At an odd place in a larger buffer, as a part of a file is.
    const shifted = new Uint8Array(2 * values.length + 1);
    shifted.set(int16(values), 1);
    const layout = { coding: { kind: 'pcm', bytes: 2 }, channels: 1, littleEndian: true } as const;
    expect(clippedFrames(shifted.subarray(1), layout)).toBe(frames);
  });

  it('counts a frame once, whichever of its channels is clipped', () => {
    const left = [UP, UP, UP, 0, 0, 0];
    const right = [0, DOWN, DOWN, DOWN, 0, 0];
    expect(count({ channels: 2 }, int16(left.flatMap((value, i) => [value, right[i]!])))).toBe(4);
  });

  it('knows the ends of the other codings', () => {
    expect(count({ bits: 8 }, Uint8Array.of(255, 255, 255, 128, 0, 0, 0))).toBe(6);
    const ends24 = Uint8Array.of(255, 255, 127, 255, 255, 127, 255, 255, 127, 0, 0, 128, 254, 255, 127);
    expect(count({ bits: 24 }, ends24)).toBe(3);
    const floats = Float32Array.of(1, 1.5, 1, 0.99, -2, -1, -1, -1, 0);
    expect(count({ tag: 3, bits: 32 }, new Uint8Array(floats.buffer))).toBe(7);
    // G.711's largest codes: 0x80 and 0x00 of mu-law, 0xaa and 0x2a of A-law.
    expect(count({ tag: 7, bits: 8 }, Uint8Array.of(0x80, 0x80, 0x80, 0x81, 0, 0, 0))).toBe(6);
    expect(count({ tag: 6, bits: 8 }, Uint8Array.of(0xaa, 0xaa, 0xaa, 0xab, 0x2a))).toBe(3);
  });
});
