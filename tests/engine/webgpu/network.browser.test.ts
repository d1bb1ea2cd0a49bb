/**
 * Whole models on webgpu beside the cpu backend: gradients, training steps in one piece and in parts, kernels
 * switched off.
 */
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { buildModel, isSingleTask, minimumInputSize } from '../../../src/core/model/architectures';
import type { ArchitectureId } from '../../../src/core/model/architectures';
import type { ModelPlan } from '../../../src/core/model/plan';
import { defaultOptions } from '../../../src/core/weighting/options';
import type { GradientReading } from '../../../src/core/weighting/readings';
import { strategy } from '../../../src/core/weighting/registry';
import type { StrategyId, StrategyOptions } from '../../../src/core/weighting/types';
import { Optimizer } from '../../../src/engine/optimizers/optimizer';
import { GradientAverages } from '../../../src/engine/step/gradient-averages';
import type { Gpu } from '../../../src/engine/kernels/webgpu/gpu';
import { kernels, switchKernel } from '../../../src/engine/kernels/webgpu/registry';
import { Network } from '../../../src/engine/network/network';
import type { Batch } from '../../../src/engine/step/batch';
import { evaluateBatch } from '../../../src/engine/step/evaluate-batch';
import type { Weighting } from '../../../src/engine/step/step-work';
import { trainStep } from '../../../src/engine/step/train-step';
import * as tf from '../../../src/engine/tf';
import { checked, noise, webgpu, worst } from './support';
import { adamWith } from '../../support/adam';

let device: Gpu;
beforeAll(async () => {
  device = await webgpu();
});
afterEach(() => {
  for (const { name } of kernels()) switchKernel(name, true);
});

const HEADS = [
  { task: 'emotion', classes: 4 },
  { task: 'speaker', classes: 10 },
  { task: 'gender', classes: 2 },
];
const COUNT = 3;

const small = (architecture: ArchitectureId): ModelPlan =>
  buildModel({
    architecture,
    width: 1 / 16,
    heads: isSingleTask(architecture) ? HEADS.slice(0, 1) : HEADS,
    inputSize: architecture.startsWith('vgg') ? 32 : minimumInputSize(architecture) + 2,
  });

const images = (spec: ModelPlan, count: number): Uint8Array =>
  Uint8Array.from(noise(count * spec.inputSize ** 2, 'images'), (v) =>
    Math.min(255, Math.max(0, 128 + 60 * v)),
  );
const batchOf = (spec: ModelPlan, count: number): Batch => ({
  count,
  images: images(spec, count),
  labels: spec.heads.map(({ classes }) => Uint16Array.from({ length: count }, (_, i) => (i * 3) % classes)),
});

/** Larger than the real initial values, so that every gradient is well above rounding. */
function fill(network: Network): void {
  for (const { spec } of network.parameters) {
    const [length, fanIn] = [
      spec.shape.reduce((a, b) => a * b),
      spec.shape.slice(0, -1).reduce((a, b) => a * b, 1),
    ];
    const deviation = spec.role === 'weight' ? Math.sqrt(2 / fanIn) : 0.2;
    const positive = spec.role === 'scale' || spec.role === 'runningVariance' ? 1 : 0;
    network.write(
      spec.name,
      noise(length, spec.name).map((v) => positive + deviation * v),
    );
  }
}

async function on<T>(backend: 'cpu' | 'webgpu', fn: () => Promise<T>): Promise<T> {
  await tf.setBackend(backend);
  try {
    return backend === 'cpu' ? await fn() : await checked(device, fn);
  } finally {
    await tf.setBackend('webgpu');
  }
}

const values = async (network: Network): Promise<Map<string, Float32Array>> => {
  const all = new Map<string, Float32Array>();
  for await (const { name, data } of network.read()) all.set(name, data.slice());
  return all;
};

async function gradientsOf(spec: ModelPlan) {
  const network = Network.create(spec, 1);
  fill(network);
  const mask = (_layer: string, length: number): Uint8Array =>
    Uint8Array.from({ length }, (_, i) => (i % 3 === 0 ? 0 : 1));
  const inference = network.forward(images(spec, COUNT), COUNT, { training: false });
  const atRest = await inference.logits();
  inference.dispose();
  const pass = network.forward(images(spec, COUNT), COUNT, { training: true, dropout: mask });
  const logits = await pass.logits();
  const gradients = network.backward(
    pass,
    spec.heads.map((h) => noise(COUNT * h.classes, h.task).map((v) => v / COUNT)),
  );
  const out = new Map<string, Float32Array>();
  for (const [name, gradient] of gradients) out.set(name, ((await gradient.data()) as Float32Array).slice());
  gradients.dispose();
  const running = await values(network);
  network.dispose();
  return { atRest, logits, gradients: out, running };
}

describe.each(['vgg11-bn-multitask', 'vgg11-single', 'alexnet-single', 'alexnet-multitask'] as const)(
  '%s',
  (architecture) => {
    it('computes what the cpu backend computes', async () => {
      const spec = small(architecture);
      const expected = await on('cpu', () => gradientsOf(spec));
      const found = await on('webgpu', () => gradientsOf(spec));
      found.atRest.forEach((y, i) => expect(worst(y, expected.atRest[i]!)).toBeLessThan(1e-4));
      found.logits.forEach((y, i) => expect(worst(y, expected.logits[i]!)).toBeLessThan(1e-4));
      expect([...found.gradients.keys()].sort()).toEqual([...expected.gradients.keys()].sort());
      for (const [name, gradient] of expected.gradients)
        expect(worst(found.gradients.get(name)!, gradient), name).toBeLessThan(2e-3);
      for (const [name, value] of expected.running)
        expect(worst(found.running.get(name)!, value), name).toBeLessThan(1e-4);
    });
  },
);

/**
 * Training steps; parameters at the end, losses and predictions on the way, and the tensors that were alive
 * in each step.
 */
async function train(
  spec: ModelPlan,
  count: number,
  microBatch: number,
  steps = 3,
  id: StrategyId = 'weighted-average',
  over: Pick<Weighting, 'instruments'> & { readonly options?: StrategyOptions } = {},
) {
  const network = Network.create(spec, 1);
  fill(network);
  const optimizer = new Optimizer(adamWith({ epsilon: 1e-3 }), network);
  const averages = new GradientAverages(network);
  const weighting = strategy(id);
  const options = { ...defaultOptions(weighting, spec.heads.length), ...over.options };
  const told: {
    losses: readonly number[];
    predictions: number[][];
    effective: readonly number[];
    reading: GradientReading | null;
  }[] = [];
  const alive: number[] = [];
  for (let step = 1; step <= steps; step++) {
    const { losses, predictions, weights, reading } = await trainStep({
      network,
      optimizer,
      batch: batchOf(spec, count),
      weighting: {
        strategy: weighting,
        ...over,
        options,
        averages,
        state: weighting.init(spec.heads.length, options),
      },
      seed: 5,
      step,
      microBatch,
    });
    told.push({ losses, predictions: predictions.map((p) => [...p]), effective: weights.effective, reading });
    alive.push(tf.memory().numTensors);
  }
  const { losses } = await evaluateBatch(network, batchOf(spec, count));
  const result = {
    told,
    alive,
    validation: losses,
    end: await values(network),
    moments: new Map<string, Float32Array>(),
  };
  for await (const { name, data } of optimizer.read()) result.moments.set(name, data.slice());
  averages.end();
  optimizer.dispose();
  network.dispose();
  return result;
}

describe('training', () => {
  const spec = small('vgg11-bn-multitask');
  it.each([
    ['in one piece', 6, 6],
    ['in parts', 7, 3],
  ] as const)('%s', async (_name, count, microBatch) => {
    const expected = await on('cpu', () => train(spec, count, microBatch));
    const found = await on('webgpu', () => train(spec, count, microBatch));
    found.told.forEach(({ losses, predictions }, i) => {
      expect(worst(losses, expected.told[i]!.losses)).toBeLessThan(1e-4);
      expect(predictions).toEqual(expected.told[i]!.predictions);
    });
    expect(new Set(found.alive.slice(1)).size).toBe(1);
    expect(worst(found.validation, expected.validation)).toBeLessThan(1e-3);
    for (const [name, value] of expected.end)
      expect(worst(found.end.get(name)!, value), name).toBeLessThan(2e-3);
    for (const [name, value] of expected.moments)
      expect(worst(found.moments.get(name)!, value), name).toBeLessThan(2e-2);
  });

  it.each([
    ['nash-mtl', 'representation', 6, 6],
    ['cagrad', 'full', 6, 6],
    ['upgrad', 'full', 7, 3],
    ['grad-norm', 'last-layer', 6, 6],
    ['famo', null, 7, 3],
    ['db-mtl', 'representation', 7, 3],
  ] as const)(
    'by the tasks’ gradients: %s at %s, %i examples, %i at a time',
    async (id, gradients, count, microBatch) => {
      for (const level of gradients === 'full'
        ? (['representation', 'full'] as const)
        : (['last-layer'] as const)) {
        const over = { instruments: { every: 1, gradients: level }, options: gradients ? { gradients } : {} };
        const expected = await on('cpu', () => train(spec, count, microBatch, 2, id, over));
        const found = await on('webgpu', () => train(spec, count, microBatch, 2, id, over));
        found.told.forEach(({ losses, effective, reading }, i) => {
          const wanted = expected.told[i]!;
          expect(worst(losses, wanted.losses)).toBeLessThan(1e-3);
          expect(worst(effective, wanted.effective)).toBeLessThan(1e-2);
          for (const kind of ['norms', 'cosines', 'shares'] as const)
            expect(worst(reading![kind], wanted.reading![kind]), kind).toBeLessThan(1e-2);
        });
        expect(new Set(found.alive).size).toBe(1);
        for (const [name, value] of expected.end)
          expect(worst(found.end.get(name)!, value), name).toBeLessThan(5e-3);
      }
    },
  );

  it('is not changed by the instruments, not by a bit', async () => {
    await on('webgpu', async () => {
      const blind = await train(spec, 6, 3, 2);
      for (const level of ['representation', 'last-layer', 'full'] as const)
        expect(
          (await train(spec, 6, 3, 2, 'weighted-average', { instruments: { every: 1, gradients: level } }))
            .end,
        ).toEqual(blind.end);
    });
  });

  // Two steps: what differs in the last digit may later lie on different sides of a ReLU.
  let reference: ReturnType<typeof train> | null = null;
  it.each([
    'convolution',
    'convolution-input-gradient',
    'convolution-filter-gradient',
    'batch-norm-statistics',
    'max-pool',
    'relu',
    'relu-gradient',
    'dropout',
    'images',
    'cross-entropy',
    'adam',
    'add-to',
  ])('comes to the same with the kernel %s switched off', async (name) => {
    switchKernel(name, false);
    expect(kernels().find((kernel) => kernel.name === name)).toMatchObject({ on: false });
    const expected = await (reference ??= on('cpu', () => train(spec, 6, 3, 2)));
    const found = await on('webgpu', () => train(spec, 6, 3, 2));
    found.told.forEach(({ losses }, i) => expect(worst(losses, expected.told[i]!.losses)).toBeLessThan(1e-3));
    for (const [parameter, value] of expected.end)
      expect(worst(found.end.get(parameter)!, value), parameter).toBeLessThan(5e-3);
  });
});
