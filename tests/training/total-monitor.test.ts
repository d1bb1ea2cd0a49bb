/** Which strategies' totals are a yardstick: judged by what they do on losses that stand still. */
import { describe, expect, it } from 'vitest';
import {
  DRIFT_EPOCHS,
  driftAfter,
  NO_DRIFT,
  totalMisleads,
} from '../../src/core/training/monitor/total-monitor';
import { defaultOptions } from '../../src/core/weighting/options';
import { STRATEGIES } from '../../src/core/weighting/registry';
import type { Strategy, StrategyStep } from '../../src/core/weighting/types';

const LOSSES = [1.4, 2.25, 0.7];

/** The total at the same losses after so many steps on them, epoch by epoch. */
function totals(chosen: Strategy): readonly number[] {
  const options = defaultOptions(chosen, 3);
  let state = chosen.init(3, options);
  return Array.from({ length: 10 }, (_, i): StrategyStep => {
    const epoch = i + 1;
    const context = {
      seed: 1,
      step: 20 * epoch,
      epoch,
      gram: [
        [1, 0.1, 0.1],
        [0.1, 2, 0.1],
        [0.1, 0.1, 0.5],
      ],
      classes: [4, 10, 2],
      after: LOSSES,
    };
    for (let step = 20 * i + 1; step <= 20 * epoch; step++)
      state = chosen.update(LOSSES, options, state, { ...context, step });
    return chosen.weigh(LOSSES, options, state, { ...context, gram: null });
  }).map(({ total }) => total);
}

describe('a strategy’s total on losses that stand still', () => {
  it.each(STRATEGIES.map((one) => [one.id, one] as const))('%s', (id, chosen) => {
    const found = totals(chosen);
    const falls = found.every((total, i) => i === 0 || total < found[i - 1]!);
    const stands = found.every((total) => Math.abs(total - found[0]!) < 1e-12);
    const said = totalMisleads(id);
    expect(falls).toBe(said === 'falls');
    if (said === null || said === 'constant' || said === 'logarithms') expect(stands).toBe(true);
    if (said === 'constant') expect(found[0]).toBe(3);
    if (said === null)
      expect(
        chosen.weigh(LOSSES, defaultOptions(chosen, 3), chosen.init(3, defaultOptions(chosen, 3))).fallback,
      ).toBeUndefined();
  });
});

describe('drift', () => {
  it('counts epochs that were the best without a smaller sum, and begins anew with either', () => {
    const told = [
      [true, 3],
      [true, 3],
      [true, 3.5],
      [true, 2],
      [true, 2],
      [false, 2],
      [true, 2],
      [true, Number.NaN],
    ] as const;
    let drift = NO_DRIFT;
    expect(
      told.map(([best, sum]) => {
        drift = driftAfter(drift, best, sum);
        return drift.epochs;
      }),
    ).toEqual([0, 1, 2, 0, 1, 0, 1, 2]);
    expect(DRIFT_EPOCHS).toBe(5);
  });
});
