import { describe, expect, it } from 'vitest';
import {
  hasDiverged,
  rampRate,
  smoothedTotals,
  suggestedRate,
  type RangePoint,
} from '../../src/core/optim/range-test';

const RANGE = { from: 1e-5, to: 1, steps: 101 };

/** Points whose total is a function of the decimal logarithm of the rate. */
const along = (total: (exponent: number) => number): RangePoint[] =>
  Array.from({ length: RANGE.steps }, (_, i) => {
    const learningRate = rampRate(RANGE, i + 1);
    const value = total(Math.log10(learningRate));
    return { step: i + 1, learningRate, losses: [value], total: value };
  });

describe('the range test', () => {
  it('ramps from one rate to the other by equal factors', () => {
    expect(rampRate(RANGE, 1)).toBe(1e-5);
    expect(rampRate(RANGE, 101)).toBeCloseTo(1, 12);
    expect(rampRate(RANGE, 51) / rampRate(RANGE, 50)).toBeCloseTo(10 ** 0.05, 12);
  });

  it('smooths without a bias towards the start', () => {
    expect(smoothedTotals([3, 3, 3])).toEqual([3, 3, 3].map((value) => expect.closeTo(value, 12) as number));
    // By hand: (0.1·2·0.9 + 0.1·4) / (1 - 0.81)
    expect(smoothedTotals([2, 4])[1]).toBeCloseTo(0.58 / 0.19, 12);
  });

  it('ends where the smoothed loss is four times its smallest, or is none', () => {
    const calm = Array.from({ length: 40 }, () => 1);
    expect(hasDiverged(calm)).toBe(false);
    expect(hasDiverged([...calm, 30])).toBe(false); // 0.9 + 3: smoothed to 3.9 of 1
    expect(hasDiverged([...calm, 33])).toBe(true);
    expect(hasDiverged([...calm, Number.NaN])).toBe(true);
    expect(hasDiverged([Number.NaN])).toBe(true);
    expect(hasDiverged([])).toBe(false);
  });

  it('suggests the steepest fall, where it is and not where an average has seen it', () => {
    // A logistic fall about 10^-3.
    const points = along((exponent) => 2 / (1 + Math.exp(6 * (exponent + 3))));
    const suggestion = Math.log10(suggestedRate(points)!);
    expect(suggestion).toBeCloseTo(-3, 6);
  });

  it('suggests nothing where nothing falls', () => {
    expect(suggestedRate(along(() => 1))).toBeNull();
    expect(suggestedRate(along((exponent) => exponent))).toBeNull();
    expect(suggestedRate([])).toBeNull();
  });
});
