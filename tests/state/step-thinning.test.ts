/**
 * Drawing a run is bounded work however long it is, and what is drawn keeps the extremes. Reference: a plain
 * scan of every stretch.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { StepRow } from '../../src/core/training/events';
import { StepSeries } from '../../src/state/run/step-series';

const POINTS = 240;
const rowsOf = (sums: readonly number[], from = 1): StepRow[] =>
  sums.map((sum, i) => ({
    step: from + i,
    epoch: 1,
    total: sum,
    losses: [sum, 0, 0],
    nominal: [],
    effective: [],
    ms: 1,
    waitMs: 0,
  }));

function scanned(rows: readonly StepRow[], points: number): readonly StepRow[] {
  if (rows.length <= points) return rows;
  const stretches = Math.floor((points - 2) / 2);
  const at = (s: number): number => 1 + Math.floor((s * (rows.length - 2)) / stretches);
  const inner = Array.from({ length: stretches }, (_, s) => {
    const stretch = rows.slice(at(s), at(s + 1));
    const sums = stretch.map(({ total }) => total);
    const [low, high] = [sums.indexOf(Math.min(...sums)), sums.indexOf(Math.max(...sums))];
    return [...new Set([low, high].sort((a, b) => a - b))].map((i) => stretch[i]!);
  });
  return [rows[0]!, ...inner.flat(), rows.at(-1)!];
}

describe('a run thinned for drawing', () => {
  it('is what a plain scan finds, also when it grows, and when a resumed run takes steps back', () => {
    fc.assert(
      fc.property(
        fc.array(fc.array(fc.integer({ min: 0, max: 50 }), { minLength: 1, maxLength: 300 }), {
          minLength: 1,
          maxLength: 5,
        }),
        fc.nat(400),
        fc.integer({ min: 4, max: 60 }),
        (batches, back, points) => {
          const series = new StepSeries();
          let rows: StepRow[] = [];
          for (const [i, batch] of batches.entries()) {
            const kept = i === 2 ? Math.max(0, rows.length - back) : rows.length;
            const more = rowsOf(batch, kept + 1);
            series.push(more);
            rows = [...rows.slice(0, kept), ...more];
            expect(series.rows(points)).toEqual(scanned(rows, points));
          }
        },
      ),
      { numRuns: 60 },
    );
  });

  it('with 100,000 and 1,000,000 steps draws 240 points at most and looks at fewer rows than a plain scan of 40,000', () => {
    for (const length of [100_000, 1_000_000]) {
      const series = new StepSeries();
      series.reset(
        rowsOf(Array.from({ length }, (_, i) => 2 + Math.sin(i / 1000) + ((i * 7919) % 101) / 100)),
      );
      series.push(rowsOf([9], length + 1));
      const before = series.sums.looked;
      const drawn = series.rows(POINTS);
      expect(drawn.length).toBeLessThanOrEqual(POINTS);
      expect(drawn[0]!.step).toBe(1);
      expect(drawn.at(-1)!.step).toBe(length + 1);
      expect(series.sums.looked - before).toBeLessThan(40_000);
    }
  });

  it('keeps a single spike, and what is no number', () => {
    const sums = Array.from({ length: 100_000 }, () => 1);
    sums[54_321] = 99;
    sums[77_777] = Number.NaN;
    const series = new StepSeries();
    series.reset(rowsOf(sums));
    const steps = series.rows(POINTS).map(({ step }) => step);
    expect(steps).toContain(54_322);
    expect(steps).toContain(77_778);
  });
});
