/** Two runs in one table: nothing is lost, nothing is shifted. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { beside } from '../../src/core/export/beside';

it('puts the other run’s cells beside the steps that both have, and gives the rest rows of their own', () => {
  const own = {
    header: ['step', 'epoch', 'loss'],
    rows: [
      [1, 1, 0.5],
      [2, 1, 0.4],
      [3, 2, 0.3],
    ],
  };
  const other = {
    header: ['step', 'parent_loss'],
    rows: [
      [3, 9],
      [4, 8],
    ],
  };
  expect(beside(own, other)).toEqual({
    header: ['step', 'epoch', 'loss', 'parent_loss'],
    rows: [
      [1, 1, 0.5, null],
      [2, 1, 0.4, null],
      [3, 2, 0.3, 9],
      [4, null, null, 8],
    ],
  });
  expect(beside(own, null)).toBe(own);
});

it('keeps every cell of both, in ascending order', () => {
  const steps = fc.uniqueArray(fc.nat(40)).map((list) => list.toSorted((a, b) => a - b));
  fc.assert(
    fc.property(steps, steps, (mine, theirs) => {
      const { rows } = beside(
        { header: ['x', 'a'], rows: mine.map((x) => [x, `a${x}`]) },
        { header: ['x', 'b', 'c'], rows: theirs.map((x) => [x, `b${x}`, `c${x}`]) },
      );
      expect(rows.map(([x]) => x)).toEqual([...new Set([...mine, ...theirs])].sort((a, b) => a - b));
      for (const [x, a, b, c] of rows)
        expect([a, b, c]).toEqual([
          mine.includes(Number(x)) ? `a${x}` : null,
          theirs.includes(Number(x)) ? `b${x}` : null,
          theirs.includes(Number(x)) ? `c${x}` : null,
        ]);
    }),
  );
});
