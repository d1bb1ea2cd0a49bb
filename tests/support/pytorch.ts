/**
 * What the comparisons with PyTorch at reduced width share: the inputs, drawn from named random streams
 * exactly as reference/fixtures/model.py draws them, and what the engine hides in the middle of a training
 * step. Not here: the comparisons (pytorch-model.ts, pytorch-training.ts).
 */
import type { HeadChoice } from '../../src/core/model/architectures';
import { sizeOf } from '../../src/core/model/graph';
import { fromPyTorch, toPyTorch } from '../../src/core/model/pytorch-layout';
import type { ModelPlan, ParameterSpec } from '../../src/core/model/plan';
import { RandomStream } from '../../src/core/random/streams';
import { Optimizer } from '../../src/engine/optimizers/optimizer';
import type { Gradients } from '../../src/engine/ops/gradients';
import { Network } from '../../src/engine/network/network';
import type { Batch } from '../../src/engine/step/batch';
import type * as tf from '../../src/engine/tf';
import { replanned } from './sequential';

/**
 * A parameter or running statistic in PyTorch's order: weights so that activations keep their size, the rest
 * +-0.2, about 1 for scales and variances.
 */
function drawnValue(seed: number, parameter: ParameterSpec): Float32Array {
  const shape = parameter.torch.shape;
  const scale =
    parameter.role === 'weight' ? Math.sqrt((shape.length === 4 ? 6 : 3) / sizeOf(shape.slice(1))) : 0.2;
  const centre = parameter.role === 'scale' || parameter.role === 'runningVariance' ? 1 : 0;
  const stream = new RandomStream(seed, 'weights', parameter.name);
  return Float32Array.from(
    { length: sizeOf(shape) },
    () => Math.fround((stream.uniform() - 0.5) * (2 * scale)) + centre,
  );
}

/** A new model with drawn parameters and running statistics on the current backend. */
export function drawnNetwork(spec: ModelPlan, seed: number): Network {
  const network = Network.create(spec, 0);
  for (const { spec: parameter } of network.parameters) {
    const data = fromPyTorch(parameter, drawnValue(seed, parameter));
    if (!network.write(parameter.name, data)) throw new Error(`${parameter.name} could not be written.`);
  }
  return network;
}

/** Batch `index` of the reference: grey squares of 8 pixels under noise, and any labels. */
export function drawnBatch(
  seed: number,
  count: number,
  size: number,
  heads: readonly HeadChoice[],
  index: number,
): Batch {
  const tiles = size / 8;
  const stream = new RandomStream(seed, 'squares', index);
  const squares = Uint8Array.from({ length: count * tiles * tiles }, () => stream.uint32() >>> 24);
  const noise = new RandomStream(seed, 'noise', index);
  const images = Uint8Array.from(
    { length: count * size * size },
    (_, i) =>
      // Rows of all pictures count through: size is a multiple of 8.
      (squares[Math.floor(i / size / 8) * tiles + Math.floor((i % size) / 8)]! + (noise.uint32() >>> 24)) >>
      1,
  );
  return {
    images,
    count,
    labels: heads.map(({ task, classes }) => {
      const labels = new RandomStream(seed, 'labels', task, index);
      return Uint16Array.from({ length: count }, () => labels.uint32() % classes);
    }),
  };
}

/** The same model with every dropout rate 0, for which all masks keep everything. */
export const withoutDropout = (spec: ModelPlan): ModelPlan =>
  replanned(spec, ({ op, attributes }) => (op === 'dropout' ? { rate: 0 } : attributes));

/** Reorders arrays of a model from the engine's layout to PyTorch's. */
export function torchOrder(spec: ModelPlan): (name: string, data: Float32Array) => Float32Array {
  const byName = new Map(spec.parameters.map((parameter) => [parameter.name, parameter]));
  return (name, data) => toPyTorch(byName.get(name)!, data);
}

/** An optimiser that also keeps the gradients it was given in its last step. */
export class RecordingOptimizer extends Optimizer {
  private kept: [string, tf.Tensor][] = [];

  override step(gradients: Gradients): void {
    for (const [, tensor] of this.kept) tensor.dispose();
    this.kept = [...gradients].map(([name, tensor]) => [name, tensor.clone()]);
    super.step(gradients);
  }

  /** The gradients by name in the engine's layout; frees them. */
  async take(): Promise<Map<string, Float32Array>> {
    const taken = new Map<string, Float32Array>();
    for (const [name, tensor] of this.kept.splice(0)) {
      taken.set(name, (await tensor.data()) as Float32Array);
      tensor.dispose();
    }
    return taken;
  }
}

/** Keeps the logits of every forward pass from now on. */
export function recordLogits(network: Network): Promise<Float32Array[]>[] {
  const recorded: Promise<Float32Array[]>[] = [];
  const forward = network.forward.bind(network);
  network.forward = (...given) => {
    const pass = forward(...given);
    recorded.push(pass.logits());
    return pass;
  };
  return recorded;
}

/** Every number's error relative to itself, the largest of them. NaN where anything is no number. */
export function closest(actual: readonly number[], expected: ArrayLike<number>): number {
  if (actual.length !== expected.length) return Number.NaN;
  return actual.reduce((worst, v, i) => Math.max(worst, Math.abs(v / expected[i]! - 1)), 0);
}

/** The running statistics of a model on the host. */
export async function runningStatistics(network: Network): Promise<Map<string, Float32Array>> {
  const found = new Map<string, Float32Array>();
  for (const { spec, value } of network.parameters)
    if (!spec.trainable) found.set(spec.name, (await value.data()) as Float32Array);
  return found;
}

/** A clause for the table: what was compared with, and how far PyTorch in float32 is from it. */
export const ownDistance = (size: number): string =>
  `PyTorch in float64; its own float32 is off by ${size.toExponential(1)}`;
