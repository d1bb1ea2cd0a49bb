/** Thinned curves over steps, against a plain look at every stretch. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { CurveThinner } from '../../src/core/compare/over-steps';

const thinned = (values: readonly number[], points: number) => {
  const thinner = new CurveThinner(values.length, points);
  values.forEach((value, i) => thinner.push(i + 1, value));
  return thinner.curve();
};

it('keeps the first and the last step and the extremes of every stretch, at no more points than asked for', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: -9, max: 9 }), { minLength: 1, maxLength: 500 }),
      fc.integer({ min: 4, max: 60 }),
      (values, points) => {
        const { steps, values: kept } = thinned(values, points);
        expect(steps.length).toBeLessThanOrEqual(points);
        expect(steps.length).toBeLessThanOrEqual(values.length);
        expect([steps[0], steps.at(-1)]).toEqual([1, values.length]);
        steps.forEach((step, i) => expect(kept[i]).toBe(values[step - 1]));
        expect(steps).toEqual([...new Set(steps)].sort((a, b) => a - b));
        const stretches = Math.floor((points - 2) / 2);
        const stretchOf = (step: number): number => Math.floor(((step - 1) * stretches) / values.length);
        for (let s = 0; s < stretches; s++) {
          const all = values.filter((_, i) => stretchOf(i + 1) === s);
          if (all.length === 0) continue;
          const drawn = kept.filter((_, i) => stretchOf(steps[i]!) === s);
          expect([Math.min(...drawn), Math.max(...drawn)]).toEqual([Math.min(...all), Math.max(...all)]);
        }
      },
    ),
  );
});

it('draws a short run whole, and leaves out what is no number', () => {
  expect(thinned([3, 1, 2], 240)).toEqual({ steps: [1, 2, 3], values: [3, 1, 2] });
  expect(thinned([3, Number.NaN, 2, Number.POSITIVE_INFINITY], 240)).toEqual({
    steps: [1, 3],
    values: [3, 2],
  });
  expect(new CurveThinner(0, 240).curve()).toEqual({ steps: [], values: [] });
});
