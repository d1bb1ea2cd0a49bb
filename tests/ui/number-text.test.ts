/**
 * What a typed text means: comma and point alike, `1,000` refused, never another number than the one that
 * stands there.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readNumber, stepped, twoReadings } from '../../src/ui/options/number-text';

const RATE = { min: 1e-7, max: 1, integer: false };
const WIDE = { min: -1e9, max: 1e9, integer: false };
const COUNT = { min: 1, max: 10_000, integer: true };

describe('a typed number', () => {
  it.each([
    ['0.001', 0.001],
    ['0,001', 0.001],
    ['1e-3', 0.001],
    ['1E-3', 0.001],
    ['1,5e-3', 0.0015],
    ['.5', 0.5],
    [',5', 0.5],
    [' 0,25 ', 0.25],
    ['1.000', 1],
    ['1,0', 1],
    ['1,0000', 1],
    ['1', 1],
    ['1.', 1],
    ['1e−3', 0.001],
  ])('reads %s as a learning rate', (text, value) =>
    expect(readNumber(text, RATE)).toEqual({ value, refused: null }),
  );
  it.each([
    ['10 000', 10_000],
    ['10\u00a0000', 10_000],
    ['10\u202f000,5', 10_000.5],
    ['-1,5', -1.5],
    ['−1.5', -1.5],
    ['+2', 2],
    ['0,000', 0],
    ['-0,125', -0.125],
    ['1234,567', 1234.567],
  ])('reads %s', (text, value) => expect(readNumber(text, WIDE)).toEqual({ value, refused: null }));
  it.each([
    ['', 'empty'],
    ['  ', 'empty'],
    ['1,000', 'twoReadings'],
    ['12,500', 'twoReadings'],
    ['-1,234', 'twoReadings'],
    ['1,000,000', 'twoReadings'],
    ['1,000e-3', 'twoReadings'],
    ['abc', 'notNumber'],
    ['1.2.3', 'notNumber'],
    ['1,2,3', 'notNumber'],
    ['1,000.5', 'notNumber'],
    ['1.000,5', 'notNumber'],
    ['1e', 'notNumber'],
    ['1e-', 'notNumber'],
    ['0x10', 'notNumber'],
    ['Infinity', 'notNumber'],
    ['NaN', 'notNumber'],
    ['1 2', 'notNumber'],
    ['10 00', 'notNumber'],
    ['1 000 00', 'notNumber'],
    ['12 345 6', 'notNumber'],
    ['0 001', 'notNumber'],
    ['1 000 e3', 'notNumber'],
    ['1_000', 'notNumber'],
    ['5 %', 'notNumber'],
    ['-', 'notNumber'],
    ['.', 'notNumber'],
    [',', 'notNumber'],
    ['１', 'notNumber'],
    ['1e400', 'outOfRange'],
    ['2e9', 'outOfRange'],
  ])('refuses %j: %s', (text, refused) => expect(readNumber(text, WIDE)).toEqual({ value: null, refused }));
  it('keeps to the range and to whole numbers', () => {
    expect(readNumber('0', COUNT).refused).toBe('outOfRange');
    expect(readNumber('10001', COUNT).refused).toBe('outOfRange');
    expect(readNumber('2.5', COUNT).refused).toBe('notWhole');
    expect(readNumber('3,0', COUNT).value).toBe(3);
    expect(readNumber('1e3', COUNT).value).toBe(1000);
    expect(
      readNumber('9007199254740993', { min: 0, max: Number.MAX_SAFE_INTEGER, integer: true }).refused,
    ).toBe('outOfRange');
  });
  it('is every number that is written as JavaScript, English or Russian writes it, or refused - never another one', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e9, max: 1e9 }), (value) => {
        for (const text of [
          String(value),
          String(value).replace('.', ','),
          value.toExponential(),
          value.toExponential().replace('.', ','),
        ]) {
          const read = readNumber(text, WIDE);
          if (read.refused === null) expect(read.value).toBe(value === 0 ? read.value : value);
          else expect([read.refused, /,\d{3}(e|$)/.test(text)]).toEqual(['twoReadings', true]);
        }
      }),
    );
  });
  it('is never read from a text that has other than digits, signs, spaces, e, comma and point', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const read = readNumber(text, WIDE);
        if (read.refused === null) expect(text).toMatch(/^[\s\d.,eE+\-−]+$/);
      }),
    );
  });
  it('tells both readings in words that are understood', () => {
    expect(twoReadings('1,000')).toEqual(['1000', '1.000']);
    for (const [text, thousands, decimal] of [
      ['1,500', 1500, 1.5],
      [' 12,345 ', 12_345, 12.345],
    ] as const) {
      const both = twoReadings(text);
      expect(both.map((one) => readNumber(one, WIDE).value)).toEqual([thousands, decimal]);
    }
  });
});

describe('an arrow key', () => {
  it('goes by the step, without the dust of binary fractions, and stays inside', () => {
    expect(stepped(0.1, 2, 0.1, WIDE)).toBe(0.3);
    expect(stepped(7, 1, 1, COUNT)).toBe(8);
    expect(stepped(1, -10, 1, COUNT)).toBe(1);
    expect(stepped(9_999, 10, 1, COUNT)).toBe(10_000);
    expect(
      stepped(Number.MAX_SAFE_INTEGER - 1, 1, 1, { min: 0, max: Number.MAX_SAFE_INTEGER, integer: true }),
    ).toBe(Number.MAX_SAFE_INTEGER);
  });
  it('changes the leading digit where there is no step', () => {
    expect([
      stepped(0.001, 1, 'any', RATE),
      stepped(0.001, -1, 'any', RATE),
      stepped(0.002, -1, 'any', RATE),
      stepped(0.009, 1, 'any', RATE),
    ]).toEqual([0.002, 0.0009, 0.001, 0.01]);
    expect([
      stepped(1e-7, -1, 'any', RATE),
      stepped(1, 1, 'any', RATE),
      stepped(1e-5, 1, 'any', RATE),
    ]).toEqual([1e-7, 1, 2e-5]);
  });
  it('goes up, and never leaves the range', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 1e-7, max: 1, noNaN: true }),
        fc.constantFrom(1, -1, 10, -10),
        (value, by) => {
          const next = stepped(value, by, 'any', RATE);
          expect(next).toBeGreaterThanOrEqual(RATE.min);
          expect(next).toBeLessThanOrEqual(RATE.max);
          expect(Math.sign(next - value) * Math.sign(by)).toBeGreaterThanOrEqual(0);
        },
      ),
    );
  });
});
