import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { taskMetrics } from '../../src/core/tasks/metrics/confusion';
import { checkNumber, checkTask, checkTasks, hasLoss } from '../../src/core/tasks/metrics/measurable';
import { monitoredValue, monitorInForce, sumOfLosses } from '../../src/core/training/monitor/monitor';
import { Tally } from '../../src/core/training/monitor/tally';
import { concordance } from '../../src/core/tasks/losses/concordance';
import { unweightedSum } from '../../src/core/weighting/strategies/unweighted-sum';
import { asMeasured } from '../../src/core/training/notes/as-measured';
import type { TaskMetrics } from '../../src/core/tasks/metrics/types';
import type { EpochRecord } from '../../src/core/training/events';

const counts = fc.array(fc.tuple(fc.nat(3), fc.nat(3)), { minLength: 1, maxLength: 6 });

describe('what of a task can be measured', () => {
  test('speakers of a held-out session: nothing', () => {
    expect(checkTask([8, 8, 0, 0], [0, 0, 8, 8])).toEqual({
      unmeasurable: 'unseen',
      unseen: [2, 3],
      leftOut: 16,
    });
  });
  test('one class missing from training: the others', () => {
    expect(checkTask([5, 0, 7], [2, 3, 1])).toEqual({ unmeasurable: null, unseen: [1], leftOut: 3 });
  });
  test('a class without a validation example: everything there is', () => {
    expect(checkTask([5, 4, 7], [2, 0, 1])).toEqual({ unmeasurable: null, unseen: [], leftOut: 0 });
  });
  test.each([
    [
      [20, 0],
      [5, 0],
    ],
    [
      [20, 0],
      [3, 2],
    ],
    [
      [20, 0],
      [0, 5],
    ],
    [[9], [2]],
  ])('one class in training is nothing to learn, whatever is validated: %j %j', (train, validation) => {
    expect(checkTask(train, validation).unmeasurable).toBe('constant');
  });
  test('one class in validation: always giving that answer would score 100 %', () => {
    expect(checkTask([5, 4], [0, 6])).toEqual({ unmeasurable: 'single', unseen: [], leftOut: 0 });
    expect(checkTask([5, 4, 0], [0, 6, 2])).toEqual({ unmeasurable: 'single', unseen: [2], leftOut: 2 });
  });
  test('measured means: a choice in training, and one in validation among what is not left out', () => {
    fc.assert(
      fc.property(counts, (pairs) => {
        const [train, validation] = [pairs.map(([a]) => a), pairs.map(([, b]) => b)];
        const { unmeasurable, unseen, leftOut } = checkTask(train, validation);
        const asked = pairs.filter(([a, b]) => a > 0 && b > 0);
        expect(unmeasurable === null).toBe(train.filter((n) => n > 0).length > 1 && asked.length > 1);
        expect(asked.reduce((sum, [, n]) => sum + n, 0)).toBe(
          validation.reduce((sum, n) => sum + n, 0) - leftOut,
        );
        expect(unseen.every((k) => train[k] === 0 && validation[k]! > 0)).toBe(true);
      }),
    );
  });
  test('a number whose validation targets are equal: its errors, and nothing that correlates', () => {
    expect(checkNumber([21, 30, 34], [31, Number.NaN, 31])).toEqual({
      unmeasurable: null,
      unseen: [],
      leftOut: 0,
      sameTargets: true,
    });
    expect(checkNumber([21, 30, 34], [31, 32])).not.toHaveProperty('sameTargets');
    expect(checkNumber([21, 21], [31, 31])).toMatchObject({ unmeasurable: 'constant' });
    expect(checkNumber([21, 30], [Number.NaN])).toMatchObject({ unmeasurable: 'unlabelled' });
  });
  test('a correlation that has no value is not monitored; an error is', () => {
    const checks = [checkNumber([21, 30, 34], [31, 31])];
    const of = (metric: 'ccc' | 'pearson' | 'mae' | 'loss') => ({ of: 'task', task: 'age', metric }) as const;
    for (const metric of ['ccc', 'pearson'] as const)
      expect(monitorInForce(of(metric), checks, ['age'])).toEqual({ of: 'sum-of-task-losses' });
    for (const metric of ['mae', 'loss'] as const)
      expect(monitorInForce(of(metric), checks, ['age'])).toEqual(of(metric));
    expect(monitorInForce(of('ccc'), [checkNumber([21, 30], [31, 32])], ['age'])).toEqual(of('ccc'));
  });
  test('1 − CCC over equal targets is not measured and not monitored; its errors are', () => {
    const of = (...labels: number[]) => ({ id: '', labels });
    const dataset = { classes: [[]], train: [of(21), of(30)], validation: [of(31), of(31)] };
    const tasks = [{ loss: { id: 'ccc' } }];
    const checks = checkTasks(dataset, tasks);
    expect(checks[0]).toMatchObject({ unmeasurable: null, sameTargets: true, noLoss: true });
    expect(hasLoss(checks[0]!)).toBe(false);
    // A squared error has a value all the same.
    expect(checkTasks(dataset, [{ loss: { id: 'mse' } }])[0]).not.toHaveProperty('noLoss');
    const sum = { of: 'sum-of-task-losses' } as const;
    for (const monitor of [{ of: 'strategy-total' }, { of: 'task', task: 'age', metric: 'loss' }] as const)
      expect(monitorInForce(monitor, checks, ['age'])).toEqual(sum);
    const mae = { of: 'task', task: 'age', metric: 'mae' } as const;
    expect(monitorInForce(mae, checks, ['age'])).toEqual(mae);

    const ccc = concordance.prepare({ scale: 'raw' }, { counts: [], mean: 25.5, deviation: 4.5 });
    const tally = new Tally([0], undefined, { losses: [ccc], atOnce: true });
    tally.addMeasured([[31, 31]], [[30, 34]], [1], [[0, 0]], checks);
    const options = {};
    const scores = (from: typeof checks) =>
      tally.metrics(unweightedSum, options, unweightedSum.init(1, options), undefined, {
        side: 'validation',
        checks: from,
      });
    const { total, tasks: found } = scores(checks);
    expect([total, found[0]!.loss, sumOfLosses({ tasks: found })]).toEqual([
      Number.NaN,
      Number.NaN,
      Number.NaN,
    ]);
    expect(found[0]!.number).toMatchObject({ count: 2, mae: 2 });
    expect(monitoredValue(mae, { total, tasks: found }, ['age'])).toBe(2);
    // What a checkpoint of an earlier version counts by: 1 − CCC of equal targets is 1.
    expect(scores([checkNumber([21, 30], [31, 31])]).tasks[0]!.loss).toBe(1);
  });
  test('counts a dataset task by task', () => {
    const of = (...labels: number[]) => ({ id: '', labels });
    expect(
      checkTasks({
        classes: [
          ['a', 'b'],
          ['x', 'y', 'z'],
        ],
        train: [of(0, 0), of(1, 1)],
        validation: [of(0, 2), of(1, 2)],
      }).map(({ unmeasurable }) => unmeasurable),
    ).toEqual([null, 'unseen']);
  });
});

const side = (...tasks: TaskMetrics[]) => ({ total: tasks.reduce((sum, { loss }) => sum + loss, 0), tasks });
const record = (train: EpochRecord['train'], validation: EpochRecord['validation']): EpochRecord => ({
  epoch: 3,
  step: 12,
  seconds: 1,
  train,
  validation,
  monitored: validation.total,
  best: true,
  nominal: [1, 1],
  effective: [1, 1],
});
const emotion = taskMetrics(
  [
    [3, 1],
    [0, 4],
  ],
  0.5,
);

describe('records from before it was asked', () => {
  test('the matrices say that the speakers were unseen: no loss and no score, the monitored value as recorded', () => {
    const old = record(
      side(
        emotion,
        taskMetrics(
          [
            [4, 0, 0],
            [0, 4, 0],
            [0, 0, 0],
          ],
          0.1,
        ),
      ),
      side(
        emotion,
        taskMetrics(
          [
            [0, 0, 0],
            [0, 0, 0],
            [5, 3, 0],
          ],
          14.8,
        ),
      ),
    );
    const shown = asMeasured(old);
    const [first, second] = shown.validation.tasks;
    expect(first).toEqual(emotion);
    expect(second).toMatchObject({
      unmeasurable: 'unseen',
      loss: Number.NaN,
      uar: Number.NaN,
      accuracy: Number.NaN,
      macroRecall: Number.NaN,
      confusion: [
        [0, 0, 0],
        [0, 0, 0],
        [5, 3, 0],
      ],
    });
    expect(shown).toMatchObject({ monitored: 15.3, best: true, countsAll: true, train: old.train });
    expect(asMeasured(shown)).toBe(shown);
  });
  test('a number has no matrix, and its record is shown as it is', () => {
    const number = { count: 8, ccc: 0.4, pearson: 0.5, mae: 1, rmse: 1.5 };
    const rated: TaskMetrics = { ...taskMetrics([], 0.6), uar: Number.NaN, number };
    const fresh = record(side(emotion, rated), side(emotion, rated));
    expect(asMeasured(fresh)).toBe(fresh);
  });
  test('one gender: its scores are none on either side, its training loss is what was trained with', () => {
    const old = record(
      side(
        emotion,
        taskMetrics(
          [
            [8, 0],
            [0, 0],
          ],
          0.01,
        ),
      ),
      side(
        emotion,
        taskMetrics(
          [
            [8, 0],
            [0, 0],
          ],
          0.02,
        ),
      ),
    );
    const { train, validation } = asMeasured(old);
    expect(train.tasks[1]).toMatchObject({ unmeasurable: 'constant', loss: 0.01, uar: Number.NaN });
    expect(validation.tasks[1]).toMatchObject({
      unmeasurable: 'constant',
      loss: Number.NaN,
      uar: Number.NaN,
    });
  });
  test('where everything was measurable nothing changes', () => {
    const old = record(side(emotion, emotion), side(emotion, emotion));
    expect(asMeasured(old)).toBe(old);
  });
});
