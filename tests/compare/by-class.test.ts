/** Scores by class over seeds, from matrices small enough to be counted by hand. */
import { describe, expect, it } from 'vitest';
import { classView } from '../../src/core/compare/by-class';
import { groupRuns } from '../../src/core/compare/groups';
import type { ComparedRun } from '../../src/core/compare/values';
import { classFile } from '../../src/core/export/comparison-files';
import type { ConfusionMatrix } from '../../src/core/tasks/metrics/types';
import { madeUp } from '../support/compared-runs';
import { tasksOf } from '../support/tasks';

const LAST = { metric: 'uar', side: 'validation', moment: 'last' } as const;
const weighted = { strategy: { id: 'weighted-average', options: { detached: false } } } as const;

/** One epoch whose validation matrix of emotion is this one. */
function withMatrix(
  id: string,
  config: Parameters<typeof madeUp>[1],
  confusion: ConfusionMatrix,
  more: Partial<ComparedRun> = {},
): ComparedRun {
  const run = madeUp(id, config, [[5, 5, 5]], more);
  return {
    ...run,
    epochs: run.epochs.map((epoch) => ({
      ...epoch,
      validation: {
        ...epoch.validation,
        tasks: epoch.validation.tasks.map((task, i) => (i === 0 ? { ...task, confusion } : task)),
      },
    })),
  };
}

/** Recall 3/4 and 1/2, precision 3/4 and 1/2; then 1/4 and 1, 1 and 2/5. */
const runs = [
  withMatrix('a1', { seed: 1 }, [
    [3, 1],
    [1, 1],
  ]),
  withMatrix('a2', { seed: 2 }, [
    [1, 3],
    [0, 2],
  ]),
  withMatrix('b1', { ...weighted, seed: 1 }, [
    [4, 0],
    [2, 0],
  ]),
  withMatrix('b2', { ...weighted, seed: 2 }, [
    [4, 0],
    [1, 1],
  ]),
  withMatrix('b3', { ...weighted, seed: 3 }, [
    [1, 1],
    [0, 0],
  ]),
];
const groups = groupRuns(runs);
const [baseline, other] = [groups[0]!, groups[1]!];

describe('scores by class over seeds', () => {
  it('are means over a recipe’s own seeds; the difference is over the common ones', () => {
    const { rows, classes } = classView(groups, baseline, 'emotion', 'recall', LAST);
    expect(classes).toEqual(['a', 'b']);
    expect(rows[0]!.cells.map(({ value }) => value!.mean)).toEqual([0.5, 0.75]);
    // 3/4 and 1/4: sd = 0.5 / sqrt(2).
    expect(rows[0]!.cells[0]!.value!.sd).toBeCloseTo(0.5 * Math.SQRT1_2, 12);
    expect(rows[0]!.cells.map(({ delta, pairs }) => [delta, pairs])).toEqual([
      [0, 2],
      [0, 2],
    ]);
    expect(rows[1]!.cells[0]).toMatchObject({ value: { n: 3 }, delta: 0.5, pairs: 2, absent: 0 });
    expect(rows[1]!.cells[0]!.value!.mean).toBeCloseTo((1 + 1 + 0.5) / 3, 12);
  });

  it('leave out a seed without the class, and count it', () => {
    const [, cell] = classView(groups, baseline, 'emotion', 'recall', LAST).rows[1]!.cells;
    expect(cell).toMatchObject({ value: { n: 2, mean: 0.25 }, absent: 1, pairs: 2, delta: -0.5 });
    expect(other.runs).toHaveLength(3);
  });

  it('precision and F1 are scikit-learn’s: zero where nothing was taken for the class', () => {
    const precision = classView(groups, baseline, 'emotion', 'precision', LAST).rows;
    expect(precision[0]!.cells.map(({ value }) => value!.mean)).toEqual([
      (3 / 4 + 1) / 2,
      (1 / 2 + 2 / 5) / 2,
    ]);
    expect(precision[1]!.cells[1]!.value!.mean).toBe((0 + 1) / 2);
    // 2 hits / (support + predicted): 6/8 and 2/5; 2/4 and 4/7.
    const f1 = classView(groups, baseline, 'emotion', 'f1', LAST).rows[0]!.cells;
    expect(f1[0]!.value!.mean).toBeCloseTo((6 / 8 + 2 / 5) / 2, 12);
    expect(f1[1]!.value!.mean).toBeCloseTo((2 / 4 + 4 / 7) / 2, 12);
  });

  it('of one seed have no spread; without a common seed no difference', () => {
    const apart = groupRuns([
      runs[0]!,
      withMatrix('x', { ...weighted, seed: 9 }, [
        [4, 0],
        [2, 0],
      ]),
    ]);
    const [cell] = classView(apart, apart[0]!, 'emotion', 'recall', LAST).rows[1]!.cells;
    expect(cell).toMatchObject({ value: { n: 1, mean: 1, sd: null }, delta: null, pairs: 0 });
  });

  it('tell which recipes are left out: other classes, no such task, not so far', () => {
    const named = withMatrix(
      'n',
      { ...weighted, seed: 1, epochs: 7 },
      [
        [1, 1],
        [1, 1],
      ],
      {
        classes: [
          ['a', 'z'],
          ['a', 'b'],
          ['a', 'b'],
        ],
      },
    );
    const single = madeUp('s', { tasks: tasksOf('gender'), architecture: 'vgg11-single', seed: 1 }, [[5]]);
    const all = groupRuns([...runs, named, single]);
    const view = classView(all, all[0]!, 'emotion', 'recall', LAST);
    expect([
      view.rows.length,
      view.otherClasses.map(({ runs: [run] }) => run!.id),
      view.missing.map(({ runs: [run] }) => run!.id),
    ]).toEqual([2, ['n'], ['s']]);
    expect(classView(all, all[0]!, 'emotion', 'recall', { ...LAST, moment: 5 }).rows).toEqual([]);
    // A baseline without the task: the others have nothing to differ from.
    const without = classView(all, all.at(-1)!, 'emotion', 'recall', LAST);
    expect(without.rows.map(({ cells }) => cells[0]!.delta)).toEqual([null, null]);
  });

  it('as a file: one row a recipe, class and measure', () => {
    const views = (['recall', 'f1'] as const).map((measure) => ({
      measure,
      view: classView(groups, baseline, 'emotion', measure, LAST),
    }));
    const lines = classFile(views, 'emotion', LAST, (group) => ({
      letter: group === baseline ? 'A' : 'B',
      name: group.config.strategy.id,
    }))
      .trimEnd()
      .split('\r\n');
    expect(lines[0]).toBe(
      'letter,recipe,strategy,task,class,measure,side,at,mean,sd,n,seeds_without_class,delta,delta_pairs',
    );
    expect(lines).toHaveLength(1 + 2 * 2 * 2);
    expect(lines[4]).toMatch(
      /^B,weighted-average,weighted-average,emotion,b,recall,validation,last,0\.25,0\.3535\d*,2,1,-0\.5,2$/,
    );
  });
});
