/**
 * Laws that every strategy keeps: the effective weight is a finite difference of the total with held constant
 * what the formula holds constant; a state that went through a checkpoint gives the same third step; what
 * another unit of losses or gradients does to the weights. And the golden values that only show inside a
 * strategy. Expected values follow from the published formulas.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { defaultOptions } from '../../src/core/weighting/options';
import { projected } from '../../src/core/weighting/strategies/pcgrad';
import { STRATEGIES, strategy } from '../../src/core/weighting/registry';
import { conflictAverse } from '../../src/core/weighting/solvers/conflict-averse';
import { quadratic } from '../../src/core/weighting/solvers/linear-algebra';
import type {
  Gram,
  StepContext,
  Strategy,
  StrategyId,
  StrategyOptions,
  StrategyState,
  StrategyStep,
} from '../../src/core/weighting/types';

const LOSSES = [1.2, 2.1, 0.6];
const GRAM = [
  [6, -1.5, -3.5],
  [-1.5, 5.25, 0.25],
  [-3.5, 0.25, 10.3125],
];
const close = (actual: readonly number[], expected: readonly number[], digits = 6): void =>
  actual.forEach((value, i) => expect(value).toBeCloseTo(expected[i]!, digits));

/**
 * Every choice and switch of a strategy, one at a time; warm-ups so short that three epochs are past them.
 */
const variants = (s: Strategy, tasks: number): StrategyOptions[] => {
  const base = {
    ...defaultOptions(s, tasks),
    ...(s.id === 'smooth-tchebycheff' ? { warmUp: 1 } : {}),
    ...(s.id === 'static' ? { weights: [0.5, 2, 1].slice(0, tasks) } : {}),
  };
  const others = Object.entries(s.options).flatMap(([key, spec]): StrategyOptions[] =>
    spec.kind === 'choice'
      ? spec.choices.map((one) => ({ [key]: one }))
      : spec.kind === 'boolean'
        ? [{ [key]: true }, { [key]: false }]
        : [],
  );
  return [{}, ...others].map((one) => ({ ...base, ...one }));
};
const contextOf = (step: number, gram: Gram | null, after?: readonly number[]): StepContext => ({
  seed: 3,
  step,
  epoch: step,
  gram,
  ...(after ? { after } : {}),
});

/** Two steps, one an epoch, as the training loop would take them. */
function twoSteps(
  s: Strategy,
  options: StrategyOptions,
  gram: Gram,
  losses: readonly number[],
): StrategyState {
  let state = s.init(losses.length, options);
  for (const step of [1, 2]) {
    const now = losses.map((loss, i) => loss * (1 + 0.1 * step * (i + 1)));
    state = s.update(
      now,
      options,
      state,
      contextOf(
        step,
        gram,
        now.map((loss, i) => loss * (1 - 0.02 * (i + 1))),
      ),
    );
  }
  return state;
}

/**
 * L_total of other losses with everything held constant that the formula writes as sg(...), from what the
 * step states; null: nothing is.
 */
function heldTotal(
  s: Strategy,
  options: StrategyOptions,
  step: StrategyStep,
  losses: readonly number[],
): ((other: readonly number[]) => number) | null {
  const { nominal } = step;
  if (s.id === 'famo') {
    const c = nominal.reduce((sum, z, i) => sum + z / (losses[i]! + 1e-8), 0);
    return (other) => nominal.reduce((sum, z, i) => sum + z * Math.log(other[i]! + 1e-8), 0) / c;
  }
  const held =
    s.needs(options) !== 'losses' || s.id === 'uw-o' || s.id === 'uw-so' || options['detached'] === true;
  return held ? (other) => nominal.reduce((sum, weight, i) => sum + weight * other[i]!, 0) : null;
}

describe('the effective weight is the derivative of the total, with held constant what the formula holds constant', () => {
  const tasks = fc.integer({ min: 1, max: 3 });
  const numbers = fc.array(fc.double({ min: 0.1, max: 4, noNaN: true }), { minLength: 3, maxLength: 3 });
  it.each(STRATEGIES.map((s) => [s.id, s] as const))('%s', (_id, s) => {
    fc.assert(
      fc.property(tasks, numbers, (n, values) => {
        const losses = values.slice(0, n);
        const gram = GRAM.slice(0, n).map((row) => row.slice(0, n));
        for (const options of variants(s, n)) {
          const context = contextOf(3, gram);
          const state = twoSteps(s, options, gram, losses);
          const done = s.weigh(losses, options, state, context);
          const total =
            heldTotal(s, options, done, losses) ??
            ((other: readonly number[]) => s.weigh(other, options, state, context).total);
          expect(total(losses)).toBeCloseTo(done.total, 9);
          losses.forEach((loss, i) => {
            const h = 1e-5 * loss;
            const at = (shift: number): number =>
              total(losses.map((value, j) => (j === i ? value + shift : value)));
            const slope = (at(h) - at(-h)) / (2 * h);
            expect(
              Math.abs(done.effective[i]! - slope),
              `${JSON.stringify(options)} of ${losses.join()}: ${done.effective.join()}`,
            ).toBeLessThan(1e-6 * Math.max(1, Math.abs(slope)));
          });
        }
      }),
      { numRuns: 8 },
    );
  });
});

describe('saved after two steps and read again', () => {
  /** Whose third step depends on the first two. */
  const REMEMBERS: readonly StrategyId[] = [
    'kendall-uncertainty',
    'revised-uncertainty',
    'imtl-l',
    'dwa',
    'smooth-tchebycheff',
    'famo',
    'grad-norm',
  ];
  it.each(STRATEGIES.map((s) => [s.id, s] as const))(
    '%s: the same third step, and the same state after it',
    (_id, s) => {
      for (const options of variants(s, 3)) {
        const state = twoSteps(s, options, GRAM, LOSSES);
        const saved = JSON.parse(JSON.stringify(state)) as StrategyState;
        const third = contextOf(3, GRAM, [1.1, 2, 0.5]);
        expect(s.weigh(LOSSES, options, saved, third)).toEqual(s.weigh(LOSSES, options, state, third));
        expect(s.update(LOSSES, options, saved, third)).toEqual(s.update(LOSSES, options, state, third));
        // Validation has no gradients: those of the last step count, before and after the break.
        expect(s.weigh(LOSSES, options, saved)).toEqual(s.weigh(LOSSES, options, state));
        if (REMEMBERS.includes(s.id))
          expect(s.weigh(LOSSES, options, s.init(3, options), third).effective).not.toEqual(
            s.weigh(LOSSES, options, state, third).effective,
          );
        if (s.needs(options) !== 'losses')
          expect(s.weigh(LOSSES, options, s.init(3, options)).effective).not.toEqual(
            s.weigh(LOSSES, options, state).effective,
          );
      }
    },
  );
});

describe('other units', () => {
  const factor = fc.double({ min: 0.05, max: 20, noNaN: true });
  const each = (check: (k: number) => void) => fc.assert(fc.property(factor, check), { numRuns: 12 });
  const first = (
    id: StrategyId,
    losses: readonly number[],
    gram: Gram | null = null,
    options: StrategyOptions = {},
  ) =>
    strategy(id).weigh(
      losses,
      { ...defaultOptions(strategy(id), 3), ...options },
      strategy(id).init(3, options),
      contextOf(1, gram),
    ).effective;
  const times = (k: number): number[] => LOSSES.map((loss) => loss * k);
  const gramTimes = (by: readonly number[]): number[][] =>
    GRAM.map((row, i) => row.map((value, j) => value * by[i]! * by[j]!));

  it.each<[StrategyId, StrategyOptions]>([
    ['unweighted-sum', {}],
    ['mean', {}],
    ['static', {}],
    ['single-task', {}],
    ['random', {}],
    ['weighted-average', { detached: true }],
    ['weighted-average', { detached: false }],
    ['geometric', {}],
    ['famo', {}],
  ])('%s %o: losses in another unit, the same weights', (id, options) => {
    each((k) => {
      close(first(id, times(k), null, options), first(id, LOSSES, null, options));
    });
  });
  it.each<[StrategyId, StrategyOptions]>([
    ['log-sum', {}],
    ['uw-o', {}],
    ['smooth-tchebycheff', {}],
  ])('%s %o: losses k times as large, weights a k-th', (id, options) => {
    each((k) => {
      close(
        first(id, times(k), null, options).map((weight) => weight * k),
        first(id, LOSSES, null, options),
      );
    });
  });
  it('UW-SO: its temperature has the unit of 1/L', () => {
    each((k) => {
      if (1 / k >= 0.1) close(first('uw-so', times(k), null, { temperature: 1 / k }), first('uw-so', LOSSES));
    });
  });
  it('DWA and GradNorm see ratios of losses only', () => {
    each((k) => {
      for (const id of ['dwa', 'grad-norm'] as const) {
        const s = strategy(id);
        const options = defaultOptions(s, 3);
        const weights = (by: number) =>
          s.weigh(times(by), options, twoSteps(s, options, GRAM, times(by)), contextOf(3, GRAM)).effective;
        close(weights(k), weights(1));
      }
    });
  });
  it.each<[StrategyId, StrategyOptions]>([
    ['mgda', {}],
    ['mgda', { normalisation: 'l2' }],
    ['pcgrad', {}],
    ['cagrad', {}],
    ['imtl-g', {}],
    ['aligned-mtl', {}],
    ['upgrad', {}],
  ])('%s %o: all gradients k times as long, the same weights', (id, options) => {
    each((k) => {
      close(first(id, LOSSES, gramTimes([k, k, k]), options), first(id, LOSSES, GRAM, options));
    });
  });
  it('Nash-MTL: weights × 1/k, and the shared gradient as long as before', () => {
    each((k) => {
      close(
        first('nash-mtl', LOSSES, gramTimes([k, k, k])).map((weight) => weight * k),
        first('nash-mtl', LOSSES, GRAM),
      );
    });
  });
  it('FairGrad: weights × k^(−2α/(1+α))', () => {
    each((k) => {
      for (const alpha of [0.5, 1, 2])
        close(
          first('fairgrad', LOSSES, gramTimes([k, k, k]), { alpha }).map(
            (weight) => weight * k ** ((2 * alpha) / (1 + alpha)),
          ),
          first('fairgrad', LOSSES, GRAM, { alpha }),
        );
    });
  });
  it('IMTL-G and Nash-MTL pull as before at a task whose loss has another unit, up to a common factor; DB-MTL without one', () => {
    each((k) => {
      const pulls = (id: StrategyId, by: number): number[] =>
        first(id, [LOSSES[0]! * by, LOSSES[1]!, LOSSES[2]!], gramTimes([by, 1, 1]), { beta: 0 }).map(
          (weight, i) => (i === 0 ? weight * by : weight),
        );
      for (const id of ['imtl-g', 'nash-mtl', 'db-mtl'] as const) {
        const [now, before] = [pulls(id, k), pulls(id, 1)];
        const common = id === 'db-mtl' ? 1 : now[1]! / before[1]!;
        close(
          now,
          before.map((pull) => pull * common),
          5,
        );
      }
    });
  });
});

describe('golden values that only show inside', () => {
  it('PCGrad: permuting tasks and their orders permutes the factors', () => {
    const turn = [2, 0, 1];
    const orders = [
      [1, 2, 0],
      [2, 0, 1],
      [0, 1, 2],
    ];
    const straight = projected(GRAM, orders);
    const turned = projected(
      turn.map((i) => turn.map((j) => GRAM[i]![j]!)),
      turn.map((i) => orders[i]!.map((j) => turn.indexOf(j))),
    );
    close(
      turned,
      turn.map((i) => straight[i]!),
      12,
    );
  });
  it('CAGrad: the inner weights', () => {
    const mean = [1 / 3, 1 / 3, 1 / 3];
    close(
      conflictAverse(GRAM, 0.5 * Math.sqrt(quadratic(GRAM, mean))).weights,
      [0.6594393, 0.3229317, 0.0176291],
    );
  });
  it('MGDA: the square of the least length', () => {
    expect(quadratic(GRAM, strategy('mgda').weigh(LOSSES, {}, {}, contextOf(1, GRAM)).effective)).toBeCloseTo(
      1.1650330522,
      9,
    );
  });
  it('GradNorm: its targets are where the weights turn round', () => {
    // Targets over the mean length; a task whose gradient is longer by a millionth loses weight, shorter by
    // as much gains.
    const targets = [2.5812044, 2.7915096, 2.5812044].map((target) => target / 2.6506952);
    const s = strategy('grad-norm');
    const start = { ...s.init(3, {}), first: [Math.log(4), Math.log(10), Math.log(2)] };
    targets.forEach((target, i) => {
      const moved = (off: number): number => {
        const own = target * (1 + off);
        // The two others share what is left of three mean lengths, unevenly, so that neither is at its own
        // target.
        const lengths = [0, 1, 2].map((j) => (j === i ? own : (3 - own) * (j === (i + 1) % 3 ? 0.3 : 0.7)));
        return (
          s.update(
            LOSSES,
            { ...defaultOptions(s, 3) },
            start,
            contextOf(
              1,
              lengths.map((a, p) => lengths.map((b, q) => (p === q ? a * b : 0))),
            ),
          )['w'] as number[]
        )[i]!;
      };
      // without a turn a millionth of that; with one 2 · 0.025 · ‖g‖, before the sum is brought back to T
      expect(moved(-1e-6) - moved(1e-6)).toBeGreaterThan(0.02);
    });
  });
  it('learned weights come to rest where their formulas say, to a millionth', () => {
    const rest = (id: StrategyId, options: StrategyOptions): readonly number[] => {
      const s = strategy(id);
      let state = s.init(3, options);
      // Adam circles its goal at a distance of the learning rate.
      for (const learningRate of [1e-2, 1e-3, 1e-4, 1e-5, 1e-6])
        for (let k = 0; k < 2000; k++) state = s.update(LOSSES, { ...options, learningRate }, state);
      return s.weigh(LOSSES, options, state).effective;
    };
    const revised = rest('revised-uncertainty', {});
    close(revised, [0.4422187, 0.2982657, 0.6964847]);
    close(
      revised.map((weight) => 1 / (2 * weight)),
      [1.1306623863, 1.676357894, 0.7178908346],
      5,
    );
    for (const [form, at] of [
      ['regression', 0.5],
      ['classification', 0.5],
      ['notebook', 1],
    ] as const)
      close(
        rest('kendall-uncertainty', { form }),
        LOSSES.map((loss) => at / loss),
      );
    close(
      rest('imtl-l', {}),
      LOSSES.map((loss) => 1 / loss),
    );
  });
});
