/**
 * Runs on splits that do not let every task be measured: what "best" and early stopping look at, what is
 * recorded, and that the training itself, and a run of version 0.1.0 that goes on, stay as they were.
 */
import { beforeAll, describe, expect, it } from 'vitest';
import type { Dataset, Example } from '../../src/core/training/dataset';
import { parseRunConfig } from '../../src/core/config/parse';
import { chooseBackend } from '../../src/engine/platform/backend';
import { forkState } from '../../src/engine/run/fork';
import { CONFIG, DATASET, runAll, withoutTimes, type Saved } from './runs';

const relabelled = (
  examples: readonly Example[],
  change: (labels: readonly number[], i: number) => readonly number[],
): readonly Example[] => examples.map(({ id, labels }, i) => ({ id, labels: change(labels, i) }));
/** Speakers a and b train, speaker c validates: a session held out. */
const HELD_OUT: Dataset = {
  ...DATASET,
  train: relabelled(DATASET.train, ([emotion, , gender], i) => [emotion!, i % 2, gender!]),
  validation: relabelled(DATASET.validation, ([emotion, , gender]) => [emotion!, 2, gender!]),
};
/** Of version 0.1.0: it did not ask what can be measured. */
function ofOldVersion({ state, ...saved }: Saved): Saved {
  return { ...saved, state: { ...state, checks: null } };
}
const speakerless = ([emotion, speaker, gender]: readonly { readonly loss: number }[]) => ({
  rest: emotion!.loss + gender!.loss,
  all: emotion!.loss + speaker!.loss + gender!.loss,
});

beforeAll(() => chooseBackend('wasm'));

describe('speakers of a held-out session', () => {
  it('are in no loss, no score and no monitored value; the others are as ever', async () => {
    const { epochs, saved, rows } = await runAll(CONFIG, null, { dataset: HELD_OUT });
    for (const {
      validation: { tasks, total },
      monitored,
      countsAll,
      train,
    } of epochs) {
      expect(tasks[1]).toMatchObject({
        unmeasurable: 'unseen',
        loss: Number.NaN,
        uar: Number.NaN,
        accuracy: Number.NaN,
        macroF1: Number.NaN,
      });
      expect(tasks[1]!.confusion[2]!.reduce((a, b) => a + b)).toBe(10);
      expect([tasks[0]!.unmeasurable, tasks[2]!.unmeasurable, countsAll]).toEqual([
        undefined,
        undefined,
        undefined,
      ]);
      expect(monitored).toBe(speakerless(tasks).rest);
      expect(total).toBeNaN();
      expect(train.tasks[1]!.loss).toBeGreaterThan(0);
      expect(train.total).toBeGreaterThan(0);
    }
    expect(rows.every(({ losses }) => losses[1]! > 0)).toBe(true);
    expect(saved.at(-1)!.state.checks).toEqual([
      { unmeasurable: null, unseen: [], leftOut: 0 },
      { unmeasurable: 'unseen', unseen: [2], leftOut: 10 },
      { unmeasurable: null, unseen: [], leftOut: 0 },
    ]);
    const best = epochs.findLast((epoch) => epoch.best)!;
    expect(best.monitored).toBe(
      Math.min(...epochs.map(({ validation }) => speakerless(validation.tasks).rest)),
    );
  });

  it('take the place of the strategy’s total, which needs every loss', async () => {
    const { epochs } = await runAll(
      parseRunConfig({ ...CONFIG, monitor: { of: 'strategy-total' }, epochs: 2 }),
      null,
      { dataset: HELD_OUT },
    );
    expect(epochs.map(({ monitored }) => monitored)).toEqual(
      epochs.map(({ validation }) => speakerless(validation.tasks).rest),
    );
  });

  it('stay in the sum of a run that version 0.1.0 began: its rule, its numbers, its weights', async () => {
    const now = await runAll(CONFIG, null, { dataset: HELD_OUT });
    const half = now.saved.find(({ state }) => state.step === 6)!;
    const [old, resumed] = [
      await runAll(CONFIG, ofOldVersion(half), { dataset: HELD_OUT }),
      await runAll(CONFIG, half, { dataset: HELD_OUT }),
    ];
    expect(withoutTimes(old.rows)).toEqual(withoutTimes(resumed.rows));
    for (const [i, { validation, monitored }] of old.epochs.entries()) {
      expect(validation.tasks[1]!.unmeasurable).toBeUndefined();
      expect(monitored).toBe(speakerless(validation.tasks).all);
      expect(validation.tasks[0]).toEqual(resumed.epochs[i]!.validation.tasks[0]);
      expect(resumed.epochs[i]!.monitored).toBe(speakerless(validation.tasks).rest);
    }
    expect(old.saved.at(-1)!.state.checks).toBeNull();
    expect(old.saved.at(-1)!.tensors).toEqual(resumed.saved.at(-1)!.tensors);
  });

  it('leave a fork its parent’s best value, since the sum goes on under another strategy', async () => {
    const { saved } = await runAll(
      parseRunConfig({ ...CONFIG, monitor: { of: 'strategy-total' }, epochs: 2 }),
      null,
      { dataset: HELD_OUT },
    );
    const { state } = saved.at(-1)!;
    const config = parseRunConfig({
      ...state.config,
      epochs: 4,
      strategy: { id: 'unweighted-sum', options: {} },
    });
    expect(forkState(state, config).early).toEqual({ ...state.early, waited: 0 });
    expect(forkState(ofOldVersion(saved.at(-1)!).state, config).early.best).toBeNull();
  });
});

it('leaves out validation utterances of a class that training lacks, and measures the task on the others', async () => {
  const without = (examples: readonly Example[]): readonly Example[] =>
    examples.filter(({ labels }) => labels[0] !== 3);
  const dataset = {
    ...DATASET,
    train: relabelled(DATASET.train, ([emotion, ...rest]) => [emotion! % 3, ...rest]),
  };
  const config = { ...CONFIG, epochs: 2 };
  const [partly, clean] = [
    await runAll(config, null, { dataset }),
    await runAll(config, null, { dataset: { ...dataset, validation: without(dataset.validation) } }),
  ];
  const left = dataset.validation.length - without(dataset.validation).length;
  for (const [i, { validation, monitored }] of partly.epochs.entries()) {
    const [emotion, speaker, gender] = validation.tasks;
    const { leftOut, loss, ...scores } = emotion!;
    const { loss: expected, ...same } = clean.epochs[i]!.validation.tasks[0]!;
    expect(leftOut).toBe(left);
    expect(scores).toEqual(same);
    expect(loss).toBeCloseTo(expected, 6);
    expect(speaker!.confusion.flat().reduce((a, b) => a + b)).toBe(10);
    expect(monitored).toBe(loss + speaker!.loss + gender!.loss);
  }
});

it('gives a task of one class no score on either side, and no say', async () => {
  const female = ([emotion, speaker]: readonly number[]) => [emotion!, speaker!, 0];
  const { epochs } = await runAll({ ...CONFIG, epochs: 2 }, null, {
    dataset: {
      ...DATASET,
      train: relabelled(DATASET.train, female),
      validation: relabelled(DATASET.validation, female),
    },
  });
  for (const { train, validation, monitored } of epochs) {
    expect(train.tasks[2]).toMatchObject({ unmeasurable: 'constant', uar: Number.NaN });
    expect(train.tasks[2]!.loss).toBeGreaterThan(0);
    expect(validation.tasks[2]).toMatchObject({
      unmeasurable: 'constant',
      uar: Number.NaN,
      loss: Number.NaN,
    });
    expect(monitored).toBe(validation.tasks[0]!.loss + validation.tasks[1]!.loss);
  }
});

it('tells when a strategy’s total falls and the losses do not', async () => {
  const still = parseRunConfig({
    ...CONFIG,
    optimizer: { ...CONFIG.optimizer, learningRate: 1e-7 },
    strategy: { id: 'kendall-uncertainty', options: {} },
    epochs: 12,
    patience: 3,
    monitor: { of: 'strategy-total' },
  });
  const total = await runAll(still);
  expect(total.epochs.filter(({ best }) => best)).toHaveLength(12);
  expect(total.log.filter(({ code }) => code === 'total-drifts')).toHaveLength(1);
  const sum = await runAll({ ...still, monitor: { of: 'sum-of-task-losses' } });
  expect(sum.log.map(({ code }) => code)).not.toContain('total-drifts');
});
