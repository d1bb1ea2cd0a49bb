import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ModelPlan } from '../../src/core/model/plan';
import { microBatches, partMomentum } from '../../src/core/training/memory/micro-batches';
import { defaultOptions } from '../../src/core/weighting/options';
import { STRATEGIES, strategy } from '../../src/core/weighting/registry';
import type { StrategyId } from '../../src/core/weighting/types';
import { Optimizer } from '../../src/engine/optimizers/optimizer';
import { Network } from '../../src/engine/network/network';
import type { Batch } from '../../src/engine/step/batch';
import { evaluateBatch } from '../../src/engine/step/evaluate-batch';
import { trainStep } from '../../src/engine/step/train-step';
import * as tf from '../../src/engine/tf';
import { planOf, type Layers } from '../support/sequential';
import { BACKENDS, expectClose, on } from './support';
import { adamWith } from '../support/adam';

const HEADS = [
  { task: 'emotion', classes: 4 },
  { task: 'gender', classes: 2 },
];
const COUNT = 6;
const SIZE = 8;

/** Batch norm twice, no dropout, 8 x 8 pixels. */
const NORMED_LAYERS: Layers = {
  inputSize: 8,
  trunk: [
    { kind: 'conv', name: 'a', outChannels: 4, kernel: 3, stride: 1, padding: 1 },
    { kind: 'batchNorm', name: 'norm' },
    { kind: 'relu' },
    { kind: 'maxPool', kernel: 2, stride: 2 },
    { kind: 'conv', name: 'b', outChannels: 8, kernel: 3, stride: 1, padding: 1 },
    { kind: 'batchNorm', name: 'norm2' },
    { kind: 'relu' },
    { kind: 'flatten' },
    { kind: 'linear', name: 'l', outFeatures: 12 },
    { kind: 'relu' },
  ],
  heads: HEADS.map((head) => ({
    ...head,
    layers: [{ kind: 'linear', name: `heads.${head.task}`, outFeatures: head.classes }],
  })),
};

const NORMED = planOf(NORMED_LAYERS);

/** The same without batch norm and with dropout, in the trunk and in the heads. */
const DROPPED = planOf({
  ...NORMED_LAYERS,
  trunk: [
    ...NORMED_LAYERS.trunk.filter(({ kind }) => kind !== 'batchNorm'),
    { kind: 'dropout', name: 'dropped', rate: 0.5 },
  ],
  heads: NORMED_LAYERS.heads.map((head) => ({
    ...head,
    layers: [{ kind: 'dropout', name: `${head.task}.dropped`, rate: 0.25 }, ...head.layers],
  })),
});

/** An optimiser that is nearly linear in the gradient: it moves every parameter by about its gradient. */
const LINEAR = { learningRate: 100, beta1: 0, beta2: 0, epsilon: 100 };

const batchFor = (size: number, distinct = COUNT): Batch => ({
  count: COUNT,
  images: Uint8Array.from(
    { length: COUNT * size * size },
    (_, i) => ((i % (distinct * size * size)) * 7919 + ((i % (distinct * size * size)) >> 3) * 31) % 256,
  ),
  labels: HEADS.map(({ classes }) => Uint16Array.from({ length: COUNT }, (_, i) => (i % distinct) % classes)),
});

async function step(spec: ModelPlan, batch: Batch, id: StrategyId, microBatch: number) {
  const before = tf.memory().numTensors;
  const network = Network.create(spec, 3);
  const optimizer = new Optimizer(adamWith(LINEAR), network);
  const chosen = strategy(id);
  const options = defaultOptions(chosen, spec.heads.length);
  const old = new Map<string, Float32Array>();
  for await (const { name, data } of network.read()) old.set(name, data);
  const result = await trainStep({
    network,
    optimizer,
    batch,
    weighting: { strategy: chosen, options, state: chosen.init(spec.heads.length, options) },
    seed: 5,
    step: 1,
    ...(microBatch === undefined ? {} : { microBatch }),
  });
  const moved = new Map<string, Float32Array>();
  for await (const { name, data } of network.read())
    moved.set(
      name,
      data.map((value, i) => value - old.get(name)![i]!),
    );
  const evaluated = await evaluateBatch(network, batch, microBatch);
  network.dispose();
  optimizer.dispose();
  expect(tf.memory().numTensors).toBe(before);
  return { result, moved, evaluated };
}

describe('parts of a batch', () => {
  it('are as few and as equal as possible, and make up the batch', () => {
    expect(microBatches(30, 4).map(({ count }) => count)).toEqual([4, 4, 4, 4, 4, 4, 3, 3]);
    expect(microBatches(3, 32)).toEqual([{ first: 0, count: 3 }]);
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 300 }), fc.integer({ min: 1, max: 300 }), (count, size) => {
        const parts = microBatches(count, size);
        expect(parts).toHaveLength(Math.ceil(count / size));
        expect(
          parts.reduce((next, part) => {
            expect(part.first).toBe(next);
            return next + part.count;
          }, 0),
        ).toBe(count);
        expect(Math.max(...parts.map((part) => part.count))).toBeLessThanOrEqual(size);
        expect(
          Math.max(...parts.map((part) => part.count)) - Math.min(...parts.map((part) => part.count)),
        ).toBeLessThanOrEqual(1);
      }),
    );
  });

  it('leave together as much of the running statistics as the whole batch', () => {
    const left = microBatches(30, 4).reduce(
      (product, { count }) => product * (1 - partMomentum(0.1, count, 30)),
      1,
    );
    expect(left).toBeCloseTo(0.9, 12);
    expect(partMomentum(0.1, 30, 30)).toBe(0.1);
  });
});

describe('strategies', () => {
  it('know whether their weights depend on the losses of the batch', () => {
    const losses = fc.array(fc.double({ min: 0.05, max: 5, noNaN: true }), { minLength: 3, maxLength: 3 });
    for (const chosen of STRATEGIES) {
      const options = defaultOptions(chosen, 3);
      const state = chosen.update([1, 2, 0.5], options, chosen.init(3, options));
      // What a batch's losses are to one strategy, its gradients are to another.
      const gram = (values: readonly number[]) =>
        values.map((a, i) => values.map((b, j) => (i === j ? a * b : -0.3 * a * b)));
      const effective = (values: readonly number[]) =>
        chosen.weigh(values, options, state, { seed: 1, step: 2, epoch: 1, gram: gram(values) }).effective;
      if (chosen.lossFree)
        fc.assert(
          fc.property(losses, losses, (a, b) => {
            expect(effective(a)).toEqual(effective(b));
          }),
        );
      else expect(effective([1, 2, 3])).not.toEqual(effective([3, 2, 1]));
    }
  });
});

describe.each(BACKENDS)('a step in parts on %s', (backend) => {
  // Without batch norm nothing but the order of additions differs. Dropout is in trunk and heads.
  it.each([
    ['unweighted-sum', 4],
    ['weighted-average', 4],
    ['weighted-average', 1],
  ] as const)('is the whole step where there is no batch norm (%s, %i at a time)', async (id, size) => {
    await on(backend, async () => {
      const [whole, parts] = [
        await step(DROPPED, batchFor(SIZE), id, COUNT),
        await step(DROPPED, batchFor(SIZE), id, size),
      ];
      parts.result.losses.forEach((loss, i) => expect(loss).toBeCloseTo(whole.result.losses[i]!, 5));
      parts.result.weights.effective.forEach((weight, i) =>
        expect(weight).toBeCloseTo(whole.result.weights.effective[i]!, 5),
      );
      expect(parts.result.predictions).toEqual(whole.result.predictions);
      parts.evaluated.probabilities.forEach((p, i) =>
        expectClose(p, whole.evaluated.probabilities[i]!, 1e-5),
      );
      for (const [name, values] of whole.moved) {
        expect(Math.max(...values.map(Math.abs)), name).toBeGreaterThan(0);
        expectClose(parts.moved.get(name)!, values, 1e-4, name);
      }
    });
  });

  // Parts that look alike have the batch's mean and variance; only Bessel's correction of the running
  // variance differs.
  it('is the whole step with batch norm, too, where the parts have the batch’s statistics', async () => {
    await on(backend, async () => {
      const batch = batchFor(SIZE, 2);
      const [whole, parts] = [
        await step(NORMED, batch, 'weighted-average', COUNT),
        await step(NORMED, batch, 'weighted-average', 2),
      ];
      for (const [name, values] of whole.moved) {
        if (name.endsWith('running_var')) continue;
        expectClose(parts.moved.get(name)!, values, 1e-3, name);
      }
      // 64 positions an example in the first layer: its variance is corrected by N / (N - 1). It starts at 1,
      // a tenth is new.
      const [a, b] = [whole, parts].map(({ moved }) => moved.get('norm.running_var')!);
      const biased = a!.map((move) => (move / 0.1 + 1) * (1 - 1 / (COUNT * 64)));
      expectClose(
        b!,
        biased.map((variance) => 0.1 * (variance / (1 - 1 / (2 * 64)) - 1)),
        1e-4,
      );
    });
  });

  it('gives back everything when a later part has no finite loss', async () => {
    await on(backend, async () => {
      const network = Network.create(DROPPED, 3);
      const optimizer = new Optimizer(adamWith(LINEAR), network);
      network.write('heads.gender.bias', Float32Array.of(Number.NaN, 0));
      const before = tf.memory().numTensors;
      for (const id of ['unweighted-sum', 'weighted-average'] as const) {
        const weighting = { strategy: strategy(id), options: {}, state: {} };
        const request = { network, optimizer, batch: batchFor(SIZE), weighting };
        await expect(trainStep({ ...request, seed: 5, step: 1, microBatch: 2 })).rejects.toMatchObject({
          code: 'not-finite',
        });
        expect(tf.memory().numTensors).toBe(before);
      }
      expect(optimizer.updates).toBe(0);
      network.dispose();
      optimizer.dispose();
    });
  });
});
