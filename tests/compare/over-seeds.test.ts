/** Table, curves and tests over seeds of made-up runs, whose numbers are known by hand. */
import { describe, expect, it } from 'vitest';
import { groupRuns } from '../../src/core/compare/groups';
import { curveOf } from '../../src/core/compare/over-epochs';
import { answerSeeds, seedQuestions } from '../../src/core/compare/over-seeds';
import { tableRows } from '../../src/core/compare/table';
import { valueOf } from '../../src/core/compare/values';
import { allRunsFile, seedTestsFile, tableFile } from '../../src/core/export/comparison-files';
import { madeUp } from '../support/compared-runs';
import { tasksOf } from '../support/tasks';

const weighted = { strategy: { id: 'weighted-average', options: { detached: false } } } as const;
const LAST = { metric: 'uar', side: 'validation', moment: 'last' } as const;

const baselineRuns = [
  madeUp('a1', { seed: 1 }, [
    [2, 5, 5],
    [4, 5, 5],
  ]),
  madeUp('a2', { seed: 2 }, [
    [3, 5, 5],
    [6, 5, 5],
  ]),
  madeUp('a3', { seed: 3 }, [
    [1, 5, 5],
    [5, 5, 5],
    [9, 9, 9],
  ]),
];
const otherRuns = [
  madeUp('b1', { ...weighted, seed: 1 }, [
    [2, 5, 6],
    [8, 5, 4],
  ]),
  madeUp('b2', { ...weighted, seed: 2 }, [
    [9, 5, 6],
    [7, 5, 4],
  ]),
  madeUp('b9', { ...weighted, seed: 9 }, [[1, 1, 1]]),
];
const [baseline, other] = groupRuns([...baselineRuns, ...otherRuns]) as [
  ReturnType<typeof groupRuns>[number],
  ReturnType<typeof groupRuns>[number],
];

describe('one number of a run', () => {
  it('at the best epoch, the last, or one by its number', () => {
    const run = otherRuns[1]!;
    expect([
      valueOf(run, 'emotion', { ...LAST, moment: 'best' }),
      valueOf(run, 'emotion', LAST),
      valueOf(run, 'emotion', { ...LAST, moment: 1 }),
    ]).toEqual([0.9, 0.7, 0.9]);
    expect(valueOf(run, 'emotion', { ...LAST, side: 'train' })).toBeCloseTo(0.8, 12);
    expect(valueOf(run, 'gender', { ...LAST, metric: 'loss' })).toBeCloseTo(2.4, 12);
  });

  it('is null where the run has not got so far, has no such task, or diverged', () => {
    expect(valueOf(otherRuns[0]!, 'emotion', { ...LAST, moment: 3 })).toBeNull();
    expect(valueOf(madeUp('x', { tasks: tasksOf('gender') }, [[5]]), 'emotion', LAST)).toBeNull();
    const broken = madeUp('x', {}, [[5, 5, 5]]);
    const epochs = broken.epochs.map((epoch) => ({
      ...epoch,
      validation: {
        ...epoch.validation,
        tasks: epoch.validation.tasks.map((task) => ({ ...task, loss: Number.NaN })),
      },
    }));
    expect(valueOf({ ...broken, epochs }, 'emotion', { ...LAST, metric: 'loss' })).toBeNull();
  });
});

describe('table', () => {
  it('has means over a recipe’s own seeds, and differences over the common ones', () => {
    const [first, second] = tableRows([baseline, other], baseline, ['emotion', 'gender'], LAST, 'groups');
    expect(first!.scores[0]).toMatchObject({ delta: 0, pairs: 3 });
    expect(first!.scores[0]!.value!.mean).toBeCloseTo((0.4 + 0.6 + 0.9) / 3, 12);
    expect(second!.scores[0]!.value).toMatchObject({ n: 3 });
    expect(second!.scores[0]!.pairs).toBe(2);
    expect(second!.scores[0]!.delta).toBeCloseTo((0.8 - 0.4 + (0.7 - 0.6)) / 2, 12);
    expect(second!.scores[1]!.delta).toBeCloseTo(-0.1, 12);
  });

  it('of single runs: each against the baseline’s run of its seed', () => {
    const rows = tableRows([baseline, other], baseline, ['emotion'], LAST, 'runs');
    expect(
      rows.map(({ key, scores }) => [
        key,
        scores[0]!.delta === null ? null : Math.round(scores[0]!.delta * 10),
      ]),
    ).toEqual([
      ['a1', 0],
      ['a2', 0],
      ['a3', 0],
      ['b1', 4],
      ['b2', 1],
      ['b9', null],
    ]);
  });
});

describe('curves', () => {
  it('go as far as every seed has got, and count what is left out', () => {
    const curve = curveOf(baseline, 'emotion', LAST);
    expect(curve).toMatchObject({ epochs: [1, 2], beyond: 1, seeds: 3 });
    expect(curve.mean[1]).toBeCloseTo(0.5, 12);
    expect(curve.high[1]! - curve.mean[1]!).toBeCloseTo(0.1, 12);
    expect(curve.mean[1]! - curve.low[1]!).toBeCloseTo(0.1, 12);
  });

  it('of one seed have no width; of a task that nobody has, no points', () => {
    const [alone] = groupRuns([madeUp('x', { tasks: tasksOf('emotion') }, [[3], [4]])]);
    expect(curveOf(alone!, 'emotion', LAST)).toEqual({
      epochs: [1, 2],
      mean: [0.3, 0.4],
      low: [0.3, 0.4],
      high: [0.3, 0.4],
      beyond: 0,
      seeds: 1,
    });
    expect(curveOf(alone!, 'gender', LAST)).toMatchObject({ epochs: [], seeds: 0, beyond: 0 });
  });
});

describe('tests over seeds', () => {
  const many = (shift: number) =>
    Array.from({ length: 8 }, (_, i) => [
      madeUp(`p${i}`, { seed: i }, [[4, 5, 5]]),
      madeUp(`q${i}`, { ...weighted, seed: i }, [[4 + shift, 5, i % 2 === 0 ? 4 : 6]]),
    ]).flat();
  const ask = (runs: ReturnType<typeof many>, metric: 'uar' | 'loss') => {
    const [a, b] = groupRuns(runs);
    return answerSeeds(seedQuestions(a!, [a!, b!], ['emotion', 'speaker', 'gender'], { ...LAST, metric }));
  };

  it('eight seeds that all gain are better, all equal the same, half and half not distinguishable', () => {
    const answers = ask(many(2), 'uar');
    expect(answers.map(({ task, verdict }) => [task, verdict.code])).toEqual([
      ['emotion', 'better'],
      ['speaker', 'same'],
      ['gender', 'not-distinguishable'],
    ]);
    expect(answers[0]!.flips!.p).toBe(2 / 256);
    expect(answers[0]!.adjusted).toBeCloseTo(6 / 256, 12);
    expect(answers[0]!.interval!.mean).toBeCloseTo(0.2, 12);
  });

  it('of a loss, lower is better: the same rise is worse', () => {
    expect(ask(many(2), 'loss')[0]!.verdict.code).toBe('worse');
    expect(ask(many(-2), 'loss')[0]!.verdict.code).toBe('better');
  });

  it('gains that are equal but for rounding share a rank', () => {
    // 0.2 - 0.1, 0.3 - 0.2 and 0.4 - 0.3 differ in the last bits.
    const [a, b] = groupRuns(
      [1, 2, 3].flatMap((hits, i) => [
        madeUp(`a${i}`, { seed: i }, [[hits, 5, 5]]),
        madeUp(`b${i}`, { ...weighted, seed: i }, [[hits + 1, 5, 5]]),
      ]),
    );
    const [answer] = answerSeeds(seedQuestions(a!, [b!], ['emotion'], LAST));
    expect(new Set(answer!.pairs.map(({ value, baseline: before }) => value - before)).size).toBeGreaterThan(
      1,
    );
    expect(answer!.gains).toEqual([0.1, 0.1, 0.1]);
    expect(answer!.ranks).toMatchObject({ plus: 6, minus: 0, p: 0.25 });
  });

  it('the baseline is not asked about itself; without common seeds there is no pair', () => {
    const [a, b] = groupRuns([
      madeUp('a', { seed: 1 }, [[4, 5, 5]]),
      madeUp('b', { ...weighted, seed: 2 }, [[4, 5, 5]]),
    ]);
    expect(seedQuestions(a!, [a!], ['emotion'], LAST)).toEqual([]);
    expect(answerSeeds(seedQuestions(a!, [a!, b!], ['emotion'], LAST))[0]).toMatchObject({
      verdict: { code: 'no-pairs' },
      flips: null,
      interval: null,
      adjusted: null,
    });
  });
});

describe('files', () => {
  const lines = (text: string): string[] => text.trimEnd().split('\r\n');
  it('the table: one row as shown, scores in full', () => {
    const rows = tableRows([baseline, other], baseline, ['emotion'], LAST, 'groups');
    const file = lines(
      tableFile(rows, ['epochs'], ['emotion'], LAST, ({ group }) => group.config.strategy.id),
    );
    expect(file[0]).toBe(
      'row,strategy,seeds,metric,side,at,emotion_mean,emotion_sd,emotion_n,emotion_delta,emotion_delta_pairs,epochs',
    );
    expect(file[2]).toMatch(
      /^weighted-average,weighted-average,1 2 9,uar,validation,last,0\.53333\d*,0\.3785\d*,3,0\.25\d*,2,40$/,
    );
  });

  it('all runs: every epoch, side and task of each', () => {
    const file = lines(allRunsFile([...baselineRuns, ...otherRuns]));
    expect(file).toHaveLength(1 + (2 + 2 + 3 + 2 + 2 + 1) * 2 * 3);
    expect(
      file.filter((line) =>
        line.startsWith(
          'b2,b2,weighted-average,"{""detached"":false}",1,2,corpus,wasm,finished,false,2,20,validation,emotion,0.7,0.7,0.7,',
        ),
      ),
    ).toHaveLength(1);
    // The strategy in force and the seconds, then what could not be measured: nothing here.
    expect(file.at(-1)).toMatch(/,weighted-average,1,,$/);
  });

  it('the tests: one row a question, empty where there is no number', () => {
    const file = lines(
      seedTestsFile(
        answerSeeds(seedQuestions(baseline, [other], ['emotion'], LAST)),
        LAST,
        '@base',
        () => '=label',
      ),
    );
    expect(file[0]).toMatch(/^group,baseline,task,metric,side,epoch,pairs,seeds,/);
    expect(file[1]).toMatch(
      /^'=label,'@base,emotion,uar,validation,last,2,1 2,0\.5,0\.75,0\.25\d*,0\.2121\d*,-1\.65\d*,2\.15\d*,0\.5,exact,0\.5,exact,0\.5,1,too-few-seeds$/,
    );
  });
});
