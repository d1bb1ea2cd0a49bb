/** Marks in a chart's CSV: a cell at the row of their x, or a row of their own where no row has it. */
import { expect, it } from 'vitest';
import { marksInKey, withMarks, type Marks } from '../../src/ui/charts/marks';

const marks: Marks = {
  column: 'mark',
  veilBefore: null,
  words: { strategy: 'strategy changed', options: 'options changed', instruments: 'measured otherwise' },
  marks: [
    { key: 'a', kind: 'options', at: { step: 6, epoch: 2 }, label: '→ static' },
    { key: 'b', kind: 'strategy', at: { step: 7, epoch: 2.4 }, label: 'Fork: FAMO' },
  ],
};

it('adds one column, filled at the marked step', () => {
  const { header, rows } = withMarks(
    {
      header: ['step', 'loss'],
      rows: [
        [5, 1],
        [6, 0.9],
        [7, 0.8],
      ],
    },
    marks,
    'step',
  );
  expect(header).toEqual(['step', 'loss', 'mark']);
  expect(rows).toEqual([
    [5, 1, null],
    [6, 0.9, '→ static'],
    [7, 0.8, 'Fork: FAMO'],
  ]);
});

it('gives a mark between two epochs a row of its own', () => {
  const { rows } = withMarks(
    {
      header: ['epoch', 'a', 'b'],
      rows: [
        [1, 1, 2],
        [2, 3, 4],
        [3, 5, 6],
      ],
    },
    marks,
    'epoch',
  );
  expect(rows).toEqual([
    [1, 1, 2, null],
    [2, 3, 4, '→ static'],
    [2.4, null, null, 'Fork: FAMO'],
    [3, 5, 6, null],
  ]);
});

it('leaves a chart without marks as it is', () => {
  const table = { header: ['step'], rows: [[1]] };
  expect(withMarks(table, { ...marks, marks: [] }, 'step')).toEqual(table);
});

it('names each kind that occurs once in the key, told apart by more than words', () => {
  const key = marksInKey({ ...marks, marks: [...marks.marks, { ...marks.marks[0]!, key: 'c' }] });
  expect(key.map(({ label }) => label)).toEqual(['strategy changed', 'options changed']);
  expect(new Set(key.map(({ dash, marker }) => `${dash} ${marker}`)).size).toBe(2);
});
