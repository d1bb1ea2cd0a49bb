/**
 * The engine's optimisers beside torch.optim on the current backend: a hundred updates of three small arrays, and
 * a hundred steps of a small network under a schedule and clipping. Shared by the tests in Node and in the
 * browser.
 */
import { expect } from 'vitest';
import { buildModel, type HeadChoice } from '../../src/core/model/architectures';
import type { ArchitectureId } from '../../src/core/model/architectures';
import type { ParameterSpec } from '../../src/core/model/plan';
import { schedule } from '../../src/core/optim/registry';
import type { BackendId } from '../../src/core/config/run-config';
import { strategy } from '../../src/core/weighting/registry';
import { Gradients } from '../../src/engine/ops/gradients';
import { kernelTable } from '../../src/engine/backends/kernels/current';
import { Optimizer } from '../../src/engine/optimizers/optimizer';
import * as tf from '../../src/engine/tf';
import { trainStep } from '../../src/engine/step/train-step';
import { guard, relativeError } from './fidelity';
import { fixture, fixtureBytes } from './fixture';
import { parsedOptimizer, parsedSchedule, smallRun, type SMALL_RUNS } from './optimisers';
import { closest, drawnBatch, drawnNetwork, ownDistance, torchOrder, withoutDropout } from './pytorch';

const specOf = (name: string, shape: readonly number[]): ParameterSpec => ({
  name,
  shape,
  role: shape.length > 1 ? 'weight' : 'bias',
  op: 'linear',
  trainable: true,
  initial: { kind: 'constant', value: 0 },
  torch: { shape, view: shape, axes: [...shape.keys()] },
  rows: 1,
});

/** One of the small trajectories: every array after 1, 10 and 100 updates, and the slots at the end. */
export async function compareSmallRun(
  name: (typeof SMALL_RUNS)[number],
  backend: BackendId,
  tolerance: number,
): Promise<void> {
  const { choice, clipNorm, steps, shapes, start, gradient, expected, seen } = await smallRun(name);
  const before = tf.memory().numTensors;
  // Vectors first, so that flat memory has to sort.
  const specs = Object.entries(shapes)
    .map(([array, shape]) => specOf(array, shape))
    .toReversed();
  const values = (i: number): Float32Array => Float32Array.from(start(specs[i]!.name));
  const store = kernelTable().parameters(specs, values);
  const { parameters } = store;
  const optimizer = new Optimizer(choice, { store }, clipNorm);
  let worst = 0;
  const compare = (key: string, found: ArrayLike<number>): void => {
    worst = Math.max(worst, relativeError(found, expected(key)));
  };
  for (let step = 1; step <= steps; step++) {
    const gradients = new Gradients();
    for (const { spec, value } of parameters) {
      const at = gradient(spec.name, await value.data(), step);
      gradients.add(spec.name, tf.tensor(Float32Array.from(at), [...spec.shape]));
    }
    optimizer.step(gradients);
    if (seen.includes(step))
      for (const { spec, value } of parameters) compare(`${step}/${spec.name}`, await value.data());
  }
  for await (const { name: slot, data } of optimizer.read()) compare(slot.slice(slot.indexOf('.') + 1), data);
  optimizer.dispose();
  store.dispose();
  expect(tf.memory().numTensors).toBe(before);
  guard({
    chapter: 'training',
    quantity: `a hundred updates by every optimiser, ${backend}`,
    reference: 'torch',
    unit: 'relative',
    tolerance,
    worst,
    note: 'SGD with momentum and Nesterov’s, Adam, AdamW; weight decay of all or of weights, clipping by norm',
  });
}

/** As in reference/fixtures/optimisers.py. */
export const OPTIMIZER_RUNS = ['SGD', 'AdamW'] as const;

interface Index {
  readonly architecture: ArchitectureId;
  readonly width: number;
  readonly inputSize: number;
  readonly seed: number;
  readonly heads: readonly HeadChoice[];
  readonly optimizer: object;
  readonly schedule: object;
  readonly clipNorm: number;
  readonly steps: number;
  readonly stepsPerEpoch: number;
  readonly batches: number;
  readonly count: number;
}

/** How far PyTorch in float32 is from PyTorch in float64, by run and kind of array. */
type Distances = Readonly<Record<string, Readonly<Record<string, number>>>>;

/** @param tolerance of every loss on the way, relative to itself, and of every array at the end */
export async function compareOptimizer(
  name: (typeof OPTIMIZER_RUNS)[number],
  backend: BackendId,
  tolerance: number,
): Promise<void> {
  const { index, f32, f64 } = await fixture<Index>(`optimisers/${name.toLowerCase()}`);
  const distances = JSON.parse(
    new TextDecoder().decode(await fixtureBytes('optimisers/float32.json')),
  ) as Distances;
  const { seed, heads, steps, stepsPerEpoch } = index;
  const before = tf.memory().numTensors;
  const spec = withoutDropout(buildModel(index));
  const batches = Array.from({ length: index.batches }, (_, i) =>
    drawnBatch(seed, index.count, index.inputSize, heads, i),
  );
  const network = drawnNetwork(spec, seed);
  const choice = parsedOptimizer(index.optimizer);
  const rates = parsedSchedule(index.schedule);
  const optimizer = new Optimizer(choice, network, index.clipNorm);
  const weighting = strategy('unweighted-sum');
  const losses: number[] = [];
  for (let step = 1; step <= steps; step++) {
    const at = {
      step,
      epoch: Math.ceil(step / stepsPerEpoch),
      stepsPerEpoch,
      epochs: steps / stepsPerEpoch,
    };
    optimizer.learningRate = schedule(rates.id).rate(rates, choice.learningRate, at, {});
    const done = await trainStep({
      network,
      optimizer,
      batch: batches[(step - 1) % batches.length]!,
      weighting: { strategy: weighting, options: {}, state: weighting.init(heads.length, {}) },
      seed,
      step,
    });
    losses.push(...done.losses);
  }
  const row = { chapter: 'training', reference: 'torch', unit: 'relative', tolerance } as const;
  const how = `${name}, a schedule and clipping, ${backend}`;
  guard({
    ...row,
    quantity: `losses along ${steps} steps of ${how}`,
    worst: closest(losses, f64('losses')),
    note: `each loss relative to itself. ${ownDistance(distances[name]!['losses']!)}`,
  });
  const torch = torchOrder(spec);
  const atEnd = (what: string, kind: string, parameter: string, data: Float32Array): void =>
    guard({
      ...row,
      quantity: `${what} after ${steps} steps of ${how}`,
      worst: relativeError(torch(parameter, data), f32(`${kind}/${parameter}`)),
      note: ownDistance(distances[name]![kind]!),
    });
  for await (const { name: parameter, data } of network.read())
    atEnd('every parameter', 'weight', parameter, data);
  for await (const { name: key, data } of optimizer.read()) {
    const [kind, parameter] = key.slice(key.indexOf('.') + 1).split('/');
    atEnd('the optimiser’s slots', kind!, parameter!, data);
  }
  network.dispose();
  optimizer.dispose();
  expect(tf.memory().numTensors).toBe(before);
}
