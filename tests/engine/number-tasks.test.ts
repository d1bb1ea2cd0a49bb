/**
 * Whole runs with tasks that are data: numbers beside classes, labels that are missing, losses with options,
 * eight tasks at once; and that such a run goes on from its checkpoint bit for bit.
 */
import { beforeAll, describe, expect, it } from 'vitest';
import { parseRunConfig } from '../../src/core/config/parse';
import type { Dataset } from '../../src/core/training/dataset';
import type { TaskSpec } from '../../src/core/tasks/types';
import { STRATEGIES } from '../../src/core/weighting/registry';
import { chooseBackend } from '../../src/engine/platform/backend';
import { CONFIG, makeRun, runAll, withoutTimes } from './runs';

const classes = (id: string, slot: number, loss: object = {}): TaskSpec => ({
  id,
  kind: 'classes',
  column: id,
  loss: { id: 'cross-entropy', classWeights: 'none', beta: 0.999, labelSmoothing: 0, ...loss } as never,
  slot,
});
const number = (id: string, slot: number, loss: string): TaskSpec => ({
  id,
  kind: 'number',
  column: id,
  loss: { id: loss, scale: 'standardised' } as never,
  slot,
});

/** What the images show is i modulo 4: a number of it can be learnt. */
const value = (i: number): number => 1 + (i % 4) + (i % 2) * 0.5;
const none = Number.NaN;
const example = (i: number) => ({
  id: `u${i}`,
  // Every third utterance has no rating; the first batches of an epoch may have none of `rare`.
  labels: [i % 4, i % 3 === 0 ? none : value(i), i % 20 === 7 ? 1 : i % 20 === 8 ? 0 : none],
});
const DATASET: Dataset = {
  classes: [['a', 'b', 'c', 'd'], [], ['no', 'yes']],
  train: Array.from({ length: 40 }, (_, i) => example(i)),
  validation: Array.from({ length: 20 }, (_, i) => example(100 + i)),
};
const TASKS = [classes('mood', 0), number('arousal', 3, 'ccc'), classes('rare', 4)];
const RUN = parseRunConfig({
  ...CONFIG,
  tasks: TASKS,
  epochs: 3,
  strategy: { id: 'unweighted-sum', options: {} },
});

beforeAll(() => chooseBackend('wasm'));

describe('a run with a number, and with labels that are missing', () => {
  it('measures each task over its labelled utterances', async () => {
    const { epochs, rows, log, saved } = await runAll(RUN, null, { dataset: DATASET });
    const { tasks } = epochs.at(-1)!.validation;
    const known = DATASET.validation.filter(({ labels }) => !Number.isNaN(labels[1]!)).length;
    expect(tasks[1]!.number).toMatchObject({ count: known });
    expect(tasks[1]!.number!.picture!.points.length).toBe(known);
    expect(tasks[1]!.loss).toBeCloseTo(1 - tasks[1]!.number!.ccc, 6);
    expect(tasks[2]!.confusion.flat().reduce((a, b) => a + b)).toBe(2);
    expect(tasks[0]!.confusion.flat().reduce((a, b) => a + b)).toBe(20);
    // Batches of 8 out of 40, four of them labelled: some have none.
    const absent = rows.filter(({ losses }) => Number.isNaN(losses[2]!));
    expect(absent.length).toBeGreaterThan(0);
    expect(absent.every(({ effective, nominal }) => effective[2] === 0 && nominal[2] === 0)).toBe(true);
    expect(rows.every(({ losses }) => Number.isFinite(losses[0]!) && Number.isFinite(losses[1]!))).toBe(true);
    const told = log.filter(({ code }) => code === 'batches-without-label');
    expect(told.reduce((sum, { details }) => sum + Number(details['count']), 0)).toBe(absent.length);
    expect(told.every(({ details }) => details['task'] === 'rare')).toBe(true);
    const { predictions } = saved.at(-1)!.state;
    expect(predictions!.truth[1]!.filter((truth) => truth === null).length).toBe(20 - known);
    expect(predictions!.confidence[1]).toEqual([]);
  });

  it('goes on from a checkpoint in the middle of an epoch, to the last bit', async () => {
    const whole = await runAll(RUN, null, { dataset: DATASET });
    const part = makeRun(RUN, null, { dataset: DATASET, paused: true });
    const ended = part.trainer.run();
    for (let step = 0; step < 7; step++) await part.trainer.singleStep();
    await part.trainer.stop();
    await ended;
    const from = part.told.saved.at(-1)!;
    part.dispose();
    expect([from.state.epoch, from.state.batch]).toEqual([2, 2]);
    const rest = await runAll(RUN, from, { dataset: DATASET });
    expect(withoutTimes(rest.rows)).toEqual(withoutTimes(whole.rows.filter(({ step }) => step > 7)));
    const scores = (epochs: typeof whole.epochs) =>
      epochs.map(({ train, validation }) => [train, validation]);
    expect(scores(rest.epochs)).toEqual(scores(whole.epochs.slice(1)));
  });

  it.each(['mse', 'mae', 'ccc'])('learns a number by %s', async (id) => {
    const config = parseRunConfig({ ...RUN, tasks: [TASKS[0]!, number('arousal', 3, id)], epochs: 14 });
    const dataset = {
      ...DATASET,
      classes: DATASET.classes.slice(0, 2),
      train: DATASET.train.map((one) => ({ ...one, labels: one.labels.slice(0, 2) })),
      validation: DATASET.validation.map((one) => ({ ...one, labels: one.labels.slice(0, 2) })),
    };
    const { epochs } = await runAll(config, null, { dataset });
    expect(Math.max(...epochs.map(({ train }) => train.tasks[1]!.number!.ccc))).toBeGreaterThan(0.5);
  });
});

describe('eight tasks', () => {
  const eight = parseRunConfig({
    ...CONFIG,
    tasks: [
      classes('a', 0),
      classes('b', 1, { classWeights: 'balanced' }),
      classes('c', 2, { labelSmoothing: 0.1 }),
      classes('d', 3, { classWeights: 'effective-number' }),
      number('e', 4, 'mse'),
      number('f', 5, 'mae'),
      number('g', 6, 'ccc'),
      { ...classes('h', 7), loss: { id: 'focal', gamma: 2, classWeights: 'none', beta: 0.999 } },
    ],
    epochs: 1,
  });
  const labels = (i: number): number[] => [i % 4, i % 3, i % 2, i % 4, value(i), i % 5, value(i + 1), i % 2];
  const dataset: Dataset = {
    classes: [
      ['p', 'q', 'r', 's'],
      ['p', 'q', 'r'],
      ['p', 'q'],
      ['p', 'q', 'r', 's'],
      [],
      [],
      [],
      ['p', 'q'],
    ],
    train: Array.from({ length: 16 }, (_, i) => ({ id: `u${i}`, labels: labels(i) })),
    validation: Array.from({ length: 8 }, (_, i) => ({ id: `u${100 + i}`, labels: labels(i) })),
  };

  it.each(STRATEGIES.map(({ id }) => id))('are weighed by %s', async (id) => {
    const config = parseRunConfig({ ...eight, strategy: { id, options: {} } });
    const { rows, epochs, end } = await runAll(config, null, { dataset });
    expect(end).toBe('finished');
    expect(rows.length).toBe(2);
    for (const { losses, effective } of rows) {
      expect([...losses, ...effective].every(Number.isFinite)).toBe(true);
      expect([losses.length, effective.length]).toEqual([8, 8]);
    }
    expect(epochs[0]!.validation.tasks.map(({ number: scores }) => scores !== undefined)).toEqual(
      eight.tasks.map(({ kind }) => kind === 'number'),
    );
  });
});
