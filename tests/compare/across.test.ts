/**
 * Every corpus against every other: scores by hand, intervals only where there are two speakers, what is not
 * measured left empty, and several seeds averaged.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { acrossGroups, acrossMatrix, type AcrossRun } from '../../src/core/compare/across';
import { overFolds } from '../../src/core/compare/cross-validation';
import { acrossFile } from '../../src/core/export/across-file';
import { madeUp } from '../support/compared-runs';

const BOOTSTRAP = { resamples: 400, confidence: 0.95, seed: 1 };
type Row = readonly [id: string, truth: number | null, predicted: number];

/** @param rows of the test part of a run with the classes x, y, z */
const run = (source: string, rows: readonly Row[], unseen: readonly number[] = []): AcrossRun => ({
  source,
  predictions: {
    epoch: 1,
    tasks: ['speaker', 'emotion'],
    classes: [['s'], ['x', 'y', 'z']],
    ids: rows.map(([id]) => id),
    truth: [rows.map(() => 0), rows.map(([, truth]) => truth)],
    predicted: [rows.map(() => 0), rows.map(([, , predicted]) => predicted)],
    checks: [
      { unmeasurable: null, unseen: [], leftOut: 0 },
      { unmeasurable: null, unseen, leftOut: 0 },
    ],
  },
});
/** `b/s1/3`: corpus b, speaker s1. */
const about = (id: string) => {
  const [value, speaker] = id.split('/');
  return { value, speaker: speaker === '?' ? undefined : `${value}/${speaker}` };
};

describe('the matrix', () => {
  const rows: readonly Row[] = [
    // Corpus b: x 2 of 3, y 1 of 2; no z. UAR (2/3 + 1/2) / 2 = 7/12.
    ['b/s1/1', 0, 0],
    ['b/s1/2', 0, 0],
    ['b/s2/3', 0, 2],
    ['b/s1/4', 1, 1],
    ['b/s2/5', 1, 0],
    // Its own speakers: all right.
    ['a/s1/1', 0, 0],
    ['a/s1/2', 1, 1],
    // Without a label.
    ['b/s2/6', null, 0],
  ];

  it('has the recall of each class averaged in a cell, of the classes that occur there', async () => {
    const { values, cells, chance } = await acrossMatrix(
      'emotion',
      [run('a', rows)],
      ['b', 'c'],
      about,
      BOOTSTRAP,
    );
    expect(values).toEqual(['a', 'b', 'c']);
    expect(cells).toHaveLength(9);
    const cell = (source: string, target: string) =>
      cells.find((one) => one.source === source && one.target === target)!;
    expect(cell('a', 'b')).toMatchObject({ runs: 1, utterances: 5, leftOut: 1, by: 'cluster', speakers: 2 });
    expect(cell('a', 'b').value).toBeCloseTo(7 / 12, 12);
    // One speaker: utterances are resampled, and all of them are right.
    expect(cell('a', 'a')).toMatchObject({
      value: 1,
      by: 'utterance',
      speakers: 1,
      interval: { low: 1, high: 1 },
    });
    expect(cells.filter(({ value }) => value === null)).toHaveLength(7);
    expect(chance).toBe(1 / 3);
  });

  it('leaves utterances of a class that training never saw out, and counts them', async () => {
    const { cells } = await acrossMatrix('emotion', [run('a', rows, [1])], [], about, BOOTSTRAP);
    expect(cells).toHaveLength(1);
    const both = await acrossMatrix('emotion', [run('a', rows, [1])], ['b'], about, BOOTSTRAP);
    expect(both.cells[1]).toMatchObject({ utterances: 3, leftOut: 3 });
    expect(both.cells[1]!.value).toBeCloseTo(2 / 3, 12);
  });

  it('averages runs of several seeds, whose own test speakers may differ', async () => {
    const other: readonly Row[] = [
      ['b/s1/1', 0, 1],
      ['b/s2/5', 1, 1],
      ['a/s9/1', 0, 0],
      ['a/s9/2', 1, 0],
    ];
    const { cells } = await acrossMatrix(
      'emotion',
      [run('a', rows), run('a', other)],
      ['a', 'b'],
      about,
      BOOTSTRAP,
    );
    // a: (1 + 1/2) / 2 over two speakers; b: (7/12 + 1/2) / 2.
    expect(cells[0]).toMatchObject({ runs: 2, utterances: 4, speakers: 2, by: 'cluster' });
    expect(cells[0]!.value).toBeCloseTo(0.75, 12);
    expect(cells[1]!.value).toBeCloseTo(13 / 24, 12);
  });

  it('resamples utterances where someone’s speaker is not known', async () => {
    const { cells } = await acrossMatrix(
      'emotion',
      [
        run('a', [
          ['b/?/1', 0, 0],
          ['b/s1/2', 1, 0],
          ['b/s2/3', 0, 0],
        ]),
      ],
      ['b'],
      about,
      BOOTSTRAP,
    );
    expect(cells[1]).toMatchObject({ by: 'utterance', speakers: 0, utterances: 3 });
  });

  it('has intervals around its scores, whatever is predicted; one class alone scores its recall', async () => {
    const row = fc.tuple(
      fc.integer({ min: 1, max: 4 }).chain((speaker) => fc.nat(50).map((n) => `b/s${speaker}/${n}`)),
      fc.integer({ min: 0, max: 2 }),
      fc.integer({ min: 0, max: 2 }),
    );
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(row, { minLength: 1, maxLength: 25, selector: ([id]) => id }),
        async (found) => {
          const { cells } = await acrossMatrix('emotion', [run('a', found)], ['b'], about, {
            ...BOOTSTRAP,
            resamples: 50,
          });
          const { value, interval, utterances } = cells[1]!;
          expect(utterances).toBe(found.length);
          // The definition, once more.
          const recalls = [0, 1, 2].flatMap((k) => {
            const own = found.filter(([, truth]) => truth === k);
            return own.length > 0
              ? [own.filter(([, , predicted]) => predicted === k).length / own.length]
              : [];
          });
          expect(value).toBeCloseTo(recalls.reduce((sum, one) => sum + one, 0) / recalls.length, 12);
          if (interval) {
            expect(interval.low).toBeLessThanOrEqual(interval.high);
            expect(interval.low).toBeGreaterThanOrEqual(0);
            expect(interval.high).toBeLessThanOrEqual(1);
          }
        },
      ),
      { numRuns: 40 },
    );
  });

  it('is a file with a line for every cell', async () => {
    const matrix = await acrossMatrix('emotion', [run('a', rows)], ['a', 'b'], about, BOOTSTRAP);
    const lines = acrossFile(matrix).trimEnd().split('\r\n');
    expect(lines[0]).toBe(
      'trained_on,tested_on,task,uar,low,high,resampled,runs,utterances,speakers,without_score,chance',
    );
    expect(lines).toHaveLength(5);
    expect(lines[2]).toMatch(/^a,b,emotion,0\.58333.*,speakers,1,5,2,1,0\.3333/);
    expect(lines[3]).toBe(`b,a,emotion,,,,,0,0,0,0,${1 / 3}`);
  });
});

it('takes runs of one recipe together, whatever they train on and with which seeds, and no others', () => {
  const split = {
    kind: 'one-to-others',
    column: 'corpus',
    validationFraction: 0.2,
    testFraction: 0.2,
  } as const;
  const one = (id: string, value: string, seed = 1, strategy = 'static') =>
    madeUp(id, { seed, split: { ...split, value }, strategy: { id: strategy, options: {} } }, [[5, 5, 5]]);
  const runs = [
    one('1', 'emodb'),
    one('2', 'ravdess'),
    one('3', 'ravdess', 2),
    one('4', 'emodb', 1, 'dwa'),
    madeUp('5', { split: { kind: 'random', validationFraction: 0.2 } }, [[5, 5, 5]]),
  ];
  expect(acrossGroups(runs).map(({ column, runIds, tasks }) => [column, runIds, tasks])).toEqual([
    ['corpus', ['1', '2', '3'], ['emotion', 'gender']],
    ['corpus', ['4'], ['emotion', 'gender']],
  ]);
  // They are no folds of a cross-validation, though each takes its turn.
  expect(overFolds(runs)).toEqual([]);
});
