/**
 * The test part of a run: scored once, at the end, with the best epoch's weights. Where the test part has the
 * examples of the validation side, its scores must be those of the best epoch, bit for bit; and everything
 * else of a run must be as without it. What is monitored, and which way is better.
 */
import { beforeAll, describe, expect, it } from 'vitest';
import { costOf, monitorInForce } from '../../src/core/training/monitor/monitor';
import { testedOf } from '../../src/core/training/monitor/tested';
import { chooseBackend } from '../../src/engine/platform/backend';
import { CONFIG, DATASET, example, runAll, withoutTimes } from './runs';

beforeAll(() => chooseBackend('wasm'));

const without = ({
  seconds: _seconds,
  test: _test,
  ...record
}: Awaited<ReturnType<typeof runAll>>['epochs'][number]) => record;

describe('a test part', () => {
  it('is scored once, with the best epoch’s weights, and changes nothing else', async () => {
    // The best epoch is an early one, so that its weights must be fetched back.
    const config = { ...CONFIG, monitor: { of: 'task', task: 'emotion', metric: 'uar' } } as const;
    const plain = await runAll(config);
    const tested = await runAll(config, null, { dataset: { ...DATASET, test: DATASET.validation } });
    expect([plain.end, tested.end]).toEqual(['finished', 'finished']);
    expect(withoutTimes(tested.rows)).toEqual(withoutTimes(plain.rows));
    // Stored as the record of its epoch, after all the others.
    expect(tested.epochs.slice(0, -1).map(without)).toEqual(plain.epochs.map(without));
    const best = plain.epochs.findLast((record) => record.best)!;
    const scored = tested.epochs.at(-1)!;
    expect(without(scored)).toEqual(without(best));
    expect(scored.test!.tasks).toEqual(best.validation.tasks);
    expect(tested.epochs.filter(({ test }) => test !== undefined)).toHaveLength(1);
    expect(tested.events.filter(({ kind }) => kind === 'test')).toEqual([
      { kind: 'test', runId: 'r', epoch: best.epoch, test: scored.test },
    ]);
    expect(tested.saved.at(-1)!.tensors).toEqual(plain.saved.at(-1)!.tensors);
    expect(tested.log.at(-1)).toMatchObject({ code: 'tested', details: { epoch: best.epoch, count: 10 } });
    expect(testedOf(tested.epochs)).toEqual({ epoch: best.epoch, test: scored.test });
    expect(plain.epochs.some((record) => 'test' in record)).toBe(false);
  });

  it('has no score of a task whose classes training has not seen', async () => {
    const test = Array.from({ length: 6 }, (_, i) => ({ ...example(200 + i), labels: [i % 4, 2, i % 2] }));
    const train = DATASET.train.map(({ id, labels }) => ({
      id,
      labels: [labels[0]!, labels[1]! % 2, labels[2]!],
    }));
    const { epochs } = await runAll(CONFIG, null, { dataset: { ...DATASET, train, test } });
    const [emotion, speaker, gender] = epochs.at(-1)!.test!.tasks;
    expect([emotion!.unmeasurable, speaker!.unmeasurable, gender!.unmeasurable]).toEqual([
      undefined,
      'unseen',
      undefined,
    ]);
    expect([speaker!.uar, speaker!.loss]).toEqual([Number.NaN, Number.NaN]);
  });

  it('may be empty: nothing is scored then', async () => {
    const { epochs, log } = await runAll({ ...CONFIG, epochs: 1 }, null, {
      dataset: { ...DATASET, test: [] },
    });
    expect([epochs.length, log.some(({ code }) => code === 'tested')]).toEqual([1, false]);
  });
});

describe('what is monitored', () => {
  const uar = { of: 'task', task: 'speaker', metric: 'uar' } as const;
  const tasks = ['emotion', 'speaker'];
  const check = (unmeasurable: 'unseen' | null) => ({ unmeasurable, unseen: [], leftOut: 0 });

  it('is the best where it is highest, of a score, and recorded as it is', async () => {
    const { epochs } = await runAll({ ...CONFIG, monitor: { ...uar, task: 'gender' } });
    const values = epochs.map(({ validation }) => validation.tasks[2]!.uar);
    expect(epochs.map(({ monitored }) => monitored)).toEqual(values);
    expect(epochs.map(({ best }) => best)).toEqual(
      values.map((value, i) => values.slice(0, i).every((earlier) => value > earlier)),
    );
    expect([costOf(uar, 0.75), costOf({ ...uar, metric: 'loss' }, 0.6)]).toEqual([0.25, 0.6]);
    expect(costOf({ of: 'strategy-total' }, 0.6)).toBe(0.6);
  });

  it('is the sum of the other losses where it cannot be measured, and only then', () => {
    const sum = { of: 'sum-of-task-losses' } as const;
    const total = { of: 'strategy-total' } as const;
    const unseen = [check(null), check('unseen')];
    expect(monitorInForce(uar, unseen, tasks)).toEqual(sum);
    expect(monitorInForce({ ...uar, task: 'emotion' }, unseen, tasks)).toEqual({ ...uar, task: 'emotion' });
    expect(monitorInForce(total, unseen, tasks)).toEqual(sum);
    expect(monitorInForce(total, [check(null), check(null)], tasks)).toEqual(total);
    expect(monitorInForce(uar, null, tasks)).toBe(uar);
    // The same object: nothing is told to have been replaced.
    expect(monitorInForce(sum, unseen, tasks)).toBe(sum);
  });
});
