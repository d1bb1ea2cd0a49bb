/** One cursor for charts that count the same: who points, who is told, who may end it. */
import { expect, it } from 'vitest';
import { CursorLink } from '../../src/ui/charts/linked-cursor';

it('tells where a chart is read, once, and is ended only by that chart', () => {
  const link = new CursorLink();
  const seen: (number | null)[] = [];
  const off = link.subscribe(() => {
    seen.push(link.read()?.x ?? null);
  });
  link.point({ by: 'a', unit: 'step', x: 3 });
  link.point({ by: 'a', unit: 'step', x: 3 });
  link.point({ by: 'b', unit: 'step', x: 4 });
  link.leave('a');
  expect(link.read()).toEqual({ by: 'b', unit: 'step', x: 4 });
  link.leave('b');
  expect(seen).toEqual([3, 4, null]);
  off();
  link.point({ by: 'a', unit: 'epoch', x: 1 });
  expect(seen).toHaveLength(3);
});
