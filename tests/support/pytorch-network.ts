/**
 * Residual and recurrent networks at reduced width beside PyTorch, on the current backend: inference and one whole
 * training step (trainStep), and a hundred steps of Adam. Of large arrays the fixtures hold lengths, projections
 * and entries (reference/fixtures/networks.py). Shared by the tests in Node and in the browser.
 */
import { expect } from 'vitest';
import { buildModel, type ArchitectureId, type HeadChoice } from '../../src/core/model/architectures';
import type { BackendId } from '../../src/core/config/run-config';
import { strategy } from '../../src/core/weighting/registry';
import { Optimizer } from '../../src/engine/optimizers/optimizer';
import * as tf from '../../src/engine/tf';
import { trainStep } from '../../src/engine/step/train-step';
import { norm, project, sample } from './counter-weights';
import { adamWith } from './adam';
import { guard, relativeError } from './fidelity';
import { fixture } from './fixture';
import {
  closest,
  drawnBatch,
  drawnNetwork,
  ownDistance,
  RecordingOptimizer,
  recordLogits,
  runningStatistics,
  torchOrder,
} from './pytorch';

interface About {
  readonly architecture: ArchitectureId;
  readonly width: number;
  readonly inputSize: number;
  readonly count: number;
  readonly heads: readonly HeadChoice[];
  readonly seed: number;
  /** Arrays of more numbers are stored as length, projections and so many entries. */
  readonly large: number;
  readonly entries: number;
  /** How far PyTorch in float32 is from PyTorch in float64, which everything else here is, by what is compared. */
  readonly float32: Readonly<Record<string, number>>;
}
interface Trajectory extends About {
  readonly steps: number;
  readonly batches: number;
  readonly learningRate: number;
}

export const NETWORKS = [
  'resnet18-single',
  'resnet18-multitask',
  'resnet50-single',
  'resnet50-multitask',
  'cnn-bilstm-single',
  'cnn-bilstm-multitask',
  'crnn-attention-single',
  'crnn-attention-multitask',
] as const satisfies readonly ArchitectureId[];

/** Those that float32 can follow for a hundred steps (reference/fixtures/networks.py). */
export const TRAINED_NETWORKS = [
  'resnet18-single',
  'resnet18-multitask',
  'cnn-bilstm-single',
  'cnn-bilstm-multitask',
  'crnn-attention-single',
  'crnn-attention-multitask',
] as const satisfies readonly ArchitectureId[];

/** Seed of the patterns and entries: SEED in reference/fixtures/networks.py. */
const SEED = 2021;
const SUM = { strategy: strategy('unweighted-sum'), options: {}, state: {} };

/** Error of an array relative to its largest number, or of what is stored of a large one. @param data in PyTorch's order */
function errorOf(about: About, key: string, data: Float32Array, expected: Float64Array): number {
  if (data.length <= about.large) return relativeError(data, expected);
  const [length, ...rest] = expected;
  const own = norm(data);
  const projections = [0, 1].map((k) => Math.abs(project(data, SEED, key, k) / own - rest[k]!));
  const entries = sample(data, about.entries, SEED, key);
  return Math.max(Math.abs(own / length! - 1), ...projections, relativeError(entries, rest.slice(2)));
}

/** Guards every number of one step. Leaves no tensor behind. */
export async function compareStep(architecture: ArchitectureId, backend: BackendId): Promise<void> {
  const { index, f64 } = await fixture<About>(`model/${architecture}`);
  const { seed, count, inputSize, heads, float32 } = index;
  const before = tf.memory().numTensors;
  const spec = buildModel(index);
  const torch = torchOrder(spec);
  const batch = drawnBatch(seed, count, inputSize, heads, 0);
  const check = (what: string, kind: string, tolerance: number, worst: number): void =>
    guard({
      chapter: 'model',
      quantity: `${what}, ${architecture}, ${backend}`,
      reference: 'torch',
      unit: 'relative',
      tolerance,
      worst,
      note: ownDistance(float32[kind]!),
    });

  const network = drawnNetwork(spec, seed);
  const pass = network.forward(batch.images, count, { training: false });
  for (const [i, logits] of (await pass.logits()).entries())
    check('logits', 'inference', 1e-4, relativeError(logits, f64(`inference/${heads[i]!.task}`)));
  pass.dispose();
  network.dispose();

  const trained = drawnNetwork(spec, seed);
  const optimizer = new RecordingOptimizer(adamWith(), trained);
  const recorded = recordLogits(trained);
  const { losses } = await trainStep({
    network: trained,
    optimizer,
    batch,
    weighting: SUM,
    seed,
    step: 1,
  });
  for (const [i, logits] of (await recorded[0]!).entries())
    check('logits', 'logits', 1e-4, relativeError(logits, f64(`logits/${heads[i]!.task}`)));
  check('loss of every task', 'losses', 1e-4, relativeError(losses, f64('losses')));
  const gradients = await optimizer.take();
  expect([...gradients.keys()].sort()).toEqual(
    trained.parameters
      .filter((p) => p.spec.trainable)
      .map((p) => p.spec.name)
      .sort(),
  );
  for (const [name, data] of gradients) {
    const key = `gradient/${name}`;
    check('gradient of every parameter', 'gradient', 1e-3, errorOf(index, key, torch(name, data), f64(key)));
  }
  for (const [name, data] of await runningStatistics(trained)) {
    const key = `running/${name}`;
    check('running statistics after a step', 'running', 1e-4, errorOf(index, key, data, f64(key)));
  }
  trained.dispose();
  optimizer.dispose();
  expect(tf.memory().numTensors).toBe(before);
}

/**
 * Guards every loss of a hundred steps and what there is at their end.
 * @param tolerance of every loss, relative to itself, and of every array at the end
 */
export async function compareSteps(
  architecture: ArchitectureId,
  backend: BackendId,
  tolerance: number,
): Promise<void> {
  const { index, f64 } = await fixture<Trajectory>(`training/${architecture}`);
  const { seed, heads, learningRate, float32 } = index;
  const before = tf.memory().numTensors;
  const spec = buildModel(index);
  const batches = Array.from({ length: index.batches }, (_, i) =>
    drawnBatch(seed, index.count, index.inputSize, heads, i),
  );
  const network = drawnNetwork(spec, seed);
  const optimizer = new Optimizer(adamWith({ learningRate }), network);
  const losses: number[] = [];
  for (let step = 1; step <= index.steps; step++) {
    const batch = batches[(step - 1) % batches.length]!;
    const done = await trainStep({ network, optimizer, batch, weighting: SUM, seed, step });
    losses.push(...done.losses);
  }

  // A run that learns nothing would be easy to follow.
  const summed = (steps: number[]): number => steps.reduce((a, b) => a + b, 0);
  expect(summed(losses.slice(-4 * heads.length))).toBeLessThan(
    0.7 * summed(losses.slice(0, 4 * heads.length)),
  );
  const check = (what: string, kind: string, worst: number): void =>
    guard({
      chapter: 'training',
      quantity: `${what} ${index.steps} Adam steps, ${architecture}, ${backend}`,
      reference: 'torch',
      unit: 'relative',
      tolerance,
      worst,
      note: ownDistance(float32[kind]!),
    });
  check('losses along', 'losses', closest(losses, f64('losses')));
  const torch = torchOrder(spec);
  for await (const { name, data } of network.read()) {
    const kind = name.includes('running') ? 'running' : 'weight';
    const key = `${kind}/${name}`;
    const what = kind === 'running' ? 'running statistics after' : 'every parameter after';
    check(what, kind, errorOf(index, key, torch(name, data), f64(key)));
  }
  for await (const { name: slotName, data } of optimizer.read()) {
    const slot = slotName.replace('adam.', '');
    const [kind, name] = [slot.slice(0, 1) as 'm' | 'v', slot.slice(2)];
    const key = `${kind}/${name}`;
    check('Adam’s moments after', kind, errorOf(index, key, torch(name, data), f64(key)));
  }
  network.dispose();
  optimizer.dispose();
  expect(tf.memory().numTensors).toBe(before);
}
