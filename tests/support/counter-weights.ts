/**
 * The numbers of the full-size comparison, drawn from named random streams exactly as
 * reference/fixtures/full_size.py draws them: weights, pictures, the +-1 patterns that gradients are
 * projected onto, the entries that are compared. Everything counts in PyTorch's memory order. Not here: the
 * comparison.
 */
import { fromPyTorch } from '../../src/core/model/pytorch-layout';
import { sizeOf } from '../../src/core/model/graph';
import type { ParameterSpec } from '../../src/core/model/plan';
import { RandomStream } from '../../src/core/random/streams';
import type { Network } from '../../src/engine/network/network';

/** Rows (filters) of a weight that are drawn again: parameter, output channel, attempt. */
export type Again = readonly (readonly [name: string, channel: number, attempt: number])[];

/**
 * A parameter in PyTorch's order: weights so that activations keep their size, the rest +-0.2, about 1 for
 * scales and variances.
 */
function counterValue(seed: number, parameter: ParameterSpec, again: Again): Float32Array {
  const { name, role } = parameter;
  const shape = parameter.torch.shape;
  const fanIn = sizeOf(shape.slice(1));
  const scale = role === 'weight' ? Math.sqrt((shape.length === 4 ? 6 : 3) / fanIn) : 0.2;
  const centre = role === 'scale' || role === 'runningVariance' ? 1 : 0;
  const fill = (out: Float32Array, stream: RandomStream): void => {
    for (let i = 0; i < out.length; i++)
      out[i] = Math.fround((stream.uniform() - 0.5) * (2 * scale)) + centre;
  };
  const out = new Float32Array(sizeOf(shape));
  fill(out, new RandomStream(seed, 'weights', name));
  for (const [which, channel, attempt] of again)
    if (which === name)
      fill(
        out.subarray(channel * fanIn, (channel + 1) * fanIn),
        new RandomStream(seed, 'again', name, channel, attempt),
      );
  return out;
}

/** Gives every parameter and running statistic its value; one at a time, so that little memory is needed. */
export function writeCounterWeights(network: Network, seed: number, again: Again): void {
  for (const { spec: parameter } of network.parameters) {
    const data = fromPyTorch(parameter, counterValue(seed, parameter, again));
    if (!network.write(parameter.name, data)) throw new Error(`${parameter.name} could not be written.`);
  }
}

/** `count` pictures of size x size grey levels: noise on squares of 32 pixels. */
export function counterPictures(seed: number, count: number, size: number): Uint8Array {
  const tiles = size / 32;
  const stream = new RandomStream(seed, 'squares');
  const squares = Uint8Array.from({ length: count * tiles * tiles }, () => stream.uint32() >>> 24);
  const noise = new RandomStream(seed, 'noise');
  return Uint8Array.from({ length: count * size * size }, (_, i) => {
    const [row, column] = [Math.floor(i / size), i % size];
    // Rows of all pictures count through: size is a multiple of 32.
    return (squares[Math.floor(row / 32) * tiles + Math.floor(column / 32)]! + (noise.uint32() >>> 24)) >> 1;
  });
}

/** Sum of values times a pattern of +-1: + where a bit of the stream is set, 32 to a draw, lowest first. */
export function project(values: Float32Array, seed: number, name: string, pattern: number): number {
  const stream = new RandomStream(seed, 'signs', name, pattern);
  let sum = 0;
  let word = 0;
  for (let i = 0; i < values.length; i++) {
    word = i % 32 === 0 ? stream.uint32() : word >>> 1;
    sum += word & 1 ? values[i]! : -values[i]!;
  }
  return sum;
}

/** `count` of the values, at positions from the stream. */
export function sample(values: Float32Array, count: number, seed: number, name: string): Float32Array {
  const stream = new RandomStream(seed, 'entries', name);
  return Float32Array.from({ length: count }, () => values[stream.uint32() % values.length]!);
}

/** Euclidean length, added up in float64. */
export const norm = (values: Float32Array): number => Math.sqrt(values.reduce((sum, v) => sum + v * v, 0));
