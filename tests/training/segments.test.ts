/** Which strategy was in force when, and what a change of it does to early stopping. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NOT_YET, observe } from '../../src/core/training/monitor/early-stopping';
import {
  earlyAfterChange,
  firstSegment,
  sameStrategy,
  segmentsUpTo,
  strategyOfStep,
  type StrategySegment,
} from '../../src/core/training/segments';

const A = { id: 'static', options: { weights: [1, 2, 3] } } as const;
const B = { id: 'weighted-average', options: { detached: true } } as const;
const switched = (step: number, why: StrategySegment['why'] = 'switch'): StrategySegment => ({
  step,
  epoch: 2,
  why,
  strategy: B,
});

describe('segments', () => {
  it('name the strategy of every step: one that took over after step s acts from step s + 1', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 50 }),
        fc.integer({ min: 1, max: 60 }),
        (boundary, step) =>
          strategyOfStep([firstSegment(A), switched(boundary)], step)?.id ===
          (step > boundary ? 'weighted-average' : 'static'),
      ),
    );
  });
  it('of steps that were never taken are left out, but not the fork that a run begins with', () => {
    expect(segmentsUpTo([firstSegment(A), switched(6)], 6)).toEqual([firstSegment(A)]);
    expect(segmentsUpTo([firstSegment(A), switched(6)], 7)).toHaveLength(2);
    expect(segmentsUpTo([firstSegment(A), switched(6, 'fork')], 6)).toHaveLength(2);
    expect(segmentsUpTo([firstSegment(A)], 0)).toHaveLength(1);
  });
  it('are the same strategy whatever the order of its options', () => {
    expect(
      sameStrategy(
        { id: 'static', options: { a: 1, b: [1, 2] } },
        { id: 'static', options: { b: [1, 2], a: 1 } },
      ),
    ).toBe(true);
    expect(sameStrategy(A, { id: 'static', options: { weights: [1, 2, 4] } })).toBe(false);
    expect(sameStrategy(A, { ...A, id: 'unweighted-sum' })).toBe(false);
  });
});

describe('early stopping after a change of strategy', () => {
  const first = [3, 4, 5].reduce((state, value, i) => observe(state, i + 1, value, 9).state, NOT_YET);
  it('keeps the best of a sum of task losses and gives the whole patience', () => {
    expect(first).toEqual({ best: 3, bestEpoch: 1, waited: 2 });
    expect(earlyAfterChange(first, { of: 'sum-of-task-losses' })).toEqual({
      best: 3,
      bestEpoch: 1,
      waited: 0,
    });
  });
  it('does not compare the total of one strategy with that of another', () => {
    expect(observe(earlyAfterChange(first, { of: 'strategy-total' }), 4, 1000, 9)).toMatchObject({
      improved: true,
      state: { best: 1000, bestEpoch: 4 },
    });
  });
});
