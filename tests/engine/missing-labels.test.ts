/**
 * Batches in which labels are missing, losses with weights, and 1 - CCC: one step of a real network on each
 * backend, whole and in parts.
 */
import { describe, expect, it } from 'vitest';
import { buildModel, minimumInputSize } from '../../src/core/model/architectures';
import { loss } from '../../src/core/tasks/losses/registry';
import type { Targets, TaskLoss } from '../../src/core/tasks/losses/types';
import { defaultOptions } from '../../src/core/weighting/options';
import { strategy } from '../../src/core/weighting/registry';
import type { StrategyId, StrategyOptions } from '../../src/core/weighting/types';
import type { Batch } from '../../src/engine/step/batch';
import type { Gradients } from '../../src/engine/ops/gradients';
import { evaluateBatch } from '../../src/engine/step/evaluate-batch';
import { GradientAverages } from '../../src/engine/step/gradient-averages';
import { Network } from '../../src/engine/network/network';
import { trainStep } from '../../src/engine/step/train-step';
import { expectClose, on } from './support';

const COUNT = 6;
const SIZE = minimumInputSize('alexnet-multitask');
/** Without batch norm, so that examples do not see each other. */
const SPEC = buildModel({
  architecture: 'alexnet-multitask',
  width: 0.0625,
  inputSize: SIZE,
  heads: [
    { task: 'mood', classes: 4 },
    { task: 'arousal', classes: 1, kind: 'number' },
    { task: 'sex', classes: 2 },
  ],
});
const none = Number.NaN;
const LABELS = [
  [0, 1, 2, 3, 0, 1],
  [1.5, 4, 2.5, 3, 5, 1],
  [0, 1, 0, 0, 0, 0],
];
const of = (id: string, options: object): TaskLoss =>
  loss(id).prepare(options as never, { counts: [20, 10, 5, 40], mean: 2.8, deviation: 1.1 });
const PLAIN = of('cross-entropy', {});
const NUMBER = of('mse', {});

const batchOf = (labels: readonly (readonly number[])[], losses: readonly TaskLoss[]): Batch => ({
  count: COUNT,
  images: Uint8Array.from({ length: COUNT * SIZE * SIZE }, (_, i) => (i * 7919 + (i >> 4) * 31) % 256),
  labels: labels.map((row): Targets => Float64Array.from(row)),
  losses,
});

/** One step whose optimiser only reads the gradients. */
async function gradientsOf(
  batch: Batch,
  id: StrategyId = 'unweighted-sum',
  microBatch = COUNT,
  options: StrategyOptions = {},
) {
  const network = Network.create(SPEC, 3);
  const chosen = strategy(id);
  const all: StrategyOptions = { ...defaultOptions(chosen, 3), ...options };
  const found = new Map<string, Float32Array>();
  const averages = new GradientAverages(network);
  const result = await trainStep({
    network,
    optimizer: {
      step: (gradients: Gradients) => {
        for (const [name, gradient] of gradients) found.set(name, Float32Array.from(gradient.dataSync()));
        gradients.dispose();
      },
    },
    batch,
    weighting: { strategy: chosen, options: all, state: chosen.init(3, all), averages },
    seed: 1,
    step: 1,
    microBatch,
  });
  averages.end();
  network.dispose();
  return { ...result, gradients: found };
}

const sumOf = (
  parts: readonly (readonly [number, ReadonlyMap<string, Float32Array>])[],
): Map<string, Float32Array> =>
  new Map(
    [...parts[0]![1]].map(([name, values]) => [
      name,
      values.map((_, i) => parts.reduce((sum, [factor, map]) => sum + factor * map.get(name)![i]!, 0)),
    ]),
  );

function expectSame(
  actual: ReadonlyMap<string, Float32Array>,
  expected: ReadonlyMap<string, Float32Array>,
  tolerance: number,
): void {
  expect([...actual.keys()].sort()).toEqual([...expected.keys()].sort());
  for (const [name, values] of expected) expectClose(actual.get(name)!, values, tolerance, name);
}

describe('labels that are missing', () => {
  const backend = 'wasm';
  const run = (fn: () => Promise<void>) => () => on(backend, fn);
  const only = (rows: readonly number[]) =>
    LABELS.map((labels) => labels.map((label, i) => (rows.includes(i) ? label : none)));

  it(
    'the mean is over the labelled: both halves of the labels make the whole gradient',
    run(async () => {
      const losses = [PLAIN, NUMBER, PLAIN];
      const whole = await gradientsOf(batchOf(LABELS, losses));
      const [two, four] = [
        await gradientsOf(batchOf(only([0, 3]), losses)),
        await gradientsOf(batchOf(only([1, 2, 4, 5]), losses)),
      ];
      expectSame(
        whole.gradients,
        sumOf([
          [2 / 6, two.gradients],
          [4 / 6, four.gradients],
        ]),
        2e-5,
      );
      for (const [i, one] of whole.losses.entries())
        expect((2 * two.losses[i]! + 4 * four.losses[i]!) / 6).toBeCloseTo(one, 6);
      expect(two.predictions[1]).toBeInstanceOf(Float64Array);
    }),
  );

  it(
    'a task without a label in the batch counts for no weight, and pulls at nothing',
    run(async () => {
      const losses = [PLAIN, NUMBER, PLAIN];
      const absent = await gradientsOf(batchOf([LABELS[0]!, LABELS[1]!.map(() => none), LABELS[2]!], losses));
      const weightless = await gradientsOf(batchOf(LABELS, losses), 'static', COUNT, { weights: [1, 0, 1] });
      expect(absent.losses[1]).toBeNaN();
      expect(absent.weights.effective).toEqual([1, 0, 1]);
      expect(absent.weights.total).toBeCloseTo(absent.losses[0]! + absent.losses[2]!, 12);
      expectSame(absent.gradients, weightless.gradients, 0);
      for (const [name, values] of absent.gradients)
        if (name.startsWith('heads.arousal')) expect(values.every((value) => value === 0)).toBe(true);
    }),
  );

  it.each(['weighted-average', 'grad-norm', 'mgda', 'cagrad', 'db-mtl', 'famo', 'nash-mtl'] as const)(
    '%s goes on where a task is absent',
    (id) =>
      on(backend, async () => {
        const { weights, gradients } = await gradientsOf(
          batchOf([LABELS[0]!, LABELS[1]!.map(() => none), LABELS[2]!], [PLAIN, NUMBER, PLAIN]),
          id,
        );
        expect(weights.effective[1]).toBe(0);
        expect(weights.effective.every(Number.isFinite)).toBe(true);
        expect([...gradients.values()].every((values) => values.every(Number.isFinite))).toBe(true);
      }),
  );

  it.each([
    ['plain', [PLAIN, NUMBER, PLAIN]],
    [
      'weights, smoothing and 1 - CCC',
      [
        of('cross-entropy', { classWeights: 'balanced', labelSmoothing: 0.1 }),
        of('ccc', {}),
        of('focal', { gamma: 2, classWeights: 'effective-number', beta: 0.99 }),
      ],
    ],
  ] as const)('a batch in parts has the whole batch’s losses and gradients: %s', (_, losses) =>
    on(backend, async () => {
      const labels = LABELS.map((row, task) => row.map((label, i) => (i === task + 1 ? none : label)));
      for (const id of ['unweighted-sum', 'weighted-average', 'mgda', 'upgrad'] as const) {
        const options = id === 'upgrad' ? { gradients: 'full' } : {};
        const whole = await gradientsOf(batchOf(labels, losses), id, COUNT, options);
        const parts = await gradientsOf(batchOf(labels, losses), id, 2, options);
        for (const [i, one] of whole.losses.entries()) expect(parts.losses[i]).toBeCloseTo(one, 6);
        expectSame(parts.gradients, whole.gradients, 1e-4);
        expect(parts.predictions.map((row) => row.length)).toEqual([COUNT, COUNT, COUNT]);
      }
    }),
  );

  it(
    'evaluation in parts is the whole’s',
    run(async () => {
      const network = Network.create(SPEC, 3);
      const batch = batchOf(LABELS, [PLAIN, of('ccc', {}), PLAIN]);
      const [whole, parts] = [await evaluateBatch(network, batch), await evaluateBatch(network, batch, 2)];
      for (const [i, one] of whole.losses.entries()) expect(parts.losses[i]).toBeCloseTo(one, 6);
      expect(whole.probabilities.map(({ length }) => length)).toEqual([24, 0, 12]);
      network.dispose();
    }),
  );
});
