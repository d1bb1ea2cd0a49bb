/**
 * 16-bit floats as float32, against IEEE 754's definition: named values, and every one of the 65,536 by its
 * neighbours.
 */
import { expect, it } from 'vitest';
import { toFloat32 } from '../../src/core/weights/dtypes';

const halves = (...bits: number[]): Float32Array =>
  toFloat32(new Uint8Array(Uint16Array.from(bits).buffer), 'F16');

it('binary16: subnormals, the least normal number, one, the largest, infinities, no number', () => {
  expect([...halves(0x0001, 0x0002, 0x03ff, 0x0400, 0x3c00, 0x3555, 0x7bff)]).toEqual([
    2 ** -24,
    2 ** -23,
    1023 * 2 ** -24,
    2 ** -14,
    1,
    Math.fround(0.333251953125),
    65504,
  ]);
  expect([...halves(0x8001, 0xbc00, 0xfbff)]).toEqual([-(2 ** -24), -1, -65504]);
  expect(Object.is(halves(0x8000)[0], -0)).toBe(true);
  expect([...halves(0x7c00, 0xfc00)]).toEqual([Infinity, -Infinity]);
  expect(Number.isNaN(halves(0x7e00)[0])).toBe(true);
});

it('binary16: every number is a step of its binade above the one before', () => {
  const all = toFloat32(
    new Uint8Array(Uint16Array.from({ length: 0x7c00 }, (_, bits) => bits).buffer),
    'F16',
  );
  for (let bits = 1; bits < all.length; bits++)
    if (all[bits]! - all[bits - 1]! !== 2 ** (Math.max(1, (bits - 1) >> 10) - 25))
      expect.fail(`${bits}: ${all[bits - 1]} and ${all[bits]}`);
});
