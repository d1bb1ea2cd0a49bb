/** Axes: round ticks, domains that cover the data, growth by doubling. */
import { describe, expect, it } from 'vitest';
import { countAxis, growingAxis, linearAxis, logAxis, niceStep, sameAxis } from '../../src/ui/charts/ticks';

describe('axes', () => {
  it('steps by 1, 2, 2.5 or 5 times a power of ten', () => {
    expect([0.13, 0.2, 0.21, 3, 7, 10].map(niceStep)).toEqual([0.2, 0.2, 0.25, 5, 10, 10]);
  });
  it('covers the data with ticks at its ends', () => {
    expect(linearAxis(-0.45, 0.71)).toEqual({ domain: [-0.5, 1], ticks: [-0.5, 0, 0.5, 1] });
    expect(linearAxis(0, 2.3)).toEqual({ domain: [0, 3], ticks: [0, 1, 2, 3] });
  });
  it('has a usable axis for a constant and for nothing', () => {
    expect(linearAxis(0, 0).domain).toEqual([0, 1]);
    // As the means of 0.1 and 0.1 and 0.1 come out.
    expect(linearAxis(0.1, 0.1 + 2 ** -55)).toEqual(linearAxis(0.1, 0.1));
    expect(linearAxis(-0.1 - 2 ** -55, -0.1).domain).toEqual([-0.1, 0]);
    expect(linearAxis(Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY).domain).toEqual([0, 1]);
  });
  it('spans whole decades on a logarithmic axis', () => {
    expect(logAxis(0.02, 2.3)).toEqual({ domain: [0.01, 10], ticks: [0.01, 0.1, 1, 10] });
  });
  it('counts in whole numbers', () => {
    expect(countAxis(10)).toEqual({ domain: [0, 10], ticks: [0, 2, 4, 6, 8, 10] });
    expect(countAxis(3).ticks.every(Number.isInteger)).toBe(true);
  });
  it('grows by a third when it is full and stays put before; never more than a quarter is empty', () => {
    expect(growingAxis(44, 44).domain).toEqual([0, 44]);
    expect(growingAxis(45, 44).domain).toEqual([0, 59]);
    expect(sameAxis(growingAxis(45, 44), growingAxis(59, 44))).toBe(true);
    for (let max = 5; max < 5000; max += 7) expect(max / growingAxis(max, 4).domain[1]).toBeGreaterThan(0.74);
  });
  it('leaves no room beyond the planned end, and reaches what lies beyond it all the same', () => {
    expect(growingAxis(10, 88, 44).domain).toEqual([0, 44]);
    expect(growingAxis(100, 88, 440).domain).toEqual([0, 118]);
    expect(growingAxis(50, 88, 44).domain).toEqual([0, 50]);
  });
});
