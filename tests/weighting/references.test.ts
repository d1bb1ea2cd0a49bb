/**
 * Strategies against NumPy, SciPy and PyTorch (reference/fixtures/weighting.py): solvers of the gradient
 * strategies on Gram matrices of random gradients, and seven steps of everything that has a memory, with
 * autograd's derivatives.
 */
import { beforeAll, describe, expect, it } from 'vitest';
import { strategy } from '../../src/core/weighting/registry';
import { dot } from '../../src/core/weighting/numerics';
import { quadratic, times } from '../../src/core/weighting/solvers/linear-algebra';
import type { StepContext, StrategyId, StrategyOptions, StrategyState } from '../../src/core/weighting/types';
import { fixtureBytes } from '../support/fixture';

interface Case {
  readonly gram: number[][];
  readonly losses: number[];
  readonly mgda: number[];
  readonly upgrad: number[];
  readonly 'nash-mtl': number[];
  readonly 'imtl-g': number[];
  readonly 'aligned-mtl': number[];
  readonly fairgrad: Record<string, number[]>;
  readonly cagrad: Record<string, number[]>;
  readonly scales: Record<string, number[]>;
  readonly clipped: Record<string, number[]>;
}

interface Averages {
  readonly losses: number[][];
  /** Of every step, task by task. */
  readonly gradients: number[][][];
  readonly runs: readonly {
    readonly options: StrategyOptions;
    readonly steps: readonly {
      readonly gram: number[][];
      readonly averaged: number[];
      readonly effective: number[];
      readonly direction: number[];
    }[];
  }[];
}

interface Steps {
  readonly losses: number[][];
  readonly epochs: number[];
  readonly classes: number[];
  readonly norms: number[][];
  readonly after: number[];
  readonly runs: readonly {
    readonly strategy: StrategyId;
    readonly options: StrategyOptions;
    readonly steps: readonly { readonly total: number; readonly effective: number[] }[];
  }[];
}

const json = async <T>(name: string): Promise<T> =>
  JSON.parse(new TextDecoder().decode(await fixtureBytes(`${name}.json`))) as T;
const close = (
  actual: readonly number[],
  expected: readonly number[],
  tolerance: number,
  what: string,
): void => {
  expect(actual).toHaveLength(expected.length);
  const scale = Math.max(1, ...expected.map(Math.abs));
  actual.forEach((value, i) =>
    expect(
      Math.abs(value - expected[i]!),
      `${what}: ${actual.join()} instead of ${expected.join()}`,
    ).toBeLessThanOrEqual(tolerance * scale),
  );
};
const at = (gram: number[][] | null, over: Partial<StepContext> = {}): StepContext => ({
  seed: 1,
  step: 1,
  epoch: 1,
  gram,
  ...over,
});

describe('solvers', () => {
  let cases: readonly Case[] = [];
  beforeAll(async () => {
    ({ cases } = await json<{ cases: Case[] }>('weighting'));
  });

  it.each(['mgda', 'upgrad', 'nash-mtl', 'imtl-g', 'aligned-mtl'] as const)('%s', (id) => {
    expect(cases.length).toBeGreaterThan(15);
    for (const one of cases) {
      const step = strategy(id).weigh(one.losses, {}, {}, at(one.gram));
      close(step.effective, one[id], 1e-6, id);
      expect(step.fallback).toBeUndefined();
    }
  });
  it('fairgrad, for every alpha', () => {
    for (const one of cases)
      for (const [alpha, expected] of Object.entries(one.fairgrad))
        close(
          strategy('fairgrad').weigh(one.losses, { alpha: Number(alpha) }, {}, at(one.gram)).effective,
          expected,
          1e-7,
          alpha,
        );
  });
  it('aligned-mtl at other lengths, and nash-mtl with its shared gradient clipped', () => {
    for (const { gram, losses, scales, clipped, 'nash-mtl': bargain } of cases) {
      for (const [scale, expected] of Object.entries(scales))
        close(
          strategy('aligned-mtl').weigh(losses, { scale }, {}, at(gram)).effective,
          expected,
          1e-6,
          scale,
        );
      for (const [maxNorm, expected] of Object.entries(clipped)) {
        const { effective, heads } = strategy('nash-mtl').weigh(
          losses,
          { maxNorm: Number(maxNorm) },
          {},
          at(gram),
        );
        close(effective, expected, 1e-6, maxNorm);
        close(heads!, bargain, 1e-6, `heads, ${maxNorm}`);
      }
    }
  });
  it('cagrad: as near as SLSQP comes, and never worse', () => {
    for (const { gram, losses, cagrad } of cases)
      for (const [c, expected] of Object.entries(cagrad)) {
        const radius = Number(c);
        const { effective } = strategy('cagrad').weigh(losses, { c: radius }, {}, at(gram));
        close(effective, expected, 2e-4, c);
        // The maximin it stands for: max over ‖d − g0‖ ≤ c‖g0‖ of min_i g_i·d.
        const worst = (weights: readonly number[]) => Math.min(...times(gram, weights)) * (1 + radius ** 2);
        expect(worst(effective)).toBeGreaterThanOrEqual(worst(expected) * (1 - 1e-9) - 1e-9);
        const mean = losses.map(() => 1 / losses.length);
        const off = effective.map((value, i) => value * (1 + radius ** 2) - mean[i]!);
        expect(Math.sqrt(quadratic(gram, off))).toBeCloseTo(radius * Math.sqrt(quadratic(gram, mean)), 8);
      }
  });
  it('mgda makes no task worse, and is as short along every task that takes part', () => {
    for (const { gram, losses } of cases) {
      const { effective } = strategy('mgda').weigh(losses, {}, {}, at(gram));
      const along = times(gram, effective);
      const length = dot(effective, along);
      along.forEach((value, i) =>
        expect(effective[i]! > 1e-9 ? Math.abs(value - length) : Math.max(0, length - value)).toBeLessThan(
          1e-9,
        ),
      );
    }
  });
});

it('seven steps of every formula, totals and derivatives, and the same from a state saved in the middle', async () => {
  const { losses, epochs, classes, norms, after, runs } = await json<Steps>('weighting_steps');
  expect(runs.length).toBeGreaterThan(18);
  for (const { strategy: id, options, steps } of runs) {
    const chosen = strategy(id);
    let state: StrategyState = chosen.init(3, options);
    steps.forEach((expected, k) => {
      const now = losses[k]!;
      // Only the diagonal of the Gram matrix matters to GradNorm.
      const gram = norms[k]!.map((norm, i) => norms[k]!.map((_, j) => (i === j ? norm * norm : 0)));
      const context = at(id === 'grad-norm' ? gram : null, {
        step: k + 1,
        epoch: epochs[k]!,
        classes,
        after: now.map((loss, i) => loss * after[i]!),
      });
      const { total, effective } = chosen.weigh(now, options, state, context);
      close([total], [expected.total], 1e-8, `${id} ${JSON.stringify(options)} total, step ${k + 1}`);
      close(effective, expected.effective, 1e-8, `${id} ${JSON.stringify(options)}, step ${k + 1}`);
      // As a checkpoint would: every step goes on from JSON.
      state = JSON.parse(JSON.stringify(chosen.update(now, options, state, context))) as StrategyState;
    });
  }
});

it('seven steps of averaged gradients, each from a state saved before it', async () => {
  const { losses, gradients, runs } = await json<Averages>('weighting_averages');
  expect(runs.map(({ options }) => options['beta'])).toEqual([0.9, 0.9, 0.3, 0]);
  const chosen = strategy('db-mtl');
  for (const { options, steps } of runs) {
    let state: StrategyState = chosen.init(3, options);
    const move = chosen.averages!(options);
    expect(move === null).toBe(options['beta'] === 0);
    let averages = gradients[0]!.map((row) => row.map(() => 0));
    steps.forEach((expected, k) => {
      const raw = gradients[k]!;
      // As the engine does it: averages where the strategy has some, else this step's own gradients.
      if (move) {
        const { keep, add } = move(losses[k]!, state);
        averages = averages.map((row, i) => row.map((value, n) => keep * value + add[i]! * raw[i]![n]!));
      }
      const rows = move ? averages : raw;
      const context = at(
        rows.map((a) => rows.map((b) => dot(a, b))),
        { step: k + 1 },
      );
      const { effective, averaged, heads } = chosen.weigh(losses[k]!, options, state, context);
      const what = `${JSON.stringify(options)}, step ${k + 1}`;
      close(effective, expected.effective, 1e-9, what);
      close(
        heads!,
        losses[k]!.map((loss) => 1 / (loss + 1e-8)),
        1e-12,
        `heads, ${what}`,
      );
      if (averaged) {
        close(context.gram!.flat(), expected.gram.flat(), 1e-9, `gram, ${what}`);
        close(averaged, expected.averaged, 1e-9, `averaged, ${what}`);
      }
      const factors = averaged ?? effective;
      close(
        raw[0]!.map((_, n) => factors.reduce((sum, factor, i) => sum + factor * rows[i]![n]!, 0)),
        expected.direction,
        1e-9,
        `direction, ${what}`,
      );
      state = JSON.parse(JSON.stringify(chosen.update(losses[k]!, options, state, context))) as StrategyState;
    });
  }
});
