/** The name that was probably meant. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { editDistance, nearest } from '../../src/core/config/suggest';

describe('distance between two words', () => {
  // Values of the literature: Damerau 1964, Wagner and Fischer 1974.
  it.each([
    ['kitten', 'sitting', 3],
    ['strategi', 'strategy', 1],
    ['ca', 'ac', 1],
    ['ca', 'abc', 3],
    ['', 'abc', 3],
    ['same', 'same', 0],
  ])('%s, %s: %i', (a, b, distance) => expect(editDistance(a, b)).toBe(distance));
  it('is symmetric, zero for equal words alone, and at most the longer length', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 12 }), fc.string({ maxLength: 12 }), (a, b) => {
        const distance = editDistance(a, b);
        expect(distance).toBe(editDistance(b, a));
        expect(distance === 0).toBe(a === b);
        expect(distance).toBeLessThanOrEqual(Math.max(a.length, b.length));
        expect(distance).toBeGreaterThanOrEqual(Math.abs(a.length - b.length));
      }),
    );
  });
});

it('is found where few letters differ, and nowhere else', () => {
  const known = ['strategy', 'seed', 'split', 'lr', 'epochs'];
  expect(['strategi', 'Strategy', 'sede', 'epoch', 'spilt'].map((word) => nearest(word, known))).toEqual([
    'strategy',
    'strategy',
    'seed',
    'epochs',
    'split',
  ]);
  expect(['bogus', 'x', '', 'colour', 'q'.repeat(1000)].map((word) => nearest(word, known))).toEqual([
    null,
    null,
    null,
    null,
    null,
  ]);
  expect(nearest('learning_rate', known, { learning_rate: 'lr' })).toBe('lr');
});
