/**
 * The paper's model at its full size beside PyTorch's results for it (reference/fixtures/full_size.py), ready
 * to run on the current backend. Shared by the comparisons on wasm (in Node) and on webgpu (in the browser).
 */
import { buildModel, type HeadChoice } from '../../src/core/model/architectures';
import { parameterCount } from '../../src/core/model/parameters';
import type { Mode } from '../../src/engine/ops/operation';
import { Network } from '../../src/engine/network/network';
import { counterPictures, writeCounterWeights, type Again } from './counter-weights';
import { relativeError } from './fidelity';
import { fixture, type Fixture } from './fixture';

interface Index {
  readonly seed: number;
  readonly count: number;
  readonly inputSize: number;
  readonly heads: readonly HeadChoice[];
  readonly labels: readonly (readonly number[])[];
  readonly trainable: number;
  readonly losses: readonly number[];
  /** How far PyTorch in float32 is from PyTorch in float64, which everything else here is. */
  readonly float32: Readonly<
    Record<'inference' | 'logits' | 'running' | 'norm' | 'projection' | 'entries' | 'zero', number>
  >;
  /** Trainable ones. Without projections: the gradient is zero. */
  readonly parameters: readonly {
    readonly name: string;
    readonly count: number;
    readonly norm: number;
    readonly projections?: readonly number[];
  }[];
  readonly entries: number;
  /** Filters drawn again, so that no activation is near a kink. */
  readonly again: Again;
  /** Array names, by task and by running statistic. */
  readonly inference: readonly string[];
  readonly logits: readonly string[];
  readonly running: readonly string[];
}

export interface FullSize {
  readonly expected: Fixture<Index>;
  readonly network: Network;
  readonly images: Uint8Array;
}

/**
 * Makes the model on the current backend. The caller disposes `network`. @throws where it has not the paper's
 * size
 */
export async function fullSize(): Promise<FullSize> {
  const expected = await fixture<Index>('full_size');
  const { seed, count, inputSize, heads, trainable, again } = expected.index;
  const spec = buildModel({ architecture: 'vgg11-bn-multitask', width: 1, inputSize, heads });
  if (trainable !== 63_762_576 || parameterCount(spec) !== trainable)
    throw new Error(`${parameterCount(spec)} parameters instead of ${trainable}.`);
  const network = Network.create(spec, 0);
  writeCounterWeights(network, seed, again);
  return { expected, network, images: counterPictures(seed, count, inputSize) };
}

/**
 * Training with dropout off: what is kept is divided by 1 - rate, so this mask makes every factor exactly 1.
 */
export const TRAINING: Mode = {
  training: true,
  dropout: (_layer, length, rate) => new Float32Array(length).fill(1 - rate),
};

/** Worst relative error over the tasks. @param keys names of the expected arrays */
export const worstOf = (
  actual: readonly Float32Array[],
  expected: Fixture<Index>,
  keys: readonly string[],
): number => Math.max(...keys.map((key, i) => relativeError(actual[i]!, expected.f64(key))));

/** A clause for the table: how far PyTorch's own float32 is from its float64. */
export const ownDistance = (size: number): string =>
  `against PyTorch in float64, from which its own float32 is ${size.toExponential(1)} away`;

/** Worst relative error of the running means and variances after a training pass. */
export async function worstRunning({ network, expected }: FullSize): Promise<number> {
  const wanted = new Set(expected.index.running);
  let worst = 0;
  let found = 0;
  for (const { spec, value } of network.parameters)
    if (wanted.has(spec.name)) {
      worst = Math.max(worst, relativeError(await value.data(), expected.f32(spec.name)));
      found++;
    }
  return found === wanted.size ? worst : Number.NaN;
}
