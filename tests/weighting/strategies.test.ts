/**
 * Strategies against golden values computed in float64 independently of this code (and of any library), and against a
 * finite difference of their own total.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { defaultOptions } from '../../src/core/weighting/options';
import { STRATEGIES, strategy } from '../../src/core/weighting/registry';
import type { StrategyOptions, StrategyState } from '../../src/core/weighting/types';

const LOSSES = [1.2, 2.1, 0.6];
const close = (actual: readonly number[], expected: readonly number[], digits = 7): void =>
  actual.forEach((value, i) => expect(value).toBeCloseTo(expected[i]!, digits));

describe('unweighted sum', () => {
  it('adds', () => {
    const step = strategy('unweighted-sum').weigh(LOSSES, {}, {});
    expect(step.total).toBeCloseTo(3.9, 12);
    expect(step.effective).toEqual([1, 1, 1]);
  });
});

describe('static weights', () => {
  it('weighs, and takes 1 for a task without a weight', () => {
    const step = strategy('static').weigh(LOSSES, { weights: [0.5, 2] }, {});
    expect(step.total).toBeCloseTo(0.6 + 4.2 + 0.6, 12);
    expect(step.effective).toEqual([0.5, 2, 1]);
  });
});

describe('weighted average', () => {
  const s = strategy('weighted-average');
  it('detached: shares', () => {
    const step = s.weigh(LOSSES, { detached: true }, {});
    close(step.nominal, [0.3076923, 0.5384615, 0.1538462]);
    expect(step.effective).toEqual(step.nominal);
    expect(step.total).toBeCloseTo(1.5923077, 7);
  });
  it('differentiated through: an easy task is pushed uphill', () => {
    const step = s.weigh(LOSSES, { detached: false }, {});
    close(step.nominal, [0.3076923, 0.5384615, 0.1538462]);
    close(step.effective, [0.2071006, 0.6686391, -0.1005917]);
    close(s.weigh([1.4, 2.3, 0.1], {}, {}).effective, [0.234072, 0.7077562, -0.4501385]);
  });
  it('is defined when every loss is zero', () => {
    const step = s.weigh([0, 0, 0], { detached: true }, {});
    expect(step.nominal).toEqual([1 / 3, 1 / 3, 1 / 3]);
    expect(step.total).toBe(0);
  });
});

describe('revised uncertainty', () => {
  const s = strategy('revised-uncertainty');
  it('at c = 1', () => {
    const step = s.weigh(LOSSES, {}, s.init(3, {}));
    expect(step.total).toBeCloseTo(4.0294415417, 9);
    close(step.effective, [0.5, 0.5, 0.5]);
  });
  it("agrees with MindSpore's documented number", () => {
    expect(s.weigh([1, 0.8], {}, s.init(2, {})).total).toBeCloseTo(2.2862943611, 9);
  });
  it('moves c by Adam: the first step is the learning rate against the sign of (-0.2, -1.1, 0.4)', () => {
    const next = s.update(LOSSES, { learningRate: 0.01 }, s.init(3, {}));
    close(next['c'] as number[], [1.01, 1.01, 0.99]);
    close(next['m'] as number[], [-0.02, -0.11, 0.04], 12);
  });
  it('comes to rest at c² = (L + √(L² + 8L)) / 4', () => {
    let state = s.init(3, {});
    for (let i = 0; i < 20_000; i++) state = s.update(LOSSES, { learningRate: 0.001 }, state);
    close((state['c'] as number[]).map((c) => c * c), [1.1306623863, 1.676357894, 0.7178908346], 4);
  });
  it('never lets c reach zero, and counts it', () => {
    let state: StrategyState = s.init(1, {});
    for (let i = 0; i < 500; i++) state = s.update([0], { learningRate: 0.1 }, state);
    expect((state['c'] as number[])[0]).toBeGreaterThan(0);
    expect(state['clamped']).toBeGreaterThan(0);
  });
  it('goes on the same from a saved state', () => {
    const rounds = (from: StrategyState, losses: readonly number[][]) => losses.reduce((state, l) => s.update(l, {}, state), from);
    const a = rounds(s.init(3, {}), [LOSSES, [1, 2, 0.5], [0.9, 1.9, 0.4]]);
    const saved = JSON.parse(JSON.stringify(rounds(s.init(3, {}), [LOSSES, [1, 2, 0.5]]))) as StrategyState;
    expect(rounds(saved, [[0.9, 1.9, 0.4]])).toEqual(a);
  });
});

describe('every strategy', () => {
  const losses = fc.array(fc.double({ min: 0.05, max: 5, noNaN: true }), { minLength: 1, maxLength: 3 });
  for (const s of STRATEGIES) {
    const check = (options: StrategyOptions) => fc.assert(fc.property(losses, (values) => {
      const state = s.init(values.length, options);
      const { effective, total, nominal } = s.weigh(values, options, state);
      expect(nominal).toHaveLength(values.length);
      expect(Number.isFinite(total)).toBe(true);
      const detached = options['detached'] === true;
      if (detached) return; // held constant on purpose: not the derivative of the printed total
      const h = 1e-6;
      values.forEach((_, i) => {
        const at = (shift: number) => s.weigh(values.map((v, j) => v + (j === i ? shift : 0)), options, state).total;
        expect(effective[i]).toBeCloseTo((at(h) - at(-h)) / (2 * h), 4);
      });
    }));
    it(`${s.id}: the effective weight is the derivative of the total`, () => {
      check(defaultOptions(s, 3));
      if (s.options.some(({ key }) => key === 'detached')) check({ detached: true });
    });
    it(`${s.id}: permuting the tasks permutes the weights`, () => {
      const state = s.init(3, {});
      const forward = s.weigh(LOSSES, {}, state).effective;
      close(s.weigh(LOSSES.toReversed(), {}, state).effective, forward.toReversed(), 12);
    });
    it(`${s.id}: has a formula, with and without numbers`, () => {
      const state = s.init(3, {});
      expect(s.formula({})).toMatch(/^L = /);
      expect(s.formulaWithNumbers(LOSSES, s.weigh(LOSSES, {}, state), {}, state)).toMatch(/= [−\d]/);
    });
  }
  it('an unknown one is refused by name', () => {
    expect(() => strategy('magic' as never)).toThrow(/magic/);
  });
});
