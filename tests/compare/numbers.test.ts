/**
 * Numbers where runs are compared: read by their own metric, in their own direction, and never beside another
 * kind's; intervals on the utterances of two against SciPy, which is given the same draws.
 */
import { beforeAll, describe, expect, it } from 'vitest';
import { comparedKinds, comparedTasks } from '../../src/core/compare/compared-tasks';
import { groupRuns } from '../../src/core/compare/groups';
import { comparePair, type RunPredictions } from '../../src/core/compare/on-utterances';
import { answerSeeds, seedQuestions } from '../../src/core/compare/over-seeds';
import { staircase } from '../../src/core/compare/pareto';
import { paretoView } from '../../src/core/compare/pareto-view';
import { tableRows } from '../../src/core/compare/table';
import { metricOf, valueOf, type ComparedRun, type Reading } from '../../src/core/compare/values';
import { allRunsFile, tableFile } from '../../src/core/export/comparison-files';
import { numberMetrics } from '../../src/core/tasks/metrics/confusion';
import { taskOfColumn } from '../../src/core/tasks/of-column';
import { PAPER_TASKS } from '../../src/core/tasks/presets';
import type { RunConfig } from '../../src/core/config/run-config';
import { madeUp } from '../support/compared-runs';
import { guard } from '../support/fidelity';
import { fixtureBytes } from '../support/fixture';

interface Ends {
  readonly value: number;
  readonly percentile: readonly [number, number];
  readonly bca: readonly [number, number] | null;
}
interface Index {
  readonly seed: number;
  readonly resamples: number;
  readonly confidence: number;
  readonly cases: readonly {
    readonly speakers: readonly number[];
    readonly by: 'speaker' | 'utterance';
    readonly truth: readonly (number | null)[];
    readonly first: readonly number[];
    readonly second: readonly number[];
    readonly found: Readonly<Record<string, Readonly<Record<'first' | 'second' | 'difference', Ends>>>>;
  }[];
}

let index: Index;
beforeAll(async () => {
  index = JSON.parse(new TextDecoder().decode(await fixtureBytes('stats_numbers.json'))) as Index;
});

it('intervals of CCC, Pearson, MAE and RMSE and of their differences', async () => {
  const { seed, resamples, confidence, cases } = index;
  let worst = 0;
  let ends = 0;
  for (const { speakers, by, truth, first, second, found } of cases) {
    const ids = truth.map((_, i) => `u${i}`);
    const run = (predicted: readonly number[]): RunPredictions => ({
      epoch: 1,
      tasks: ['valence'],
      classes: [[]],
      ids,
      truth: [truth],
      predicted: [predicted],
    });
    const speakerOf = new Map(ids.map((id, i) => [id, `s${speakers[i]}`]));
    const answer = await comparePair(run(first), run(second), speakerOf, { seed, resamples, confidence });
    if (answer.kind !== 'compared') throw new Error(answer.kind);
    expect(answer.tasks).toEqual([]);
    const [task] = answer.numbers;
    expect(task).toMatchObject({
      by: by === 'speaker' ? 'cluster' : by,
      labelled: truth.filter((target) => target !== null).length,
    });
    expect(Object.keys(task!.intervals!)).toEqual(Object.keys(found));
    for (const [metric, parts] of Object.entries(found))
      for (const part of ['first', 'second', 'difference'] as const) {
        const [ours, theirs] = [task!.intervals![metric]![part], parts[part]];
        expect(ours.bca === null).toBe(theirs.bca === null);
        const pairs = [
          [ours.value, theirs.value],
          [ours.percentile.low, theirs.percentile[0]],
          [ours.percentile.high, theirs.percentile[1]],
          ...(ours.bca
            ? [[ours.bca.low, theirs.bca![0]] as const, [ours.bca.high, theirs.bca![1]] as const]
            : []),
        ] as const;
        for (const [a, b] of pairs) worst = Math.max(worst, Math.abs(a - b));
        ends += pairs.length;
      }
  }
  expect(ends).toBeGreaterThan(5 * 4 * 3 * 3);
  guard({
    chapter: 'statistics',
    quantity:
      'bootstrap of CCC, Pearson, MAE and RMSE by speaker or utterance (stats.bootstrap, the same draws)',
    reference: 'scipy, scikit-learn',
    unit: 'absolute',
    tolerance: 1e-10,
    worst,
  });
});

it('a metric without a value in some resample has no interval', async () => {
  // The first model always says the same of the first speaker: drawn alone, nothing varies.
  const truth = [1, 2, 3, 4, 2, 3];
  const run = (predicted: readonly number[]): RunPredictions => ({
    epoch: 1,
    tasks: ['valence'],
    classes: [[]],
    ids: truth.map((_, i) => `u${i}`),
    truth: [truth],
    predicted: [predicted],
  });
  const speakerOf = new Map(truth.map((_, i) => [`u${i}`, i < 3 ? 'a' : 'b']));
  const options = { resamples: 200, confidence: 0.95, seed: 1 };
  const answer = await comparePair(run([2, 2, 2, 3, 2, 4]), run([1, 2, 2, 3, 2, 4]), speakerOf, options);
  if (answer.kind !== 'compared') throw new Error(answer.kind);
  expect(Object.keys(answer.numbers[0]!.intervals!)).toEqual(['ccc', 'mae', 'rmse']);
});

const VALENCE = taskOfColumn({ id: 'valence', kind: 'number' }, PAPER_TASKS)!;
const [EMOTION] = PAPER_TASKS;
const TASKS = [EMOTION!, VALENCE];

/** @param scores CCC and MAE of its last epoch */
function withNumber(
  id: string,
  config: Partial<RunConfig>,
  [ccc, mae]: readonly [number, number],
): ComparedRun {
  const run = madeUp(id, { tasks: TASKS, ...config }, [[8, 5]]);
  const number = numberMetrics({ count: 10, ccc, pearson: ccc, mae, rmse: mae }, 1 - ccc);
  const [epoch] = run.epochs;
  const side = { ...epoch!.validation, tasks: [epoch!.validation.tasks[0]!, number] };
  return { ...run, classes: [['a', 'b'], []], epochs: [{ ...epoch!, validation: side, train: side }] };
}

describe('runs with a number among their tasks', () => {
  const better = { strategy: { id: 'weighted-average', options: {} } } as const;
  const runs = [1, 2, 3].flatMap((seed) => [
    withNumber(`plain ${seed}`, { seed }, [0.4, 0.6]),
    withNumber(`better ${seed}`, { seed, ...better }, [0.5 + seed / 100, 0.5]),
  ]);
  const groups = groupRuns(runs);
  const configs = groups.map(({ config }) => config);
  const reading: Reading = {
    metric: 'uar',
    number: 'mae',
    side: 'validation',
    moment: 'last',
    kinds: comparedKinds(configs),
  };

  it('has each task read by a metric of its kind', () => {
    expect(comparedTasks(configs)).toEqual(['emotion', 'valence']);
    expect(['emotion', 'valence'].map((task) => metricOf(reading, task))).toEqual(['uar', 'mae']);
    expect(['emotion', 'valence'].map((task) => valueOf(runs[0]!, task, reading))).toEqual([0.8, 0.6]);
    // Without a choice: the one that is looked at by first.
    expect(valueOf(runs[0]!, 'valence', { metric: 'uar', side: 'validation', moment: 'last' })).toBe(0.4);
  });

  it('has a gain where the error falls', () => {
    const questions = seedQuestions(groups[0]!, groups, ['emotion', 'valence'], reading);
    expect(questions.map(({ task, metric, gains }) => [task, metric, gains])).toEqual([
      ['emotion', 'uar', [0, 0, 0]],
      ['valence', 'mae', [0.1, 0.1, 0.1]],
    ]);
    const byCcc = seedQuestions(groups[0]!, groups, ['valence'], { ...reading, number: 'ccc' });
    expect(byCcc[0]!.gains).toEqual([0.11, 0.12, 0.13]);
    expect(answerSeeds(byCcc)[0]!.interval!.mean).toBeCloseTo(0.12, 12);
  });

  it('has a front on which each axis is better its own way', () => {
    const view = paretoView(groups, ['emotion', 'valence'], reading, 'groups');
    // Equal in UAR, less error: the second dominates.
    expect(view.judged.map(({ dominatedBy }) => dominatedBy)).toEqual([[groups[1]!.key], []]);
    const front = [
      { x: 0.6, y: 0.2 },
      { x: 0.8, y: 0.4 },
    ];
    expect(staircase(front, { x: false, y: true }, { x: [0, 1], y: [0, 1] })).toEqual([
      { x: 0, y: 0.2 },
      { x: 0.6, y: 0.2 },
      { x: 0.6, y: 0.4 },
      { x: 0.8, y: 0.4 },
      { x: 0.8, y: 1 },
    ]);
  });

  it('has columns of its own in the files', () => {
    const [head, first] = allRunsFile([runs[0]!])
      .split('\r\n')
      .slice(0, 3)
      .map((line) => line.split(','));
    expect(head!.slice(-5)).toEqual(['count', 'ccc', 'pearson', 'mae', 'rmse']);
    expect(first!.slice(-5)).toEqual(['', '', '', '', '']);
    expect(allRunsFile([runs[0]!]).split('\r\n')[2]!.split(',').slice(-5)).toEqual([
      '10',
      '0.4',
      '0.4',
      '0.6',
      '0.6',
    ]);
    expect(allRunsFile([madeUp('x', {}, [[5, 5, 5]])]).split('\r\n')[0]).not.toContain('ccc');
    const rows = tableRows(groups, groups[0]!, ['emotion', 'valence'], reading, 'groups');
    const [header, line] = tableFile(rows, [], ['emotion', 'valence'], reading, () => 'x')
      .split('\r\n')
      .map((one) => one.split(','));
    expect(rows[0]!.scores.map(({ value }) => value!.mean.toFixed(12))).toEqual([
      '0.800000000000',
      '0.600000000000',
    ]);
    expect(Object.fromEntries(header!.map((name, i) => [name, line![i]]))).toMatchObject({
      metric: 'uar',
      metric_of_numbers: 'mae',
      valence_n: '3',
    });
  });

  it('is never set beside another run’s classes of the same name', () => {
    const classes = { ...EMOTION!, id: 'valence', column: 'valence', slot: 3 };
    const other = madeUp('classes', { tasks: [EMOTION!, classes], ...better, seed: 1 }, [[8, 9]]);
    const mixed = groupRuns([runs[0]!, other]);
    const of: Reading = { ...reading, kinds: comparedKinds(mixed.map(({ config }) => config)) };
    expect(valueOf(other, 'valence', of)).toBeNull();
    expect(seedQuestions(mixed[0]!, mixed, ['valence'], of).flatMap(({ pairs }) => pairs)).toEqual([]);
  });
});
