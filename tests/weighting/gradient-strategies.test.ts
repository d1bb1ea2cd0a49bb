/**
 * The gradient strategies against golden values computed in float64 independently of this code (and of any
 * library).
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { projected } from '../../src/core/weighting/strategies/pcgrad';
import { STRATEGIES, strategy } from '../../src/core/weighting/registry';
import {
  eigen,
  leastSquares,
  quadratic,
  solve,
  times,
} from '../../src/core/weighting/solvers/linear-algebra';
import type { StepContext, StrategyId, StrategyOptions } from '../../src/core/weighting/types';

const LOSSES = [1.2, 2.1, 0.6];
const GRAM = [
  [6, -1.5, -3.5],
  [-1.5, 5.25, 0.25],
  [-3.5, 0.25, 10.3125],
];
const at = (gram: readonly (readonly number[])[] | null, step = 1): StepContext => ({
  seed: 1,
  step,
  epoch: 1,
  gram,
});
const close = (actual: readonly number[], expected: readonly number[], digits = 6): void =>
  actual.forEach((value, i) => expect(value).toBeCloseTo(expected[i]!, digits));
const weights = (id: StrategyId, options: StrategyOptions = {}) =>
  strategy(id).weigh(LOSSES, options, {}, at(GRAM)).effective;

describe('golden values', () => {
  it.each<[StrategyId, StrategyOptions, readonly number[]]>([
    ['mgda', {}, [0.4214725, 0.330522, 0.2480055]],
    ['cagrad', {}, [0.4620636, 0.3623538, 0.2718903]],
    ['cagrad', { rescale: 'none' }, [0.5775794, 0.4529422, 0.3398629]],
    ['cagrad', { rescale: '1+c' }, [0.5775794 / 1.5, 0.4529422 / 1.5, 0.3398629 / 1.5]],
    ['pcgrad', { order: 'fixed' }, [1.8333333, 1.4047619, 1.3930736]],
    ['imtl-g', {}, [0.4206463306, 0.3036675179, 0.2756861516]],
    ['nash-mtl', {}, [0.6420428, 0.5254467, 0.4304451]],
    ['fairgrad', {}, [0.6420428, 0.5254467, 0.4304451]],
    ['aligned-mtl', {}, [1.1241985, 0.9572355, 0.8011587]],
    ['aligned-mtl', { reduction: 'mean' }, [0.3747328, 0.3190785, 0.2670529]],
    ['db-mtl', {}, [2.1850184, 2.335883, 1.6666667]],
    ['upgrad', {}, [0.6363566, 0.4659457, 0.4694291]],
  ])('%s %o', (id, options, expected) => {
    close(weights(id, options), expected);
  });

  it('PCGrad: coefficients of both orders, drawn anew for each step, and their mean', () => {
    const order = (tasks: readonly number[]) => projected(GRAM, [tasks, tasks, tasks]);
    close(order([0, 1, 2]), [1.8333333, 1.4047619, 1.3930736]);
    close(order([2, 1, 0]), [1.8333333, 1.2695527, 1.3393939]);
    const drawn = Array.from(
      { length: 30 },
      (_, step) => strategy('pcgrad').weigh(LOSSES, {}, {}, at(GRAM, step)).effective,
    );
    expect(new Set(drawn.map(String)).size).toBeGreaterThan(1);
    expect(strategy('pcgrad').weigh(LOSSES, {}, {}, at(GRAM, 3)).effective).toEqual(drawn[3]);
    close(
      strategy('pcgrad').weigh(LOSSES, { reduction: 'mean' }, {}, at(GRAM, 3)).effective,
      drawn[3]!.map((w) => w / 3),
      12,
    );
  });
  it('PCGrad changes nothing where no two gradients are in conflict', () => {
    expect(
      strategy('pcgrad').weigh(
        [1, 1],
        {},
        {},
        at([
          [2, 0.5],
          [0.5, 1],
        ]),
      ).effective,
    ).toEqual([1, 1]);
  });
  it('GradNorm: one step towards its targets, sum three again', () => {
    const s = strategy('grad-norm');
    const state = { ...s.init(3, {}), first: [Math.log(4), Math.log(10), Math.log(2)] };
    const moved = s.update(LOSSES, {}, state, at(GRAM));
    close(moved['w'] as number[], [1.0478814, 1.0439761, 0.9081425]);
    close(s.weigh(LOSSES, {}, moved).effective, [1.0478814, 1.0439761, 0.9081425]);
    expect(s.update(LOSSES, {}, state)).toBe(state);
  });
  it('Nash-MTL bargains anew every so many steps and keeps its weights in between', () => {
    const s = strategy('nash-mtl');
    const options = { every: 3 };
    const [bargain, other] = [
      weights('nash-mtl'),
      s.weigh(LOSSES, {}, {}, at(GRAM.map((row) => row.map((value, j) => value * (j + 1))))).effective,
    ];
    let state = s.init(3, options);
    const told = Array.from({ length: 5 }, (_, k) => {
      const context = at(k === 0 ? GRAM : GRAM.map((row) => row.map((value, j) => value * (j + 1))), k + 1);
      const { effective } = s.weigh(LOSSES, options, state, context);
      state = JSON.parse(JSON.stringify(s.update(LOSSES, options, state, context))) as typeof state;
      return effective;
    });
    expect(told).toEqual([bargain, bargain, bargain, other, other]);
    expect(other).not.toEqual(bargain);
  });
  it('an average of β = 0.9 begins a tenth as long, and fades with σ', () => {
    const move = (options: StrategyOptions, updates: number) =>
      strategy('db-mtl').averages!(options)!([2, 1, 0.5], { updates });
    close(move({ beta: 0.9 }, 0).add, [0.05, 0.1, 0.2], 7);
    expect([0, 3, 8].map((updates) => move({ beta: 0.9, sigma: 0.5 }, updates).keep)).toEqual([
      0.9,
      0.45,
      0.9 / 3,
    ]);
    expect(strategy('db-mtl').averages!({})).toBeNull();
    expect([{}, { beta: 0 }, { beta: 0.5 }].map((options) => strategy('db-mtl').needs(options))).toEqual([
      'representation',
      'representation',
      'full',
    ]);
  });
  it('MGDA with normalised gradients', () => {
    // Lengths 1: the solution does not see how long a gradient is.
    const l2 = (gram: readonly (readonly number[])[]) =>
      strategy('mgda').weigh(LOSSES, { normalisation: 'l2' }, {}, at(gram)).effective;
    const longer = GRAM.map((row, i) => row.map((value, j) => value * [1, 5, 0.2][i]! * [1, 5, 0.2][j]!));
    close(l2(longer), l2(GRAM), 9);
    expect(strategy('mgda').weigh(LOSSES, { normalisation: 'none' }, {}, at(longer)).effective).not.toEqual(
      weights('mgda'),
    );
  });
});

describe('without gradients', () => {
  const gradient = STRATEGIES.filter((s) => s.needs({}) !== 'losses');
  it.each(gradient.map((s) => [s.id, s] as const))(
    '%s goes on with the weights of its last step',
    (_id, s) => {
      const state = s.update(LOSSES, {}, s.init(3, {}), at(GRAM));
      const kept = s.weigh([3, 2, 1], {}, state);
      if (s.id !== 'grad-norm') close(kept.effective, s.weigh(LOSSES, {}, state, at(GRAM)).effective, 12);
      expect(kept.total).toBeCloseTo(
        kept.effective.reduce((sum, weight, i) => sum + weight * [3, 2, 1][i]!, 0),
        9,
      );
    },
  );
  it('there are ten, and each says where its gradients are taken', () => {
    expect(gradient.map(({ id }) => id).sort()).toEqual([
      'aligned-mtl',
      'cagrad',
      'db-mtl',
      'fairgrad',
      'grad-norm',
      'imtl-g',
      'mgda',
      'nash-mtl',
      'pcgrad',
      'upgrad',
    ]);
    expect(strategy('grad-norm').needs({})).toBe('last-layer');
    expect(strategy('mgda').needs({ gradients: 'full' })).toBe('full');
  });
  it('heads are weighted or not, as published or as chosen', () => {
    expect(strategy('cagrad').weigh(LOSSES, {}, {}, at(GRAM)).heads).toEqual([1, 1, 1]);
    expect(strategy('cagrad').weigh(LOSSES, { heads: 'weighted' }, {}, at(GRAM)).heads).toBeUndefined();
    expect(strategy('nash-mtl').weigh(LOSSES, {}, {}, at(GRAM)).heads).toBeUndefined();
  });
});

describe('laws of random gradients', () => {
  const jacobian = fc.array(
    fc.array(fc.double({ min: -2, max: 2, noNaN: true }), { minLength: 6, maxLength: 6 }),
    { minLength: 2, maxLength: 3 },
  );
  const gramOf = (rows: readonly (readonly number[])[]) =>
    rows.map((a) => rows.map((b) => a.reduce((sum, value, k) => sum + value * b[k]!, 0)));
  const sane = (gram: readonly (readonly number[])[]) => Math.min(...eigen(gram).values) > 1e-3;
  const each = (check: (gram: number[][]) => void) =>
    fc.assert(fc.property(jacobian.map(gramOf).filter(sane), check), { numRuns: 60 });
  const solved = (id: StrategyId, gram: readonly (readonly number[])[], options: StrategyOptions = {}) =>
    strategy(id).weigh(
      gram.map(() => 1),
      options,
      {},
      at(gram),
    ).effective;

  it('Nash and FairGrad satisfy their equations', () => {
    each((gram) => {
      const nash = solved('nash-mtl', gram);
      close(
        times(gram, nash).map((pull, i) => pull * nash[i]!),
        gram.map(() => 1),
        7,
      );
      // So the sum of the gradients is √T long, whatever they are; and it is what FairGrad finds with α = 1.
      expect(quadratic(gram, nash)).toBeCloseTo(gram.length, 9);
      expect(nash).toEqual(solved('fairgrad', gram, { alpha: 1 }));
      const fair = solved('fairgrad', gram, { alpha: 2 });
      close(
        times(gram, fair).map((pull, i) => pull * Math.sqrt(fair[i]!)),
        gram.map(() => 1),
        7,
      );
    });
  });
  it('IMTL-G has equal projections on all unit gradients', () => {
    each((gram) => {
      const pulls = times(gram, solved('imtl-g', gram)).map((pull, i) => pull / Math.sqrt(gram[i]![i]!));
      close(
        pulls,
        pulls.map(() => pulls[0]!),
        6,
      );
    });
  });
  it('MGDA, Nash and UPGrad make no task worse', () => {
    each((gram) => {
      // UPGrad projects with G + 1e-4 of its trace: that much of its own weight a task may lose.
      const ridge = 1e-4 * gram.reduce((sum, row, i) => sum + row[i]!, 0);
      for (const id of ['mgda', 'nash-mtl', 'upgrad'] as const) {
        const found = solved(id, gram);
        times(gram, found).forEach((pull, i) => {
          expect(pull).toBeGreaterThan(-1e-9 - (id === 'upgrad' ? ridge * found[i]! : 0));
        });
      }
    });
  });
  it('Aligned-MTL pulls equally along every principal direction', () => {
    each((gram) => {
      const { values, vectors } = eigen(gram);
      const weights_ = solved('aligned-mtl', gram);
      vectors.forEach((vector, k) => {
        const own = vector.reduce((sum, value, i) => sum + value * weights_[i]!, 0);
        const even = vector.reduce((sum, value) => sum + value, 0);
        expect(own * Math.sqrt(values[k]!)).toBeCloseTo(even * Math.sqrt(Math.min(...values)), 6);
      });
    });
  });
  it('IMTL-G, Aligned-MTL and others do not see the unit of the gradients; Nash-MTL’s weights have its inverse', () => {
    each((gram) => {
      const other = gram.map((row) => row.map((value) => value * 9));
      for (const id of ['nash-mtl', 'imtl-g', 'aligned-mtl', 'pcgrad', 'mgda', 'upgrad'] as const) {
        // Where gradients nearly cancel, weights are large: what counts is how they stand to one another.
        const [a, b] = [
          solved(id, other).map((weight) => weight * (id === 'nash-mtl' ? 3 : 1)),
          solved(id, gram),
        ];
        const size = Math.max(1, ...b.map(Math.abs));
        close(
          a.map((weight) => weight / size),
          b.map((weight) => weight / size),
          6,
        );
      }
    });
  });
  it('eigenvectors, least squares and Cholesky agree with the matrix', () => {
    each((gram) => {
      const { values, vectors } = eigen(gram);
      vectors.forEach((vector, k) => {
        close(
          times(gram, vector),
          vector.map((value) => values[k]! * value),
          9,
        );
      });
      const b = gram.map((_, i) => i + 1);
      close(times(gram, leastSquares(gram, b)), b, 6);
      close(times(gram, solve(gram, b)), b, 6);
    });
  });
});
