/**
 * Cross-validations: all folds together and their mean against scikit-learn, NumPy and SciPy
 * (reference/fixtures/pooled.py), and what is missing, counted by hand.
 */
import { describe, expect, it } from 'vitest';
import { allFolds, foldRuns, foldScores, missingFolds } from '../../src/core/compare/cross-validation';
import { groupRuns } from '../../src/core/compare/groups';
import type { RunPredictions } from '../../src/core/compare/on-utterances';
import { poolFolds, type FoldPredictions } from '../../src/core/compare/pooled';
import { DEFAULT_READING } from '../../src/core/compare/choice';
import { meanInterval } from '../../src/core/stats/mean-interval';
import { taskMetrics } from '../../src/core/tasks/metrics/confusion';
import { madeUp } from '../support/compared-runs';
import { guard } from '../support/fidelity';
import { fixture } from '../support/fixture';

interface Ends {
  readonly value: number;
  readonly percentile: readonly [number, number];
  readonly bca: readonly [number, number] | null;
}
interface Case {
  readonly name: string;
  readonly folds: number;
  readonly fold: readonly number[];
  readonly speakers: readonly string[] | null;
  readonly truth: readonly number[];
  readonly predicted: readonly number[];
  readonly target: readonly number[];
  readonly number: readonly number[];
  readonly found: Readonly<Record<string, Ends>>;
  readonly macroF1: number;
  readonly byFold: readonly number[];
  readonly mean: { readonly mean: number; readonly sd: number; readonly low: number; readonly high: number };
}
const { index } = await fixture<{
  readonly seed: number;
  readonly resamples: number;
  readonly confidence: number;
  readonly cases: readonly Case[];
}>('pooled');
const CLASSES = ['a', 'b', 'c', 'd'];

const foldsOf = (one: Case): FoldPredictions[] =>
  Array.from({ length: one.folds }, (_, k) => {
    const rows = one.fold.flatMap((fold, i) => (fold === k ? [i] : []));
    const pick = <T>(values: readonly T[]): readonly T[] => rows.map((row) => values[row]!);
    const predictions: RunPredictions = {
      epoch: 3,
      tasks: ['emotion', 'valence'],
      classes: [CLASSES, []],
      ids: rows.map((row) => `u${row}`),
      truth: [pick(one.truth), pick(one.target)],
      predicted: [pick(one.predicted), pick(one.number)],
    };
    return { fold: String(k + 1), predictions };
  });
const speakersOf = ({ speakers }: Case): ReadonlyMap<string, string> | null =>
  speakers && new Map(speakers.map((name, i) => [`u${i}`, name]));

/** Largest difference of our numbers to the reference's. */
function worst(pairs: readonly (readonly [ours: number, theirs: number])[]): number {
  return Math.max(...pairs.map(([ours, theirs]) => Math.abs(ours - theirs)));
}

describe.each(index.cases)('$name', (one) => {
  it('every prediction once: scores and intervals of scikit-learn, NumPy and SciPy', async () => {
    const pooled = await poolFolds(foldsOf(one), speakersOf(one), index);
    if (pooled.kind !== 'pooled') throw new Error(pooled.kind);
    const [emotion, valence] = pooled.tasks;
    expect(pooled.utterances).toBe(one.truth.length);
    expect(emotion!.by).toBe(one.speakers ? 'cluster' : 'utterance');
    expect(emotion!.clusters).toBe(one.speakers ? new Set(one.speakers).size : one.truth.length);
    const scored = { ...emotion!.scores, ...valence!.scores };
    const pairs = Object.entries(one.found).flatMap(([id, ends]): [number, number][] => {
      const { value, interval } = scored[id]!;
      expect(interval!.bca === null).toBe(ends.bca === null);
      return [
        [value, ends.value],
        [interval!.percentile.low, ends.percentile[0]],
        [interval!.percentile.high, ends.percentile[1]],
        ...(ends.bca && interval!.bca
          ? ([
              [interval!.bca.low, ends.bca[0]],
              [interval!.bca.high, ends.bca[1]],
            ] as [number, number][])
          : []),
      ];
    });
    guard({
      chapter: 'statistics',
      quantity: `pooled over folds, ${one.name}: scores and bootstrap intervals`,
      reference: 'scikit-learn, NumPy, SciPy',
      unit: 'absolute',
      tolerance: 1e-9,
      worst: worst([...pairs, [emotion!.scores['macroF1']!.value, one.macroF1]]),
    });
  });

  it('the mean of the folds with Student’s interval over them: SciPy', () => {
    const recalls = foldsOf(one).map(({ predictions }) => {
      const matrix = CLASSES.map(() => CLASSES.map(() => 0));
      predictions!.truth[0]!.forEach((label, i) => matrix[label!]![predictions!.predicted[0]![i]!]!++);
      return taskMetrics(matrix, 0).uar;
    });
    const { mean, sd, low, high } = meanInterval(recalls)!;
    const theirs = one.mean;
    guard({
      chapter: 'statistics',
      quantity: `mean UAR over folds, ${one.name}: Student’s interval`,
      reference: 'scikit-learn, SciPy',
      unit: 'absolute',
      tolerance: 1e-9,
      worst: worst([
        ...recalls.map((value, i) => [value, one.byFold[i]!] as const),
        [mean, theirs.mean],
        [sd!, theirs.sd],
        [low!, theirs.low],
        [high!, theirs.high],
      ]),
    });
  });
});

describe('what must not be pooled', () => {
  const [one] = index.cases as [Case];
  const folds = foldsOf(one);
  const pool = (given: readonly FoldPredictions[]) => poolFolds(given, speakersOf(one), index);
  it('an utterance that two folds hold out', async () => {
    expect(await pool([...folds, { ...folds[2]!, fold: '11' }])).toEqual({
      kind: 'twice',
      count: 14,
      example: folds[2]!.predictions!.ids[0],
    });
  });
  it('a fold whose predictions are not kept', async () => {
    expect(await pool([folds[0]!, { fold: '2', predictions: null }])).toEqual({
      kind: 'no-predictions',
      folds: ['2'],
    });
    expect(await pool([])).toEqual({ kind: 'no-predictions', folds: [] });
  });
  it('folds with other classes', async () => {
    const other = { ...folds[1]!.predictions!, classes: [['a', 'b', 'c'], []] };
    expect(await pool([folds[0]!, { fold: '2', predictions: other }])).toEqual({
      kind: 'unlike',
      folds: ['2'],
    });
  });
  it('a task that one fold cannot measure: the others are', async () => {
    const checks = [
      { unmeasurable: 'unseen' as const, unseen: [0], leftOut: 14 },
      { unmeasurable: null, unseen: [], leftOut: 0 },
    ];
    const lacking = { fold: '2', predictions: { ...folds[1]!.predictions!, checks } };
    const pooled = await pool([folds[0]!, lacking]);
    if (pooled.kind !== 'pooled') throw new Error(pooled.kind);
    expect(pooled.tasks[0]).toMatchObject({ unmeasurable: ['2'], scores: {} });
    expect(Object.keys(pooled.tasks[1]!.scores)).toEqual(['ccc', 'pearson', 'mae', 'rmse']);
  });
  it('folds of one class alone, as of one speaker’s gender, are: together they have all', async () => {
    const single = [{ unmeasurable: 'single' as const, unseen: [], leftOut: 0 }];
    const checked = folds.map(({ fold, predictions }) => ({
      fold,
      predictions: { ...predictions!, checks: single },
    }));
    const pooled = await pool(checked);
    if (pooled.kind !== 'pooled') throw new Error(pooled.kind);
    expect(pooled.tasks[0]!.scores['uar']!.value).toBeCloseTo(one.found['uar']!.value, 12);
  });
  it('utterances of classes that their fold never trained on are left out and counted', async () => {
    const checks = [{ unmeasurable: null, unseen: [0], leftOut: 0 }];
    const lacking = { fold: '1', predictions: { ...folds[0]!.predictions!, checks } };
    const pooled = await pool([lacking, folds[1]!]);
    if (pooled.kind !== 'pooled') throw new Error(pooled.kind);
    const zeros = folds[0]!.predictions!.truth[0]!.filter((label) => label === 0).length;
    expect(zeros).toBeGreaterThan(0);
    expect(pooled.tasks[0]).toMatchObject({ leftOut: zeros, utterances: 28 - zeros });
  });
});

describe('the folds of a recipe', () => {
  const split = (session: number) => ({ split: { kind: 'session', session } }) as const;
  const runs = [
    madeUp('a', { ...split(1), seed: 1 }, [[6, 5, 5]]),
    madeUp('b', { ...split(2), seed: 1 }, [[8, 5, 5]]),
    madeUp('c', { ...split(10), seed: 1 }, [[7, 5, 5]]),
    madeUp('d', { ...split(1), seed: 2 }, [[4, 5, 5]]),
    madeUp('e', { ...split(2), seed: 2 }, [[8, 5, 5]], { state: 'paused' }),
  ];
  const [group] = groupRuns(runs, 'seeds-and-folds');
  it('are those that are expected and those that are there; each seed needs all of them', () => {
    const found = foldRuns(group!);
    expect(allFolds(found, ['1', '2', '3'])).toEqual(['1', '2', '3', '10']);
    expect(missingFolds(found, ['1', '2', '3'])).toEqual([
      { seed: 1, fold: '3', why: 'absent' },
      { seed: 2, fold: '2', why: 'unfinished' },
      { seed: 2, fold: '3', why: 'absent' },
      { seed: 2, fold: '10', why: 'absent' },
    ]);
    expect(
      missingFolds(
        found.filter(({ seed }) => seed === 1),
        ['1', '2', '10'],
      ),
    ).toEqual([]);
  });
  it('are averaged over seeds first, and n is the number of folds', () => {
    const { folds, mean } = foldScores(group!, 'emotion', DEFAULT_READING);
    expect(folds.map(({ fold, value, utterances }) => [fold, value?.n, utterances])).toEqual([
      ['1', 2, 20],
      ['2', 2, 20],
      ['10', 1, 20],
    ]);
    expect(folds.map(({ value }) => value!.mean)).toEqual([0.5, 0.8, 0.7]);
    expect(mean!.n).toBe(3);
    expect(mean!.mean).toBeCloseTo(2 / 3, 12);
  });
  it('say which class a fold does not have', () => {
    const lacking = madeUp('f', { ...split(1), seed: 1 }, [[6, 5, 5]]);
    const matrix = [
      [3, 1],
      [0, 0],
    ];
    const [epoch] = lacking.epochs;
    const tasks = epoch!.validation.tasks.with(0, taskMetrics(matrix, 0));
    const changed = { ...lacking, epochs: [{ ...epoch!, validation: { ...epoch!.validation, tasks } }] };
    const [own] = groupRuns([changed, runs[1]!], 'seeds-and-folds');
    expect(foldScores(own!, 'emotion', DEFAULT_READING).folds[0]).toMatchObject({
      absent: ['b'],
      utterances: 4,
      value: { mean: 0.75 },
    });
  });
});
