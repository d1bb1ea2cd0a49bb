/** Where values lie in a chart, and which point a cursor means. */
import { describe, expect, it } from 'vitest';
import { areaOf, nearest, projection } from '../../src/ui/charts/plot';

describe('projection', () => {
  const area = { x: 44, y: 8, width: 200, height: 100 };
  it('maps the domain onto the plot area, y upwards', () => {
    const { px, py, xAt } = projection(area, { x: { domain: [0, 100], ticks: [] }, y: { domain: [-1, 1], ticks: [] }, log: false });
    expect([px(0), px(50), px(100)]).toEqual([44, 144, 244]);
    expect([py(1), py(0), py(-1)]).toEqual([8, 58, 108]);
    expect(xAt(144)).toBe(50);
  });
  it('stops outliers at the edge', () => {
    const { px, py } = projection(area, { x: { domain: [0, 10], ticks: [] }, y: { domain: [0, 1], ticks: [] }, log: false });
    expect([py(7), py(-3), px(11)]).toEqual([8, 108, 244]);
  });
  it('puts decades at equal distances', () => {
    const { py } = projection(area, { x: { domain: [0, 1], ticks: [] }, y: { domain: [0.01, 1], ticks: [] }, log: true });
    expect(py(0.1)).toBeCloseTo(58, 9);
    expect(py(0)).toBe(108);
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
