/** Where values lie in a chart, and which point a cursor means. */
import { describe, expect, it } from 'vitest';
import { bandPath, linePath, lonePoints, markedPoints } from '../../src/ui/charts/paths';
import { areaOf, nearest, projection } from '../../src/ui/charts/plot';

describe('projection', () => {
  const area = { x: 44, y: 8, width: 200, height: 100 };
  it('maps the domain onto the plot area, y upwards', () => {
    const { px, py, xAt } = projection(area, {
      x: { domain: [0, 100], ticks: [] },
      y: { domain: [-1, 1], ticks: [] },
      log: false,
    });
    expect([px(0), px(50), px(100)]).toEqual([44, 144, 244]);
    expect([py(1), py(0), py(-1)]).toEqual([8, 58, 108]);
    expect(xAt(144)).toBe(50);
  });
  it('stops outliers at the edge', () => {
    const { px, py } = projection(area, {
      x: { domain: [0, 10], ticks: [] },
      y: { domain: [0, 1], ticks: [] },
      log: false,
    });
    expect([py(7), py(-3), px(11)]).toEqual([8, 108, 244]);
  });
  it('puts decades at equal distances', () => {
    const { py } = projection(area, {
      x: { domain: [0, 1], ticks: [] },
      y: { domain: [0.01, 1], ticks: [] },
      log: true,
    });
    expect(py(0.1)).toBeCloseTo(58, 9);
    expect([py(0), py(-1), py(Number.NaN), py(Number.POSITIVE_INFINITY)]).toEqual([
      Number.NaN,
      Number.NaN,
      Number.NaN,
      Number.NaN,
    ]);
  });
  it('leaves room for labels', () => {
    expect(areaOf(300, 190, false).width - areaOf(300, 190, true).width).toBe(58);
  });
});

describe('nearest', () => {
  it('finds the nearest point, the earlier of two equally near', () => {
    expect([0, 1.4, 1.5, 1.6, 9].map((x) => nearest([1, 2, 5], x))).toEqual([0, 0, 0, 1, 2]);
    expect(nearest([], 1)).toBe(-1);
  });
});

describe('gaps', () => {
  const area = { x: 0, y: 0, width: 100, height: 100 };
  const log = projection(area, {
    x: { domain: [0, 4], ticks: [] },
    y: { domain: [0.01, 1], ticks: [] },
    log: true,
  });
  it('breaks a line where a logarithmic axis has no place for a value', () => {
    expect(linePath({ xs: [0, 1, 2, 3, 4], ys: [1, 0.1, 0, 0.1, 0.01] }, log)).toBe(
      'M0.0,0.0L25.0,50.0M75.0,50.0L100.0,100.0',
    );
    expect(linePath({ xs: [0, 1], ys: [0, -1] }, log)).toBe('');
  });
  it('names points that stand alone between two gaps', () => {
    expect(lonePoints({ xs: [0, 1, 2, 3, 4], ys: [1, 0, 0.1, Number.NaN, 1] }, log)).toEqual([0, 2, 4]);
  });
  it('draws a band in its stretches', () => {
    const linear = projection(area, {
      x: { domain: [0, 4], ticks: [] },
      y: { domain: [0, 1], ticks: [] },
      log: false,
    });
    const ys = [0.5, 0.5, Number.NaN, 0.5, 0.5];
    expect(bandPath({ xs: [0, 1, 2, 3, 4], ys, band: { low: ys, high: [1, 1, 1, 1, 1] } }, linear)).toBe(
      'M0.0,0.0L25.0,0.0L25.0,50.0L0.0,50.0ZM75.0,0.0L100.0,0.0L100.0,50.0L75.0,50.0Z',
    );
  });
});

describe('markers', () => {
  const to = projection(
    { x: 0, y: 0, width: 220, height: 100 },
    { x: { domain: [0, 22], ticks: [] }, y: { domain: [0, 1], ticks: [] }, log: false },
  );
  const line = (count: number, step: number) => ({
    xs: Array.from({ length: count }, (_, i) => i * step),
    ys: Array.from({ length: count }, () => 0.5),
  });
  it('stand on every point where there is room, else on every second or third, the last always', () => {
    expect(markedPoints(line(5, 5), to)).toEqual([0, 1, 2, 3, 4]);
    expect(markedPoints(line(8, 1), to)).toEqual([1, 3, 5, 7]);
    expect(markedPoints(line(75, 22 / 74), to)).toEqual([
      2, 6, 10, 14, 18, 22, 26, 30, 34, 38, 42, 46, 50, 54, 58, 62, 66, 70, 74,
    ]);
    expect(markedPoints(line(1, 1), to)).toEqual([0]);
    expect(markedPoints(line(0, 1), to)).toEqual([]);
  });
});
