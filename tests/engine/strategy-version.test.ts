/**
 * Runs that version 0.1.0 began under formulas which have changed since
 * (docs/decisions/0020-strategy-versions.md): they go on under today's, say so, and keep everything else.
 * References: Nash-MTL's equation, and a run that had today's formulas from the start.
 */
import { beforeAll, describe, expect, it } from 'vitest';
import { parseRunConfig } from '../../src/core/config/parse';
import { asComputedNow, isOlder, type StrategyChoice } from '../../src/core/training/segments';
import { chooseBackend } from '../../src/engine/platform/backend';
import { forkState } from '../../src/engine/run/fork';
import { CONFIG, makeRun, runAll, withoutTimes, type Saved } from './runs';

beforeAll(() => chooseBackend('wasm'));

const configOf = (strategy: StrategyChoice, change: object = {}) =>
  parseRunConfig({ ...CONFIG, ...change, strategy });
/**
 * The same checkpoint as 0.1.0 would have written it: nothing of versions, and a bargain on its own scale.
 */
function asBefore({ state, ...saved }: Saved): Saved {
  const { alpha, ...memory } = state.strategyState;
  const plain = ({ id, options }: StrategyChoice): StrategyChoice => ({ id, options });
  return {
    ...saved,
    state: {
      ...state,
      strategyVersion: 1,
      config: { ...state.config, strategy: plain(state.config.strategy) },
      segments: state.segments.map((segment) => ({ ...segment, strategy: plain(segment.strategy) })),
      strategyState: alpha
        ? { ...memory, bargain: (alpha as readonly number[]).map((weight) => weight * 4) }
        : memory,
    },
  };
}

describe('a run of version 0.1.0', () => {
  it('goes on under today’s formula, marked, told, and with its other memory; the bargain is made anew', async () => {
    const now = configOf({ id: 'nash-mtl', options: { every: 4 }, version: 2 });
    const whole = await runAll(now);
    const saved = whole.saved.find(({ state }) => state.step === 6)!;
    const old = asBefore(saved);
    const resumed = await runAll(old.state.config, old);
    expect(resumed.saved.at(-1)!.state.segments).toEqual([
      { step: 0, epoch: 1, why: 'start', strategy: old.state.config.strategy },
      { step: 6, epoch: 3, why: 'formula', strategy: { ...old.state.config.strategy, version: 2 } },
    ]);
    expect(resumed.saved.at(-1)!.state).toMatchObject({ strategyId: 'nash-mtl', strategyVersion: 2 });
    expect(resumed.log).toContainEqual(
      expect.objectContaining({
        code: 'strategy-switched-formula',
        level: 'warning',
        step: 6,
        details: { strategy: 'nash-mtl', from: 1, to: 2 },
      }),
    );
    // Step 7 stands between two bargains: with the old one on its own scale its weights would be four times
    // as large.
    const [then, here] = [whole.rows[6]!, resumed.rows[0]!];
    expect(here.losses).toEqual(then.losses);
    here.effective.forEach((weight, i) => {
      expect(weight / then.effective[i]!).toBeLessThan(2);
    });
    expect(resumed.epochs.at(-1)!.strategy).toEqual({ ...old.state.config.strategy, version: 2 });
    // Resumed once more it is no old run any longer.
    const again = await runAll(old.state.config, resumed.saved.find(({ state }) => state.step === 9) ?? null);
    expect(again.log.some(({ code }) => code === 'strategy-switched-formula')).toBe(false);
    expect(withoutTimes(again.rows)).toEqual(withoutTimes(resumed.rows.slice(3)));
  });
  it('whose formula has not changed goes on bit for bit and without a word', async () => {
    const config = configOf({ id: 'pcgrad', options: {} });
    const whole = await runAll(config);
    const old = asBefore(whole.saved.find(({ state }) => state.step === 6)!);
    const resumed = await runAll(old.state.config, old);
    expect(withoutTimes(resumed.rows)).toEqual(withoutTimes(whole.rows.slice(6)));
    expect(resumed.saved.at(-1)!.state.segments).toEqual([
      { step: 0, epoch: 1, why: 'start', strategy: config.strategy },
    ]);
    expect(resumed.log.some(({ code }) => code.startsWith('strategy'))).toBe(false);
  });
  it('forked under the same strategy keeps its memory and gets today’s formula; under another one, that one’s', async () => {
    const whole = await runAll(configOf({ id: 'fairgrad', options: {}, version: 2 }));
    const old = asBefore(whole.saved.find(({ state }) => state.step === 6)!);
    const origin = { runId: 'r', name: 'parent', which: 'last', step: 6, epoch: 3 };
    const child = (strategy: StrategyChoice) => configOf(asComputedNow(strategy), { origin });
    const same = child({ id: 'fairgrad', options: {} });
    const from = { ...old, state: forkState(old.state, same) };
    expect(from.state.strategyState).toEqual(old.state.strategyState);
    const forked = await runAll(same, from);
    expect(forked.saved.at(-1)!.state.segments.map(({ why, strategy }) => [why, strategy.version])).toEqual([
      ['start', undefined],
      ['fork', 2],
      ['formula', 2],
    ]);
    // FairGrad's equations have the same solution in both versions where gradients are independent and
    // similar in length.
    expect(withoutTimes(forked.rows)).toEqual(withoutTimes(whole.rows.slice(6)));
    const other = child({ id: 'mgda', options: {} });
    expect(forkState(old.state, other)).toMatchObject({ strategyId: 'mgda', strategyVersion: 2 });
    expect(forkState(old.state, child({ id: 'dwa', options: {} })).strategyVersion).toBe(1);
  });
  it('that watched the strategy’s total begins its comparison anew, one that watched the losses does not', async () => {
    for (const [monitor, kept] of [
      ['strategy-total', false],
      ['sum-of-task-losses', true],
    ] as const) {
      const whole = await runAll(
        configOf({ id: 'nash-mtl', options: {}, version: 2 }, { monitor: { of: monitor }, epochs: 2 }),
      );
      const old = asBefore(whole.saved.find(({ state }) => state.step === 3)!);
      const run = makeRun(
        { ...old.state.config, epochs: 2 },
        { ...old, state: { ...old.state, early: { ...old.state.early, best: -1e9, bestEpoch: 1 } } },
      );
      await run.trainer.run();
      run.dispose();
      expect(run.told.epochs.at(-1)!.best, monitor).toBe(!kept);
    }
  });
});

describe('a choice', () => {
  it('is written with the version of today’s formulas where they are not the first, and is older without', () => {
    expect(asComputedNow({ id: 'nash-mtl', options: { every: 2 } })).toEqual({
      id: 'nash-mtl',
      options: { every: 2 },
      version: 2,
    });
    expect(asComputedNow({ id: 'dwa', options: {} })).toEqual({ id: 'dwa', options: {} });
    expect([
      isOlder({ id: 'nash-mtl', options: {} }),
      isOlder({ id: 'nash-mtl', options: {}, version: 2 }),
      isOlder({ id: 'dwa', options: {} }),
    ]).toEqual([true, false, false]);
    expect(
      parseRunConfig({ ...CONFIG, strategy: { id: 'nash-mtl', options: {}, version: 2 } }).strategy.version,
    ).toBe(2);
    expect(
      parseRunConfig({ ...CONFIG, strategy: { id: 'nash-mtl', options: {}, version: 1 } }).strategy,
    ).not.toHaveProperty('version');
  });
});
