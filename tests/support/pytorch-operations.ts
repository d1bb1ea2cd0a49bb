/**
 * Every operation of tests/fixtures/operations beside PyTorch, on the current backend: its value and all its
 * gradients, on inputs that both sides draw from the same named random streams (reference/fixtures/operations.py).
 * Shared by the tests in Node (cpu, wasm) and in the browser (webgpu).
 */
import { expect } from 'vitest';
import { RandomStream } from '../../src/core/random/streams';
import type { BackendId } from '../../src/core/config/run-config';
import { gelu, sigmoid, silu, tanh, type Activation } from '../../src/engine/kernels/composed/activation';
import { attentionPool, attentionPoolGradients } from '../../src/engine/kernels/composed/attention-pool';
import {
  averagePool,
  averagePoolGradient,
  globalAveragePool,
  globalAveragePoolGradient,
} from '../../src/engine/kernels/composed/average-pool';
import { GRU, LSTM } from '../../src/engine/kernels/composed/cells';
import {
  recurrentDirections,
  recurrentDirectionsGradients,
} from '../../src/engine/kernels/composed/directions';
import { deltas, deltasGradient, frames, framesGradient } from '../../src/engine/kernels/composed/frames';
import { layerNorm, layerNormGradients } from '../../src/engine/kernels/composed/layer-norm';
import { paddedMaxPool } from '../../src/engine/kernels/composed/padded-pool';
import type { Cell, RecurrentParameters } from '../../src/engine/kernels/composed/recurrent';
import { operations } from '../../src/engine/backends/current';
import { Gradients } from '../../src/engine/ops/gradients';
import type { BoundStep } from '../../src/engine/ops/operation';
import * as tf from '../../src/engine/tf';
import { guard, relativeError } from './fidelity';
import { fixture } from './fixture';
import { ownDistance } from './pytorch';

interface Case {
  readonly name: string;
  readonly operation: string;
  readonly attributes: Readonly<Record<string, number | boolean>>;
  readonly inputs: readonly (readonly number[])[];
  readonly shape: readonly number[];
  readonly parameters: readonly { readonly name: string; readonly shape: readonly number[] }[];
  readonly float32: number;
}
interface Index {
  readonly seed: number;
  readonly cases: readonly Case[];
}

interface Answers {
  readonly y: tf.Tensor;
  readonly dx: readonly tf.Tensor[];
  /** By PyTorch's name, in the engine's layout. */
  readonly gradients: Readonly<Record<string, tf.Tensor>>;
  /** What was kept for the backward pass. */
  readonly kept?: readonly tf.Tensor[];
}
type Parameters = Readonly<Record<string, tf.Tensor>>;
type Operation = (x: readonly tf.Tensor[], dy: tf.Tensor, p: Parameters, about: Case) => Answers;

const activation =
  ({ forward, gradient }: Activation): Operation =>
  ([x], dy) => {
    const y = forward(x!);
    return { y, dx: [gradient(dy, x!, y)], gradients: {} };
  };

const wayOf = (p: Parameters, suffix: string): RecurrentParameters => ({
  weightIh: p[`weight_ih_l0${suffix}`]!,
  weightHh: p[`weight_hh_l0${suffix}`]!,
  biasIh: p[`bias_ih_l0${suffix}`]!,
  biasHh: p[`bias_hh_l0${suffix}`]!,
});

const recurrent =
  (cell: Cell): Operation =>
  ([x], dy, p, { attributes }) => {
    const suffixes = attributes['bidirectional'] ? ['', '_reverse'] : [''];
    const ways = suffixes.map((suffix) => wayOf(p, suffix));
    const { y, passes, kept } = recurrentDirections(cell, x!, ways);
    const back = recurrentDirectionsGradients(cell, dy, x!, passes, ways, true);
    const gradients: Record<string, tf.Tensor> = {};
    back.ways.forEach((way, i) => {
      gradients[`weight_ih_l0${suffixes[i]}`] = way.weightIh;
      gradients[`weight_hh_l0${suffixes[i]}`] = way.weightHh;
      gradients[`bias_ih_l0${suffixes[i]}`] = way.biasIh;
      gradients[`bias_hh_l0${suffixes[i]}`] = way.biasHh;
    });
    return { y, dx: [back.dx!], gradients, kept };
  };

/** An entry of the backend's table, of an operation without parameters. */
const entry =
  (op: string): Operation =>
  (xs, dy, _p, { inputs, attributes }) => {
    const values = inputs.map((shape) => ({ shape: shape.slice(1) }));
    const step = { op, nodes: [{ op, values, attributes, parameters: {} }] } as unknown as BoundStep;
    const operation = operations().ops[op]!;
    const done = operation.forward(step, xs, { training: true, dropout: () => [] });
    const how = { gradients: new Gradients(), keep: false };
    const dx = operation.backward(step, done, dy, { ...how, wanted: xs.map(() => true) });
    // Nothing is made for an input whose gradient nobody wants, and the others stay where they are.
    const last = operation.backward(step, done, dy, {
      ...how,
      wanted: xs.map((_, i) => i === xs.length - 1),
    });
    expect(last.map((d) => d !== null)).toEqual(xs.map((_, i) => i === xs.length - 1));
    return {
      y: done.y,
      dx: [...dx.slice(0, -1), last.at(-1)!] as tf.Tensor[],
      gradients: {},
      kept: [dx.at(-1)!],
    };
  };

const OPERATIONS: Readonly<Record<string, Operation>> = {
  add: entry('add'),
  concat: entry('concat'),
  sigmoid: activation(sigmoid),
  tanh: activation(tanh),
  silu: activation(silu),
  gelu: activation(gelu),
  'average-pool': ([x], dy, _p, { attributes }) => {
    const geometry = attributes as { kernel: number; stride: number };
    return {
      y: averagePool(x!, geometry),
      dx: [averagePoolGradient(dy, x!.shape, geometry)],
      gradients: {},
    };
  },
  'global-average-pool': ([x], dy) => ({
    y: globalAveragePool(x!),
    dx: [globalAveragePoolGradient(dy, x!.shape)],
    gradients: {},
  }),
  'max-pool': ([x], dy, _p, { attributes }) => {
    const { y, kept, gradient } = paddedMaxPool(
      x!,
      attributes as { kernel: number; stride: number; padding: number },
    );
    return { y, dx: [gradient(dy)], gradients: {}, kept };
  },
  'layer-norm': ([x], dy, { weight, bias }) => {
    const { y, ...kept } = layerNorm(x!, weight!, bias!);
    const { dx, dScale, dOffset } = layerNormGradients(dy, kept, weight!);
    return { y, dx: [dx], gradients: { weight: dScale, bias: dOffset }, kept: Object.values(kept) };
  },
  frames: ([x], dy) => ({ y: frames(x!), dx: [framesGradient(dy, x!.shape)], gradients: {} }),
  deltas: ([x], dy) => ({ y: deltas(x!), dx: [deltasGradient(dy)], gradients: {} }),
  lstm: recurrent(LSTM),
  gru: recurrent(GRU),
  'attention-pool': ([x], dy, { weight }) => {
    const { y, shares } = attentionPool(x!, weight!);
    const { dx, dWeight } = attentionPoolGradients(dy, x!, weight!, shares);
    return { y, dx: [dx], gradients: { weight: dWeight }, kept: [shares] };
  },
};

/** Guards every number of the fixture. Leaves no tensor behind. */
export async function compareOperation(name: string, backend: BackendId): Promise<void> {
  const { index, f64 } = await fixture<Index>('operations');
  const about = index.cases.find((one) => one.name === name)!;
  const before = tf.memory().numTensors;
  const drawn = (what: string, shape: readonly number[], factor = 1): tf.Tensor => {
    const stream = new RandomStream(index.seed, 'operations', name, what);
    const values = Float32Array.from(
      { length: shape.reduce((a, b) => a * b, 1) },
      () => Math.fround((stream.uniform() - 0.5) * 2) * factor,
    );
    return tf.tensor(values, [...shape]);
  };
  const transposed = (t: tf.Tensor): tf.Tensor => {
    if (t.rank !== 2) return t;
    const turned = tf.transpose(t);
    t.dispose();
    return turned;
  };
  const inputs = about.inputs.map((shape, i) => drawn(`x${i}`, shape, 3));
  const dy = drawn('dy', about.shape);
  const parameters = Object.fromEntries(
    about.parameters.map(({ name: key, shape }) => [key, transposed(drawn(key, shape))]),
  );
  const { y, dx, gradients, kept = [] } = OPERATIONS[about.operation]!(inputs, dy, parameters, about);
  const check = async (actual: tf.Tensor, key: string): Promise<void> =>
    guard({
      chapter: 'model',
      quantity: `value and gradients of ${about.operation}, ${backend}`,
      reference: 'torch',
      unit: 'relative',
      tolerance: 1e-5,
      worst: relativeError(await actual.data(), f64(`${name}/${key}`)),
      note: ownDistance(about.float32),
    });
  expect(y.shape).toEqual(about.shape);
  await check(y, 'y');
  for (const [i, d] of dx.entries()) {
    expect(d.shape).toEqual(about.inputs[i]);
    await check(d, `dx${i}`);
  }
  expect(Object.keys(gradients).sort()).toEqual(about.parameters.map((p) => p.name).sort());
  const turned: tf.Tensor[] = [];
  for (const [key, gradient] of Object.entries(gradients)) {
    const torch = gradient.rank === 2 ? tf.transpose(gradient) : gradient.clone();
    turned.push(torch);
    expect(torch.shape).toEqual(about.parameters.find((p) => p.name === key)!.shape);
    await check(torch, `gradient/${key}`);
  }
  tf.dispose([...inputs, dy, ...Object.values(parameters), y, ...dx, ...Object.values(gradients), ...turned]);
  for (const t of kept) if (!t.isDisposed) t.dispose();
  expect(tf.memory().numTensors).toBe(before);
}

/** Names in the fixture. */
export const OPERATION_CASES = [
  'sigmoid',
  'tanh',
  'SiLU',
  'GELU',
  'add',
  'add of three',
  'concatenation',
  'concatenation of sequences',
  'average pooling',
  'average pooling, overlapping',
  'global average pooling',
  'max pooling, padded',
  'layer norm',
  'frames',
  'deltas',
  'LSTM',
  'LSTM, both ways',
  'GRU',
  'GRU, both ways',
  'attention pooling',
] as const;
