/** Steps in which a task has no labelled example: what every strategy is asked, and what it answers. */
import { describe, expect, it } from 'vitest';
import { defaultOptions } from '../../src/core/weighting/options';
import { weighPresent } from '../../src/core/weighting/present';
import { STRATEGIES, strategy } from '../../src/core/weighting/registry';
import type { StepContext } from '../../src/core/weighting/types';

const gram = [
  [2, 0.5, 0.3, 0],
  [0.5, 1, -0.4, 0],
  [0.3, -0.4, 3, 0],
  [0, 0, 0, 0],
];
const context: StepContext = { seed: 5, step: 9, epoch: 2, gram, classes: [4, 10, 2, 7] };
const two: StepContext = {
  ...context,
  gram: [
    [2, 0.3],
    [0.3, 3],
  ],
  classes: [4, 2],
};
const PRESENT = [true, false, true, false];
const LOSSES = [1.3, Number.NaN, 0.4, Number.NaN];

describe.each(STRATEGIES.map((one) => [one.id, one] as const))('%s', (_, chosen) => {
  const options = defaultOptions(chosen, 4);
  const asked = { strategy: chosen, options, state: chosen.init(4, options), context };

  it('weighs the tasks that are there as if there were no others', () => {
    const step = weighPresent(LOSSES, PRESENT, asked);
    const own = defaultOptions(chosen, 2);
    const alone = chosen.weigh([1.3, 0.4], own, chosen.init(2, own), two);
    expect(step.total).toBe(alone.total);
    expect(step.nominal).toEqual([alone.nominal[0], 0, alone.nominal[1], 0]);
    expect(step.effective).toEqual([alone.effective[0], 0, alone.effective[1], 0]);
    expect(step.fallback).toBe(alone.fallback);
    // In the head of an absent task the factor multiplies nothing; it must not be 0.
    expect(step.heads![1]).toBe(1);
    if (alone.averaged) expect(step.averaged).toEqual([alone.averaged[0], 0, alone.averaged[1], 0]);
  });

  it('is asked as ever where every task is there', () => {
    const losses = [1.3, 0.9, 0.4, 0.7];
    const full = { ...context, gram: gram.map((row, i) => row.map((v, j) => (i === 3 && j === 3 ? 1 : v))) };
    expect(weighPresent(losses, [true, true, true, true], { ...asked, context: full })).toEqual(
      chosen.weigh(losses, options, asked.state, full),
    );
  });

  it('gives no weight where nothing is labelled', () => {
    const step = weighPresent(LOSSES, [false, false, false, false], asked);
    expect([step.total, ...step.effective]).toEqual([0, 0, 0, 0, 0]);
  });
});

describe('options and sums', () => {
  it('lists keep the entries of the tasks that are there', () => {
    const step = weighPresent(LOSSES, PRESENT, {
      strategy: strategy('static'),
      options: { weights: [1, 2, 3, 4] },
      state: {},
    });
    expect(step.effective).toEqual([1, 0, 3, 0]);
  });

  it('an option that names an absent task leaves no weight, one that names another follows it', () => {
    const single = (task: number) =>
      weighPresent(LOSSES, PRESENT, { strategy: strategy('single-task'), options: { task }, state: {} });
    expect(single(2).effective).toEqual([0, 0, 1, 0]);
    expect(single(1)).toMatchObject({ effective: [0, 0, 0, 0], fallback: 'no-weight' });
  });

  it('renormalised weights sum to the number of tasks that are there', () => {
    const { effective } = weighPresent(LOSSES, PRESENT, {
      strategy: strategy('mean'),
      options: {},
      state: {},
      renormalise: true,
    });
    expect(effective).toEqual([1, 0, 1, 0]);
  });
});
