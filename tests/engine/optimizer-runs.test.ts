/**
 * Whole runs under other optimisers, schedules and clipping: the rate of every step, what a checkpoint holds, and
 * that a run that is interrupted ends in the same bits.
 */
import { describe, expect, it } from 'vitest';
import { parseRunConfig } from '../../src/core/config/parse';
import type { RunConfig } from '../../src/core/config/run-config';
import { parsedOptimizer, parsedSchedule } from '../support/optimisers';
import { CONFIG, runAll, withoutTimes } from './runs';
import { on } from './support';

const configWith = (change: Partial<RunConfig>): RunConfig => parseRunConfig({ ...CONFIG, ...change });

const CASES: readonly (readonly [name: string, change: Partial<RunConfig>, slots: readonly string[]])[] = [
  [
    'SGD with Nesterov’s momentum, cosine with warm-up, clipped',
    {
      optimizer: parsedOptimizer({ id: 'sgd', nesterov: true, weightDecay: 1e-3 }),
      schedule: parsedSchedule({ id: 'cosine', warmupEpochs: 1 }),
      clipNorm: 0.5,
    },
    ['sgd.velocity'],
  ],
  [
    'AdamW, exponential',
    {
      optimizer: parsedOptimizer({ id: 'adamw', decayScope: 'weights' }),
      schedule: parsedSchedule({ id: 'exponential', gamma: 0.5 }),
    },
    ['adamw.m', 'adamw.v'],
  ],
  [
    'plain SGD, plateau',
    {
      optimizer: parsedOptimizer({ id: 'sgd', momentum: 0, learningRate: 1e-3 }),
      schedule: parsedSchedule({ id: 'plateau', waitEpochs: 0, factor: 0.5, threshold: 1 }),
    },
    [],
  ],
];

describe('a run', () => {
  it.each(CASES)('under %s ends in the same bits where it was interrupted', async (_name, change, slots) => {
    await on('wasm', async () => {
      const config = configWith(change);
      const whole = await runAll(config);
      expect(whole.end).toBe('finished');
      const names = whole.saved.at(-1)!.tensors.map(({ name }) => name);
      const kept = names.filter((name) => !name.startsWith('parameter/')).map((name) => name.split('/')[0]!);
      expect([...new Set(kept)].sort()).toEqual([...slots]);

      const middle = whole.saved.find(({ state }) => state.epoch === 3)!;
      const rest = await runAll(config, middle);
      const after = withoutTimes(whole.rows).filter(({ step }) => step > middle.state.step);
      expect(after.length).toBeGreaterThan(2);
      expect(withoutTimes(rest.rows)).toEqual(after);
      expect(rest.saved.at(-1)!.tensors).toEqual(whole.saved.at(-1)!.tensors);
      // Every step tells its rate, and it changes.
      const rates = whole.rows.map(({ learningRate }) => learningRate!);
      expect(rates.every((rate) => rate > 0)).toBe(true);
      expect(new Set(rates).size).toBeGreaterThan(2);
    });
  });

  it('lowers its rate on a plateau after the epochs that it waited, and says so', async () => {
    await on('wasm', async () => {
      const { rows, log } = await runAll(configWith(CASES[2]![1]));
      // A threshold of 1 lets no later loss count as an improvement: every epoch but the first halves the rate.
      const ofEpoch = (epoch: number) => rows.find((row) => row.epoch === epoch)!.learningRate;
      expect([1, 2, 3, 4].map(ofEpoch)).toEqual([1e-3, 1e-3, 5e-4, 2.5e-4]);
      const told = log.filter(({ code }) => code === 'rate-lowered').map(({ details }) => details);
      expect(told).toEqual([
        { from: 1e-3, to: 5e-4, epoch: 2 },
        { from: 5e-4, to: 2.5e-4, epoch: 3 },
        { from: 2.5e-4, to: 1.25e-4, epoch: 4 },
      ]);
    });
  });

  it('with a constant rate tells none, and its checkpoint remembers nothing of a schedule', async () => {
    await on('wasm', async () => {
      const { rows, saved } = await runAll(configWith({ epochs: 1 }));
      expect(rows.some((row) => 'learningRate' in row)).toBe(false);
      expect(saved.at(-1)!.state.schedule).toEqual({});
    });
  });
});
