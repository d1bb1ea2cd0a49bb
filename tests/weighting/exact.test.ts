/**
 * The gradient strategies against 60-digit arithmetic (reference/fixtures/exact.py) for gradients of every
 * length: 1e-6 to 1e6 all together and row by row, two, three and five tasks. Each becomes a row of
 * docs/fidelity.md.
 */
import { beforeAll, describe, expect, it } from 'vitest';
import { STRATEGIES, strategy } from '../../src/core/weighting/registry';
import type { StrategyId, StrategyOptions } from '../../src/core/weighting/types';
import { guard, relativeError } from '../support/fidelity';
import { fixtureBytes } from '../support/fixture';

interface Exact {
  readonly independent: readonly {
    readonly scale: string;
    readonly gram: number[][];
    readonly losses: number[];
    readonly answers: Record<string, number[]>;
    readonly torchjd?: Record<string, number[]>;
  }[];
  readonly steps: {
    readonly after: number[];
    readonly options: Record<string, StrategyOptions>;
    readonly cases: readonly {
      readonly sizes: string;
      readonly losses: number[][];
      readonly norms: number[];
      readonly answers: Record<string, number[][]>;
    }[];
  };
  readonly dependent: readonly {
    readonly gram: number[][];
    readonly 'imtl-g': number[];
    readonly 'aligned-mtl': number[];
  }[];
}

let exact: Exact;
beforeAll(async () => {
  exact = JSON.parse(new TextDecoder().decode(await fixtureBytes('weighting_exact.json'))) as Exact;
});

const weigh = (id: StrategyId, gram: number[][], losses: readonly number[], options: StrategyOptions = {}) =>
  strategy(id).weigh(losses, options, {}, { seed: 1, step: 1, epoch: 1, gram });
/** Of every weight by itself: a short gradient's is as good as a long one's. */
const worstOf = (actual: readonly number[], expected: readonly number[]): number =>
  Math.max(...actual.map((value, i) => Math.abs(value - expected[i]!) / Math.abs(expected[i]! || 1)));

/** The answers of the fixture, and the options that they are of. */
const ASKED: readonly {
  readonly id: StrategyId;
  readonly tolerance?: number;
  readonly answers: Readonly<Record<string, StrategyOptions>>;
  readonly note?: string;
}[] = [
  { id: 'nash-mtl', answers: { 'nash-mtl': {} } },
  {
    id: 'fairgrad',
    answers: Object.fromEntries([0.5, 1, 2].map((alpha) => [`fairgrad ${alpha}`, { alpha }])),
    note: 'α 0.5, 1 and 2',
  },
  { id: 'imtl-g', answers: { 'imtl-g': {} } },
  {
    id: 'aligned-mtl',
    answers: Object.fromEntries(
      ['min', 'median', 'rmse'].map((scale) => [`aligned-mtl ${scale}`, { scale }]),
    ),
    note: 'all three lengths',
  },
  { id: 'mgda', answers: { mgda: {} } },
  {
    id: 'cagrad',
    answers: Object.fromEntries(['0.2', '0.5', '1.0'].map((c) => [`cagrad ${c}`, { c: Number(c) }])),
    note: 'c 0.2, 0.5 and 1',
  },
  {
    id: 'upgrad',
    tolerance: 1e-8,
    answers: { upgrad: {} },
    note: 'the matrix as published, divided by its trace and with 1e-4 on its diagonal',
  },
  { id: 'pcgrad', answers: { pcgrad: { order: 'fixed' } }, note: 'in the tasks’ own order' },
  { id: 'db-mtl', answers: { 'db-mtl': { beta: 0 } }, note: 'without an average' },
];
const QUANTITY = 'weights, gradients 1e-6 to 1e6 long and mixed, 2, 3 and 5 tasks';

describe('gradients of every length', () => {
  it.each(ASKED)('$id', ({ id, tolerance = 1e-12, answers, note }) => {
    expect(exact.independent).toHaveLength(27);
    for (const { scale, gram, losses, answers: right } of exact.independent)
      for (const [key, options] of Object.entries(answers)) {
        const { effective, fallback } = weigh(id, gram, losses, options);
        expect(fallback, `${key}, ${scale}`).toBeUndefined();
        guard({
          chapter: 'weighting',
          quantity: `${id}: ${QUANTITY}`,
          reference: 'mpmath',
          unit: 'relative',
          tolerance,
          worst: worstOf(effective, right[key]!),
          ...(note ? { note } : {}),
        });
      }
  });
  it.each(['imtl-g', 'aligned-mtl'] as const)('%s, of gradients that depend on one another', (id) => {
    for (const { gram, [id]: right } of exact.dependent) {
      const { effective, fallback } = weigh(
        id,
        gram,
        gram.map(() => 1),
      );
      expect(fallback).toBe('singular-gram');
      guard({
        chapter: 'weighting',
        quantity: `${id}: weights of dependent gradients, 1e-6 to 1e6 long`,
        reference: 'mpmath',
        unit: 'relative',
        tolerance: 1e-12,
        worst: worstOf(effective, right),
        note: 'the pseudo-inverse; rank is judged on the cosines',
      });
    }
  });
  it.each(['mgda', 'imtl-g', 'aligned-mtl', 'fairgrad', 'nash-mtl'] as const)(
    '%s, as TorchJD has it',
    (id) => {
      const compared = exact.independent.filter(({ torchjd }) => torchjd);
      expect(compared).toHaveLength(3);
      for (const { gram, losses, torchjd } of compared) {
        const right = torchjd![id === 'nash-mtl' ? 'fairgrad' : id]!;
        // Theirs are means where ours are sums.
        const factor = id === 'aligned-mtl' ? gram.length : 1;
        const worst = relativeError(
          weigh(id, gram, losses).effective,
          right.map((value) => value * factor),
        );
        guard({
          chapter: 'weighting',
          quantity: `${id}: weights, gradients of similar length`,
          reference: 'torchjd',
          unit: 'relative',
          tolerance: id === 'mgda' ? 1e-3 : 1e-6,
          worst,
          ...(id === 'nash-mtl'
            ? { note: 'FairGrad with α = 1 there' }
            : id === 'mgda'
              ? { note: 'Frank-Wolfe there' }
              : {}),
        });
      }
    },
  );
});

describe('losses of every size', () => {
  /**
   * UW-SO takes the exponential of 1/L, a million for a loss of 1e-6. GradNorm adds what it takes away,
   * 25,000 at a time with gradients a million long.
   */
  const TOLERANCE: Partial<Record<string, number>> = { 'uw-so': 1e-8 };
  const NOTE: Partial<Record<string, string>> = {
    static: 'weights set by hand',
    'log-sum': 'both forms',
    'weighted-average': 'differentiated through and detached',
    random: 'the workbench’s own random numbers',
    'grad-norm': 'both forms; gradients 1e-6 to 1e6 long',
    'smooth-tchebycheff': 'warm-up of one epoch',
  };
  const REST = STRATEGIES.filter(({ id }) => !ASKED.some((one) => one.id === id));
  it.each(REST.map((s) => [s.id, s] as const))('%s', (id, s) => {
    const { after, options: chosen, cases } = exact.steps;
    expect(cases).toHaveLength(24);
    const keys = Object.keys(chosen).filter((key) => key.split(' ')[0] === id);
    expect(keys.length).toBeGreaterThan(0);
    for (const { losses, norms, answers } of cases)
      for (const key of keys) {
        const given = chosen[key]!;
        const options =
          id === 'static' ? { weights: (given['weights'] as number[]).slice(0, norms.length) } : given;
        let state = s.init(norms.length, options);
        losses.forEach((now, k) => {
          const context = {
            seed: 1,
            step: k + 1,
            epoch: k + 1,
            gram: norms.map((a, i) => norms.map((_, j) => (i === j ? a * a : 0))),
            after: now.map((loss, i) => loss * after[i]!),
          };
          const { effective } = s.weigh(now, options, state, context);
          guard({
            chapter: 'weighting',
            quantity: `${id}: weights of four steps, losses 1e-6 to 1e6 and mixed, 2, 3 and 5 tasks`,
            reference: 'mpmath',
            unit: 'relative',
            tolerance: TOLERANCE[id] ?? 1e-9,
            worst: worstOf(effective, answers[key]![k]!),
            ...(NOTE[id] ? { note: NOTE[id] } : {}),
          });
          state = s.update(now, options, state, context);
        });
      }
  });
});
