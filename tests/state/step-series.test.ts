/** The step rows behind the charts: repeated steps replace what was there, measured ones stand apart. */
import { expect, it } from 'vitest';
import type { StepRow } from '../../src/core/training/events';
import { StepSeries } from '../../src/state/run/step-series';

const row = (step: number, measured: boolean): StepRow => ({
  step,
  epoch: 1,
  total: 1,
  losses: [step],
  nominal: [1],
  effective: [1],
  ms: 1,
  waitMs: 0,
  ...(measured ? { gradients: { level: 'representation', norms: [step], cosines: [], shares: [1] } } : {}),
});
const steps = (rows: readonly StepRow[]): number[] => rows.map(({ step }) => step);

it('keeps the rows with gradients together, through repeated steps and another run', () => {
  const series = new StepSeries();
  series.push([1, 2, 3, 4, 5, 6].map((step) => row(step, step % 2 === 1)));
  expect(steps(series.measured(100))).toEqual([1, 3, 5]);
  series.push([row(4, true), row(5, false)]);
  expect(steps(series.rows(100))).toEqual([1, 2, 3, 4, 5]);
  expect(steps(series.measured(100))).toEqual([1, 3, 4]);
  series.reset([row(7, true), row(8, false)]);
  expect(steps(series.measured(100))).toEqual([7]);
});

it('thins thousands of measured steps and keeps the ends', () => {
  const series = new StepSeries();
  series.push(Array.from({ length: 100_000 }, (_, i) => row(i + 1, i % 10 === 0)));
  const thinned = steps(series.measured(240));
  expect(thinned.length).toBeLessThanOrEqual(240);
  expect([thinned[0], thinned.at(-1)]).toEqual([1, 99_991]);
});
