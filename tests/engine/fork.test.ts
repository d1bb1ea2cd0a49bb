/**
 * Forks and switches on the real wasm backend: a fork under the same strategy ends in the bits of the run it
 * was forked from, under another one it begins with that run's weights and the other's fresh state; a switch
 * takes over exactly where an epoch begins.
 */
import { beforeAll, describe, expect, it } from 'vitest';
import type { StrategyChoice } from '../../src/core/training/segments';
import { memoryPlan } from '../../src/core/training/memory/memory-plan';
import { parseRunConfig } from '../../src/core/config/parse';
import { stepNeeds } from '../../src/core/training/memory/strategy-cost';
import { chooseBackend } from '../../src/engine/platform/backend';
import { forkState } from '../../src/engine/run/fork';
import { CONFIG, makeRun, runAll, withoutTimes, type Saved } from './runs';

const AVERAGE: StrategyChoice = { id: 'weighted-average', options: { detached: false } };
const UNCERTAINTY = CONFIG.strategy;

const bits = (saved: Saved): Record<string, string> =>
  Object.fromEntries(
    saved.tensors.map(({ name, data }) => [
      name,
      Buffer.from(data.buffer, data.byteOffset, data.byteLength).toString('base64'),
    ]),
  );
const childOf = (saved: Saved, change: object): { config: typeof CONFIG; from: Saved } => {
  const { step, epoch } = saved.state;
  const config = parseRunConfig({
    ...CONFIG,
    ...change,
    origin: { runId: 'r', name: 'parent', which: 'last', step, epoch },
  });
  return { config, from: { ...saved, state: forkState(saved.state, config) } };
};
/**
 * The effective weights of the weighted average, from its definition: p = L / sum L, dL/dL_i = 2 p_i - sum
 * p^2.
 */
const averageOf = (losses: readonly number[]): number[] => {
  const p = losses.map((loss) => loss / losses.reduce((a, b) => a + b));
  return p.map((share) => 2 * share - p.reduce((sum, x) => sum + x * x, 0));
};

beforeAll(() => chooseBackend('wasm'));

describe('a fork', () => {
  it('goes on with the optimiser of its parent: another rate is taken, another rule is refused in words', async () => {
    const { saved } = await runAll({ ...CONFIG, epochs: 1 });
    const last = saved.at(-1)!;
    const { optimizer } = CONFIG;
    expect(() => childOf(last, { optimizer: { ...optimizer, learningRate: 0.5 } })).not.toThrow();
    for (const other of [{ id: 'sgd' }, { id: 'sgd', momentum: 0 }, { id: 'adamw' }])
      expect(() => childOf(last, { optimizer: other })).toThrow(
        expect.objectContaining({ code: 'fork-keeps', details: { fields: 'optimizer' } }) as Error,
      );
  });

  it('under the same strategy ends in the bits of its parent, from the end of an epoch and from the middle of one', async () => {
    const whole = await runAll(CONFIG);
    const stepped = makeRun(CONFIG, null, { paused: true });
    const ended = stepped.trainer.run();
    for (let i = 0; i < 5; i++) await stepped.trainer.singleStep();
    await stepped.trainer.stop();
    await ended;
    stepped.dispose();
    for (const saved of [whole.saved.find(({ state }) => state.step === 6)!, stepped.told.saved.at(-1)!]) {
      const { config, from } = childOf(saved, {});
      const child = await runAll(config, from);
      expect(bits(child.saved.at(-1)!)).toEqual(bits(whole.saved.at(-1)!));
      expect(withoutTimes(child.rows)).toEqual(withoutTimes(whole.rows.slice(saved.state.step)));
      const { config: _c, segments: _s, ...state } = child.saved.at(-1)!.state;
      expect(whole.saved.at(-1)!.state).toMatchObject({ ...state, tally: whole.saved.at(-1)!.state.tally });
    }
  });

  it('of a finished run goes on where more epochs would have led', async () => {
    const [short, long] = [await runAll({ ...CONFIG, epochs: 2 }), await runAll(CONFIG)];
    const { config, from } = childOf(short.saved.at(-1)!, { epochs: 4 });
    const child = await runAll(config, from);
    expect(bits(child.saved.at(-1)!)).toEqual(bits(long.saved.at(-1)!));
    expect(() => childOf(short.saved.at(-1)!, { epochs: 2 })).toThrow(/2 epochs already/);
  });

  it('under another strategy takes its first step with the parent’s weights and batch, weighed anew', async () => {
    const whole = await runAll(CONFIG);
    const { config, from } = childOf(
      whole.saved.find(({ state }) => state.step === 6)!,
      { strategy: AVERAGE },
    );
    const child = await runAll(config, from);
    // Same weights, same images, same dropout masks: the same losses; the weights are the other formula's.
    expect(child.rows[0]!.losses).toEqual(whole.rows[6]!.losses);
    for (const { losses, effective } of child.rows)
      averageOf(losses).forEach((weight, i) => expect(effective[i]).toBeCloseTo(weight, 12));
    expect(child.rows.at(-1)!.losses).not.toEqual(whole.rows.at(-1)!.losses);
    expect(child.saved.at(-1)!.state).toMatchObject({
      strategyId: 'weighted-average',
      strategyState: {},
      next: null,
    });
    expect(child.saved.at(-1)!.state.segments).toEqual([
      { step: 0, epoch: 1, why: 'start', strategy: UNCERTAINTY },
      { step: 6, epoch: 3, why: 'fork', strategy: AVERAGE },
    ]);
    expect(child.epochs.map(({ epoch, strategy }) => [epoch, strategy?.id])).toEqual([
      [3, 'weighted-average'],
      [4, 'weighted-average'],
    ]);
  });
});

describe('a switch', () => {
  const switched = async (config: typeof CONFIG, ...asked: (StrategyChoice | null)[]) => {
    const run = makeRun(config, null, { paused: true });
    const ended = run.trainer.run();
    for (let i = 0; i < 4; i++) await run.trainer.singleStep();
    for (const strategy of asked) run.trainer.control.switchStrategy(strategy);
    run.trainer.play();
    await ended;
    run.dispose();
    return run.told;
  };

  it('takes over with the next epoch and a state of its own, and is told, logged and recorded', async () => {
    const [told, plain] = [await switched(CONFIG, AVERAGE), await runAll(CONFIG)];
    expect(withoutTimes(told.rows.slice(0, 6))).toEqual(withoutTimes(plain.rows.slice(0, 6)));
    expect(told.rows[6]!.losses).toEqual(plain.rows[6]!.losses);
    for (const { losses, effective } of told.rows.slice(6))
      averageOf(losses).forEach((weight, i) => expect(effective[i]).toBeCloseTo(weight, 12));
    expect(told.epochs.map(({ strategy }) => strategy?.id)).toEqual([
      'revised-uncertainty',
      'revised-uncertainty',
      'weighted-average',
      'weighted-average',
    ]);
    expect(
      told.log.filter(({ code }) => code.startsWith('strategy-')).map(({ code, step }) => [code, step]),
    ).toEqual([
      ['strategy-next', 4],
      ['strategy-switched', 6],
    ]);
    const events = told.events.flatMap((event) =>
      event.kind === 'strategy' ? [[event.strategy.id, event.next?.id ?? null, event.segments.length]] : [],
    );
    expect(events).toEqual([
      ['revised-uncertainty', null, 1],
      ['revised-uncertainty', 'weighted-average', 1],
      ['weighted-average', null, 2],
    ]);
  });

  it('can be taken back until then, and asking for what is in force is taking it back', async () => {
    const plain = await runAll(CONFIG);
    for (const back of [null, UNCERTAINTY]) {
      const told = await switched(CONFIG, AVERAGE, back);
      expect(bits(told.saved.at(-1)!)).toEqual(bits(plain.saved.at(-1)!));
      expect(told.log.map(({ code }) => code)).toContain('strategy-kept');
    }
  });

  it('survives a checkpoint, before it takes over and after', async () => {
    const whole = await switched(CONFIG, AVERAGE);
    for (const step of [6, 9]) {
      const resumed = await runAll(
        CONFIG,
        whole.saved.find(({ state }) => state.step === step),
      );
      expect(bits(resumed.saved.at(-1)!)).toEqual(bits(whole.saved.at(-1)!));
      expect(resumed.saved.at(-1)!.state.segments).toEqual(whole.saved.at(-1)!.state.segments);
    }
  });

  it('that is asked for on the boundary is in a checkpoint before its first step', async () => {
    const run = makeRun(CONFIG, null, { paused: true });
    const ended = run.trainer.run();
    for (let i = 0; i < 3; i++) await run.trainer.singleStep();
    run.trainer.control.switchStrategy(AVERAGE);
    await run.trainer.singleStep();
    const atBoundary = run.told.saved.findLast(({ state }) => state.step === 3)!;
    expect(atBoundary.state).toMatchObject({ strategyId: 'revised-uncertainty', next: AVERAGE });
    await run.trainer.stop();
    await ended;
    run.dispose();
    const [resumed, gone] = [await runAll(CONFIG, atBoundary), await runAll(CONFIG, run.told.saved.at(-1))];
    expect(bits(resumed.saved.at(-1)!)).toEqual(bits(gone.saved.at(-1)!));
  });

  it('keeps the best to beat and gives the new strategy the whole patience; totals of two strategies are not compared', async () => {
    const [sum, total] = [
      await switched(CONFIG, AVERAGE),
      await switched({ ...CONFIG, monitor: { of: 'strategy-total' } }, AVERAGE),
    ];
    const best = (epochs: typeof sum.epochs) => Math.min(...epochs.map(({ monitored }) => monitored));
    expect(sum.saved.at(-1)!.state.early.best).toBe(best(sum.epochs));
    const bestBefore = best(sum.epochs.slice(0, 2));
    expect(sum.epochs[2]!.best).toBe(sum.epochs[2]!.monitored < bestBefore);
    // The first total of the new strategy has nothing before it to beat, whatever the totals of the other
    // were.
    expect(total.epochs[2]!.best).toBe(true);
    expect(total.saved.at(-1)!.state.early.best).toBe(best(total.epochs.slice(2)));
    expect(total.log.map(({ code }) => code)).toContain('strategy-switched-total');
  });

  it('to one that needs more memory takes smaller parts, says so, and a fork does the same; where nothing fits it is refused at once', async () => {
    const hungry: StrategyChoice = { id: 'db-mtl', options: { beta: 0.9 } };
    const peak = (strategy: StrategyChoice, microBatch: number): number => {
      const { network, dispose } = makeRun(CONFIG, null, { paused: true });
      dispose();
      return memoryPlan(
        network.spec,
        { batchSize: 8, microBatch, ...stepNeeds({ ...CONFIG, strategy }, null) },
        { bytes: Infinity, largest: Infinity },
      ).peak;
    };
    const limits = { bytes: peak(hungry, 4), largest: Infinity };
    expect(peak(UNCERTAINTY, 8)).toBeLessThan(limits.bytes);
    const run = makeRun(CONFIG, null, { paused: true, limits });
    const ended = run.trainer.run();
    await run.trainer.singleStep();
    run.trainer.control.switchStrategy(hungry);
    run.trainer.play();
    expect(await ended).toBe('finished');
    run.dispose();
    const changes = ({ log }: Pick<typeof run.told, 'log'>) =>
      log.filter(({ code }) => code === 'micro-batch-changed').map(({ details }) => details);
    expect(changes(run.told)).toEqual([{ from: 8, to: 4 }]);
    expect(run.told.saved.at(-1)!.state).toMatchObject({ microBatch: 4, averages: true });

    const parent = (await runAll({ ...CONFIG, epochs: 1 })).saved.at(-1)!;
    const { config, from } = childOf(parent, { strategy: hungry, epochs: 2 });
    const fork = await runAll(config, from, { limits });
    expect(changes(fork)).toEqual([{ from: 8, to: 4 }]);
    expect(fork.saved.at(-1)!.state.microBatch).toBe(4);

    const small = makeRun(CONFIG, null, {
      paused: true,
      limits: { bytes: peak(UNCERTAINTY, 1), largest: Infinity },
    });
    expect(() => small.trainer.control.switchStrategy(hungry)).toThrow(
      expect.objectContaining({ code: 'strategy-too-large' }) as Error,
    );
    // A run that goes on is not stopped by what was asked for elsewhere.
    expect(() => small.trainer.control.askFor(hungry)).not.toThrow();
    expect(small.told.log.map(({ code }) => code)).toContain('strategy-refused');
    // Likewise what the instruments would add.
    expect(() => small.trainer.control.setInstruments({ every: 1, gradients: 'full' })).toThrow(
      expect.objectContaining({ code: 'instruments-memory' }) as Error,
    );
    expect(() =>
      small.trainer.control.setInstruments({ every: 1, gradients: 'representation' }),
    ).not.toThrow();
    small.dispose();
  });

  it('refuses what is no strategy', async () => {
    const run = makeRun(CONFIG, null, { paused: true });
    expect(() =>
      run.trainer.control.switchStrategy({ id: 'static', options: { weights: [1, 99, 1] } }),
    ).toThrow(/weights/);
    run.dispose();
  });
});
