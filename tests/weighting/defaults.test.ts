/**
 * What a strategy does unless it is told otherwise: the defaults of the published codes (references in the
 * strategies' files), and the same whether an option is left out or has its default. And the constants that
 * bound what is learned.
 */
import { describe, expect, it } from 'vitest';
import { RandomStream } from '../../src/core/random/streams';
import { defaultOptions } from '../../src/core/weighting/options';
import { STRATEGIES, strategy } from '../../src/core/weighting/registry';
import type { StepContext, StrategyOptions } from '../../src/core/weighting/types';

const LOSSES = [1.2, 2.1, 0.6];
const GRAM = [
  [6, -1.5, -3.5],
  [-1.5, 5.25, 0.25],
  [-3.5, 0.25, 10.3125],
];
const at = (step: number, gram = GRAM): StepContext => ({
  seed: 3,
  step,
  epoch: step,
  gram,
  after: LOSSES.map((loss) => loss * 0.9),
  classes: [4, 10, 2],
});

describe('defaults', () => {
  const DEFAULTS: Readonly<Record<string, StrategyOptions>> = {
    'kendall-uncertainty': { form: 'classification', learningRate: 0.001 },
    'revised-uncertainty': { learningRate: 0.001 },
    'imtl-l': { learningRate: 0.001 },
    'weighted-average': { detached: false },
    dwa: { temperature: 2 },
    'uw-so': { temperature: 1, floor: 0 },
    'smooth-tchebycheff': { mu: 1, warmUp: 5 },
    famo: { learningRate: 0.025, decay: 0.001, minimum: [0, 0, 0] },
    'grad-norm': {
      gradients: 'last-layer',
      form: 'algorithm-1',
      alpha: 1.5,
      learningRate: 0.025,
      reference: 'first-batch',
    },
    mgda: { normalisation: 'none', heads: 'weighted', gradients: 'representation' },
    pcgrad: { reduction: 'sum', order: 'random', heads: 'unweighted' },
    cagrad: { c: 0.5, rescale: '1+c2', heads: 'unweighted' },
    'imtl-g': { heads: 'unweighted' },
    'nash-mtl': { every: 1, maxNorm: 0, heads: 'weighted' },
    fairgrad: { alpha: 1, heads: 'weighted' },
    'aligned-mtl': { reduction: 'sum', scale: 'min', heads: 'unweighted' },
    'db-mtl': { beta: 0.9, sigma: 0 },
    upgrad: { heads: 'unweighted' },
  };
  it.each(Object.entries(DEFAULTS))('%s', (id, expected) => {
    expect(defaultOptions(strategy(id), 3)).toMatchObject(expected);
  });
  // Left out, DB-MTL has no average: so have checkpoints from before there were averages.
  it.each(STRATEGIES.filter(({ id }) => id !== 'db-mtl').map((s) => [s.id, s] as const))(
    '%s: an option that is left out has its default',
    (_id, s) => {
      const run = (options: StrategyOptions) => {
        let state = s.init(3, options);
        return [1, 2, 3, 4, 5].map((step) => {
          const losses = LOSSES.map((loss, i) => loss * (1 - 0.05 * step * (i + 1)));
          const told = s.weigh(losses, options, state, at(step));
          state = s.update(losses, options, state, at(step));
          return told;
        });
      };
      expect(run({})).toEqual(run(defaultOptions(s, 3)));
    },
  );
});

describe('what is bounded', () => {
  it('GradNorm: no weight falls below a thousandth before the sum is brought back to T', () => {
    const s = strategy('grad-norm');
    // ‖g‖ of 400 at a rate of 0.025 is a step of 10: two weights end at the bound, the third grows by as
    // much.
    const gram = [
      [160_000, 0, 0],
      [0, 160_000, 0],
      [0, 0, 1],
    ];
    const { w } = s.update(LOSSES, {}, { ...s.init(3, {}), first: LOSSES }, at(1, gram));
    // Targets are all mean(w‖g‖) = 267; the long ones are above, the short one is below: 0.001, 0.001, 1.025,
    // times 3 / 1.027.
    [0.001, 0.001, 1.025].forEach((weight, i) => {
      expect((w as readonly number[])[i]).toBeCloseTo((weight * 3) / 1.027, 12);
    });
  });
  it('GradNorm: gradients around 40 long make algorithm 1 leap, and LibMTL’s form go steadily', () => {
    const s = strategy('grad-norm');
    const course = (options: StrategyOptions): number[] => {
      let state = s.init(3, options);
      return Array.from({ length: 30 }, (_, k) => {
        const context = {
          ...at(k + 1, [
            [1600, 0, 0],
            [0, 900, 0],
            [0, 0, 2500],
          ]),
          epoch: k === 0 ? 1 : 2,
        };
        state = s.update(
          LOSSES.map((loss, i) => loss * (1 - 0.01 * k * i)),
          options,
          state,
          context,
        );
        return s.weigh(LOSSES, options, state).effective[0]!;
      });
    };
    const largestStep = (weights: readonly number[]): number =>
      Math.max(...weights.slice(1).map((weight, k) => Math.abs(weight - weights[k]!)));
    expect(largestStep(course({}))).toBeGreaterThan(0.8);
    expect(largestStep(course({ form: 'softmax' }))).toBeLessThan(0.06);
    expect(course({ form: 'softmax' })[0]).toBe(1); // in the first epoch the plain sum
  });
  it('random weights are a softmax of normal numbers', () => {
    // Standard normal by Box and Muller from the stream's own draws, two a number.
    const stream = new RandomStream(3, 'strategy', 'random', 5);
    const normal = LOSSES.map(
      () =>
        Math.sqrt(-2 * Math.log((stream.uint32() + 0.5) / 2 ** 32)) *
        Math.cos((2 * Math.PI * stream.uint32()) / 2 ** 32),
    );
    const powers = normal.map(Math.exp);
    const weights = (step: number): readonly number[] =>
      strategy('random').weigh(LOSSES, {}, {}, at(step)).effective;
    weights(5).forEach((weight, i) => {
      expect(weight).toBeCloseTo(powers[i]! / powers.reduce((a, b) => a + b), 12);
    });
    // ln(w_i / w_j) is the difference of two of them: variance 2, and a share of 0.317 beyond one standard
    // deviation.
    const logs = Array.from({ length: 20_000 }, (_, step) => {
      const [a, b] = weights(step);
      return Math.log(a! / b!);
    });
    expect(logs.reduce((sum, x) => sum + x * x, 0) / logs.length).toBeCloseTo(2, 1);
    expect(logs.filter((x) => Math.abs(x) > Math.SQRT2).length / logs.length).toBeCloseTo(0.317, 1);
  });
});
