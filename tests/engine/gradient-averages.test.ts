/**
 * Averaged gradients over a run: in checkpoints to the last bit, through a pause, a reload, a fork and a
 * batch in parts; at zero wherever a strategy begins anew; and nothing left of them afterwards. The
 * recurrence itself: task-gradients.test.ts and tests/weighting/references.test.ts.
 */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parseRunConfig } from '../../src/core/config/parse';
import type { StrategyChoice } from '../../src/core/training/segments';
import { chooseBackend } from '../../src/engine/platform/backend';
import { forkState } from '../../src/engine/run/fork';
import * as tf from '../../src/engine/tf';
import { CONFIG, DATASET, makeRun, runAll, withoutTimes, type Saved } from './runs';
import { BACKENDS } from './support';
import { taskIds } from '../../src/core/tasks/types';

const AVERAGED: StrategyChoice = {
  id: 'db-mtl',
  options: { gradients: 'representation', beta: 0.9, sigma: 0.5 },
};
const PLAIN: StrategyChoice = { id: 'unweighted-sum', options: {} };
const config = (change: object = {}) =>
  parseRunConfig({ ...CONFIG, strategy: AVERAGED, epochs: 2, ...change });
const bits = ({ tensors }: Saved): Record<string, string> =>
  Object.fromEntries(
    tensors.map(({ name, data }) => [
      name,
      Buffer.from(data.buffer, data.byteOffset, data.byteLength).toString('base64'),
    ]),
  );
const averages = ({ tensors }: Saved) => tensors.filter(({ name }) => name.startsWith('average/'));
const childOf = (
  saved: Saved,
  strategy: StrategyChoice,
  epochs = 2,
): { config: typeof CONFIG; from: Saved } => {
  const { step, epoch } = saved.state;
  const child = config({
    strategy,
    epochs,
    origin: { runId: 'r', name: 'parent', which: 'last', step, epoch },
  });
  return { config: child, from: { ...saved, state: forkState(saved.state, child) } };
};

/** Steps of a run, one by one, then the checkpoint of a stop. */
async function stopped(of: typeof CONFIG, steps: number): Promise<Saved> {
  const run = makeRun(of, null, { paused: true });
  const ended = run.trainer.run();
  for (let i = 0; i < steps; i++) await run.trainer.singleStep();
  await run.trainer.stop();
  await ended;
  run.dispose();
  return run.told.saved.at(-1)!;
}

let before = 0;
const on = (backend: (typeof BACKENDS)[number]): void => {
  beforeEach(async () => {
    await chooseBackend(backend);
    before = tf.memory().numTensors;
  });
  afterEach(() => {
    expect(tf.memory().numTensors).toBe(before);
  });
};

describe('on cpu', () => {
  on('cpu');

  it('an interrupted run ends in the bits of one that was not', async () => {
    // Two steps an epoch, of a few examples: this backend is slow.
    const short = config({ batchSize: 4 });
    const dataset = {
      ...DATASET,
      train: DATASET.train.slice(0, 8),
      validation: DATASET.validation.slice(0, 4),
    };
    const whole = await runAll(short, null, { dataset });
    const resumed = await runAll(short, whole.saved.find(({ state }) => state.step === 2) ?? null, {
      dataset,
    });
    expect(whole.saved.at(-1)!.state.step).toBe(4);
    expect(averages(resumed.saved.at(-1)!).length).toBeGreaterThan(0);
    expect(bits(resumed.saved.at(-1)!)).toEqual(bits(whole.saved.at(-1)!));
  });
});

describe('on wasm', () => {
  on('wasm');

  it.each([
    ['in one piece', null],
    ['in parts', 3],
  ])('an interrupted run ends in the bits of one that was not, %s', async (_how, microBatch) => {
    const whole = await runAll(config({ microBatch }));
    const middle = await stopped(config({ microBatch }), 4);
    // A copy of everything shared for each task: six convolutions' and a linear layer's arrays, by name.
    const shared = middle.tensors.filter(
      ({ name }) => name.startsWith('adam.m/') && !name.includes('heads.'),
    );
    expect(averages(middle).map(({ name }) => name)).toEqual(
      taskIds(CONFIG).flatMap((task) =>
        shared.map(({ name }) => name.replace('adam.m/', `average/${task}/`)),
      ),
    );
    expect(averages(middle).some(({ data }) => data.some((value) => value !== 0))).toBe(true);
    expect(middle.state).toMatchObject({ averages: true, strategyState: { updates: 4 } });
    const resumed = await runAll(config({ microBatch }), middle);
    expect(bits(resumed.saved.at(-1)!)).toEqual(bits(whole.saved.at(-1)!));
    expect(withoutTimes(resumed.rows)).toEqual(withoutTimes(whole.rows.slice(4)));
    // Without them it would have been another run.
    const lost = await runAll(config({ microBatch }), {
      ...middle,
      tensors: middle.tensors,
      state: { ...middle.state, averages: false },
    });
    expect(bits(lost.saved.at(-1)!)).not.toEqual(bits(whole.saved.at(-1)!));
  });

  it('a fork under the same strategy goes on with them; under any other they begin at zero, if there are any', async () => {
    const [whole, middle] = [await runAll(config()), await stopped(config(), 4)];
    const same = childOf(middle, AVERAGED);
    expect(bits((await runAll(same.config, same.from)).saved.at(-1)!)).toEqual(bits(whole.saved.at(-1)!));
    const none = childOf(middle, PLAIN);
    const plain = await runAll(none.config, none.from);
    expect(averages(plain.saved.at(-1)!)).toEqual([]);
    expect(plain.saved.at(-1)!.state.averages).toBe(false);
    // As if the other strategy had come from a checkpoint without any.
    const anew = { ...AVERAGED, options: { ...AVERAGED.options, beta: 0.5 } };
    const other = childOf(middle, anew);
    const bare = {
      ...other.from,
      tensors: other.from.tensors.filter(({ name }) => !name.startsWith('average/')),
    };
    const [withOld, without] = [await runAll(other.config, other.from), await runAll(other.config, bare)];
    expect(bits(withOld.saved.at(-1)!)).toEqual(bits(without.saved.at(-1)!));
    expect(withOld.saved.at(-1)!.state.strategyState['updates']).toBe(2);
  });

  it('a switch away frees them, and one back begins at zero', async () => {
    const run = makeRun(config({ epochs: 3 }), null, { paused: true });
    const ended = run.trainer.run();
    const next = async (strategy: StrategyChoice | null, steps: number): Promise<Saved> => {
      if (strategy) run.trainer.control.switchStrategy(strategy);
      for (let i = 0; i < steps; i++) await run.trainer.singleStep();
      return run.told.saved.at(-1)!;
    };
    await next(null, 1);
    const kept = averages(await next(PLAIN, 1)).length;
    expect(kept).toBeGreaterThan(0);
    const live = tf.memory().numTensors;
    await next(null, 2); // into the second epoch
    expect(tf.memory().numTensors).toBe(live - kept);
    const away = await next(AVERAGED, 2);
    expect(averages(away)).toEqual([]);
    const back = await next(null, 3);
    run.trainer.play();
    await ended;
    run.dispose();
    expect(back.state.strategyState['updates']).toBe(3);
    // The third epoch is that of a fork which finds none.
    const { config: child, from } = childOf(away, AVERAGED, 3);
    const fork = await runAll(child, from);
    expect(bits(fork.saved.at(-1)!)).toEqual(bits(run.told.saved.at(-1)!));
  });

  it('a checkpoint from before there were averages goes on without', async () => {
    const old = await stopped(
      config({ strategy: { id: 'db-mtl', options: { gradients: 'representation', beta: 0 } } }),
      2,
    );
    const { beta: _b, sigma: _s, ...strategyOptions } = old.state.strategyOptions;
    const state = { ...old.state, averages: false };
    const resumed = await runAll(config(), { ...old, state: { ...state, strategyOptions } });
    expect(averages(resumed.saved.at(-1)!)).toEqual([]);
  });
});
