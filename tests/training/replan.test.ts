/**
 * The size of parts after a change of strategy: kept where it fits, smaller where it must be, refused where
 * nothing fits.
 */
import { describe, expect, it } from 'vitest';
import { buildModel } from '../../src/core/model/architectures';
import { memoryPlan, type MemoryLimits } from '../../src/core/training/memory/memory-plan';
import { PRESETS } from '../../src/core/config/presets';
import { replanned } from '../../src/core/training/memory/replan';
import type { StrategyChoice } from '../../src/core/training/segments';
import { stepNeeds } from '../../src/core/training/memory/strategy-cost';

const SPEC = buildModel({
  architecture: 'vgg11-bn-multitask',
  width: 0.25,
  inputSize: 64,
  heads: [
    { task: 'emotion', classes: 4 },
    { task: 'speaker', classes: 10 },
    { task: 'gender', classes: 2 },
  ],
});
const CONFIG = { ...PRESETS.compact, batchSize: 32 };
const PLAIN: StrategyChoice = { id: 'unweighted-sum', options: {} };
const FULL: StrategyChoice = { id: 'upgrad', options: { gradients: 'full' } };
const AVERAGED: StrategyChoice = { id: 'db-mtl', options: { beta: 0.9 } };
const ONE_THREAD = { id: 'wasm' } as const;
const peak = (strategy: StrategyChoice, microBatch: number): number =>
  memoryPlan(
    SPEC,
    { batchSize: 32, microBatch, ...stepNeeds({ ...CONFIG, strategy }, ONE_THREAD) },
    { bytes: Infinity, largest: Infinity },
  ).peak;
const allowing = (bytes: number): MemoryLimits => ({ bytes, largest: Infinity });
const change = (to: StrategyChoice, bytes: number, config = CONFIG, from = PLAIN, microBatch = 32): number =>
  replanned(SPEC, config, { from, to, microBatch }, ONE_THREAD, allowing(bytes));

describe('after a change of strategy', () => {
  it('parts are as before where they fit', () => {
    expect(peak(FULL, 32)).toBeGreaterThan(peak(PLAIN, 32));
    expect(peak(AVERAGED, 32)).toBeGreaterThan(peak(FULL, 32));
    expect(change(FULL, peak(FULL, 32))).toBe(32);
    expect(change(AVERAGED, peak(AVERAGED, 32))).toBe(32);
  });

  it('parts become smaller where they must, and then fit', () => {
    const limit = peak(AVERAGED, 32) - 1;
    const smaller = change(AVERAGED, limit);
    expect(smaller).toBeLessThan(32);
    expect(peak(AVERAGED, smaller)).toBeLessThanOrEqual(limit);
  });

  it('what takes no more than the run did is never made smaller, whatever the machine says', () => {
    expect(change(PLAIN, 1, CONFIG, FULL)).toBe(32);
  });

  it('a number set by hand is kept or refused, never replaced', () => {
    const byHand = { ...CONFIG, microBatch: 32 };
    expect(change(FULL, peak(FULL, 32), byHand)).toBe(32);
    expect(() => change(FULL, peak(FULL, 32) - 1, byHand)).toThrow(
      expect.objectContaining({ code: 'micro-batch-too-large' }) as Error,
    );
  });

  it('is refused with a hint where not even one example fits', () => {
    expect(() => change(AVERAGED, peak(PLAIN, 1))).toThrow(
      expect.objectContaining({
        code: 'strategy-too-large',
        hint: expect.stringContaining('shared representation') as string,
      }) as Error,
    );
  });
});
