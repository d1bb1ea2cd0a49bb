import { describe, expect, it } from 'vitest';
import { buildModel, isSingleTask, minimumInputSize } from '../../src/core/model/architectures';
import type { ArchitectureId } from '../../src/core/model/architectures';
import type { ModelPlan, PlannedNode, Section } from '../../src/core/model/plan';
import { Optimizer } from '../../src/engine/optimizers/optimizer';
import { Network } from '../../src/engine/network/network';
import * as tf from '../../src/engine/tf';
import { BACKENDS, expectClose, noise, on, scoped } from './support';
import { adamWith } from '../support/adam';

const ARCHITECTURES = ['vgg11-bn-multitask', 'vgg11-single', 'alexnet-single', 'alexnet-multitask'] as const;
const HEADS = [
  { task: 'emotion', classes: 4 },
  { task: 'speaker', classes: 10 },
  { task: 'gender', classes: 2 },
];
const COUNT = 3;

function small(architecture: ArchitectureId): ModelPlan {
  const inputSize = architecture.startsWith('vgg') ? 32 : minimumInputSize(architecture) + 2;
  return buildModel({
    architecture,
    width: 1 / 16,
    inputSize,
    heads: isSingleTask(architecture) ? HEADS.slice(0, 1) : HEADS,
  });
}

const images = (spec: ModelPlan): Uint8Array =>
  Uint8Array.from(noise(COUNT * spec.inputSize ** 2, 'images'), (v) =>
    Math.min(255, Math.max(0, 128 + 60 * v)),
  );
const dLogits = (spec: ModelPlan): Float32Array[] =>
  spec.heads.map((h) => noise(COUNT * h.classes, h.task, 1 / COUNT));
const mask = (_layer: string, length: number): Uint8Array =>
  Uint8Array.from({ length }, (_, i) => (i % 3 === 0 ? 0 : 1));

/** Larger than the real initial values, so that every gradient is well above rounding. */
function fill(network: Network): void {
  for (const { spec, value } of network.parameters) {
    const fanIn = spec.shape.slice(0, -1).reduce((a, b) => a * b, 1);
    const positive = spec.role === 'scale' || spec.role === 'runningVariance';
    const base = noise(value.size, spec.name, spec.role === 'weight' ? Math.sqrt(2 / fanIn) : 0.2);
    expect(network.write(spec.name, positive ? base.map((v) => 1 + v) : base)).toBe(true);
  }
}

/**
 * The same model out of differentiable stock ops. Reads parameters through `p`, so that the tape can see
 * them.
 */
function composed(
  spec: ModelPlan,
  training: boolean,
  x: tf.Tensor,
  p: (name: string) => tf.Tensor,
): tf.Tensor[] {
  const value = ({ op, name, attributes }: PlannedNode, y: tf.Tensor): tf.Tensor => {
    const number = (key: string): number => attributes[key] as number;
    switch (op) {
      case 'conv':
        return tf.add(
          tf.conv2d(
            y as tf.Tensor4D,
            p(`${name}.weight`) as tf.Tensor4D,
            number('stride'),
            number('padding'),
          ),
          p(`${name}.bias`),
        );
      case 'linear':
        return tf.add(tf.matMul(y, p(`${name}.weight`)), p(`${name}.bias`));
      case 'max-pool':
        return tf.maxPool(y as tf.Tensor4D, number('kernel'), number('stride'), 'valid');
      case 'flatten':
        return tf.reshape(y, [y.shape[0], -1]);
      case 'relu':
        return tf.relu(y);
      case 'dropout':
        return training
          ? tf.mul(
              y,
              tf.tensor(
                Float32Array.from(mask('', y.size), (v) => v / (1 - number('rate'))),
                y.shape,
              ),
            )
          : y;
      case 'batch-norm': {
        const mean = training ? tf.mean(y, [0, 1, 2]) : p(`${name}.running_mean`);
        const variance = training ? tf.mean(tf.square(tf.sub(y, mean)), [0, 1, 2]) : p(`${name}.running_var`);
        return tf.add(
          tf.mul(tf.div(tf.sub(y, mean), tf.sqrt(tf.add(variance, 1e-5))), p(`${name}.weight`)),
          p(`${name}.bias`),
        );
      }
      default:
        throw new Error(`No reference for ${op}.`);
    }
  };
  const run = ({ nodes }: Section, input: tf.Tensor): tf.Tensor =>
    nodes.reduce((y, node) => value(node, y), input);
  const shared = run(spec.trunk, x);
  return spec.heads.map((head) => run(head, shared));
}

interface Reference {
  readonly training: Float32Array[];
  readonly inference: Float32Array[];
  readonly gradients: ReadonlyMap<string, Float32Array>;
}

const references = new Map<ArchitectureId, Promise<Reference>>();
/** Logits and gradients by TensorFlow.js' tape on its cpu backend, once per architecture. */
function reference(architecture: ArchitectureId): Promise<Reference> {
  const known = references.get(architecture);
  if (known) return known;
  const made = on('cpu', () =>
    scoped((): Reference => {
      const spec = small(architecture);
      const network = Network.create(spec, 3);
      fill(network);
      const x = tf.tensor4d(
        Float32Array.from(images(spec), (v) => (v / 255 - 0.5) / 0.225),
        [COUNT, spec.inputSize, spec.inputSize, 1],
      );
      const byName = new Map(network.parameters.map((q) => [q.spec.name, q.value]));
      const fixed = (name: string): tf.Tensor => byName.get(name)!;
      const training = composed(spec, true, x, fixed).map((y) => y.dataSync() as Float32Array);
      const inference = composed(spec, false, x, fixed).map((y) => y.dataSync() as Float32Array);
      const trainable = network.parameters.filter((q) => q.spec.trainable);
      const gradients = tf.grads((...values: tf.Tensor[]) => {
        const live = new Map(trainable.map((q, i) => [q.spec.name, values[i]!]));
        const outputs = composed(spec, true, x, (name) => live.get(name) ?? fixed(name));
        return tf.addN(outputs.map((y, i) => tf.sum(tf.mul(y, tf.tensor(dLogits(spec)[i]!, y.shape)))));
      })(trainable.map((q) => q.value));
      return {
        training,
        inference,
        gradients: new Map(trainable.map((q, i) => [q.spec.name, gradients[i]!.dataSync() as Float32Array])),
      };
    }),
  );
  references.set(architecture, made);
  return made;
}

describe.each(ARCHITECTURES)('%s', (architecture) => {
  describe.each(BACKENDS)('on %s', (backend) => {
    it('computes the logits and gradients of the same model under automatic differentiation', async () => {
      const expected = await reference(architecture);
      await on(backend, async () => {
        const before = tf.memory().numTensors;
        const spec = small(architecture);
        const network = Network.create(spec, 3);
        fill(network);
        const still = network.forward(images(spec), COUNT, { training: false });
        (await still.logits()).forEach((l, i) => expectClose(l, expected.inference[i]!, 1e-4, 'inference'));
        still.dispose();
        const pass = network.forward(images(spec), COUNT, { training: true, dropout: mask });
        (await pass.logits()).forEach((l, i) => expectClose(l, expected.training[i]!, 1e-4, 'training'));
        const gradients = network.backward(pass, dLogits(spec));
        expect([...gradients.keys()].sort()).toEqual([...expected.gradients.keys()].sort());
        // A bias in front of batch norm has no gradient; what the tape returns for it is rounding noise.
        const largest = Math.max(
          ...[...expected.gradients.values()].flatMap((g) => g.reduce((a, v) => Math.max(a, Math.abs(v)), 0)),
        );
        for (const [name, g] of expected.gradients) {
          const beforeNorm = spec.nodes.some(
            ({ op, inputs }) => op === 'batch-norm' && `${spec.nodes[inputs[0]!]!.name}.bias` === name,
          );
          if (beforeNorm) expect(Math.max(...g.map(Math.abs))).toBeLessThan(1e-5 * largest);
          expectClose(gradients.get(name)!.dataSync(), beforeNorm ? g.map(() => 0) : g, 1e-3, name);
        }
        gradients.dispose();
        network.dispose();
        expect(tf.memory().numTensors).toBe(before);
      });
    });
  });
});

async function train(
  steps: number,
  seed: number,
): Promise<{ weights: Map<string, Float32Array>; tensors: number[] }> {
  const spec = small('vgg11-bn-multitask');
  const network = Network.create(spec, seed);
  const optimizer = new Optimizer(adamWith(), network);
  const tensors: number[] = [];
  for (let step = 0; step < steps; step++) {
    const pass = network.forward(images(spec), COUNT, { training: true, dropout: mask });
    await pass.logits();
    optimizer.step(network.backward(pass, dLogits(spec)));
    const still = network.forward(images(spec), COUNT, { training: false });
    await still.logits();
    still.dispose();
    tensors.push(tf.memory().numTensors);
  }
  const weights = new Map<string, Float32Array>();
  for await (const { name, data } of network.read()) weights.set(name, data);
  network.dispose();
  optimizer.dispose();
  return { weights, tensors };
}

describe.each(BACKENDS)('training on %s', (backend) => {
  it('leaks no tensor', async () => {
    await on(backend, async () => {
      const before = tf.memory().numTensors;
      const { tensors } = await train(5, 1);
      expect(new Set(tensors.slice(2)).size).toBe(1);
      expect(tf.memory().numTensors).toBe(before);
    });
  });

  it('ends in the same bits when repeated, and in others with another seed', async () => {
    await on(backend, async () => {
      const [first, again, other] = [await train(3, 1), await train(3, 1), await train(3, 2)];
      expect(again.weights).toEqual(first.weights);
      expect(other.weights).not.toEqual(first.weights);
    });
  });

  it('frees a pass that is thrown away instead of going backward', async () => {
    await on(backend, () => {
      const network = Network.create(small('alexnet-multitask'), 1);
      const before = tf.memory().numTensors;
      const pass = network.forward(images(network.spec), COUNT, { training: true, dropout: mask });
      pass.dispose();
      pass.dispose();
      expect(tf.memory().numTensors).toBe(before);
      network.dispose();
    });
  });
});

describe('cpu and wasm', () => {
  it('agree over three training steps', async () => {
    const cpu = await on('cpu', () => train(3, 1));
    const wasm = await on('wasm', () => train(3, 1));
    for (const [name, values] of cpu.weights) expectClose(wasm.weights.get(name)!, values, 1e-3, name);
  });
});

describe('parameters', () => {
  it('start as torchvision starts them, each from its own stream', async () => {
    await on('cpu', () => {
      const value = (network: Network, name: string): Float32Array =>
        network.parameters.find((p) => p.spec.name === name)!.value.dataSync() as Float32Array;
      const make = (heads: typeof HEADS, seed: number): Network =>
        Network.create(
          buildModel({ architecture: 'vgg11-bn-multitask', width: 0.25, inputSize: 64, heads }),
          seed,
        );
      const [one, three, other] = [make(HEADS.slice(0, 1), 5), make(HEADS, 5), make(HEADS, 6)];
      const deviation = (v: Float32Array): number => Math.sqrt(v.reduce((s, x) => s + x * x, 0) / v.length);
      expect(deviation(value(three, 'features.25.weight'))).toBeCloseTo(Math.sqrt(2 / (9 * 128)), 3);
      expect(deviation(value(three, 'shared.0.weight'))).toBeCloseTo(0.01, 4);
      for (const name of ['features.0.bias', 'features.1.bias', 'features.1.running_mean', 'shared.0.bias'])
        expect(value(three, name).every((v) => v === 0)).toBe(true);
      for (const name of ['features.1.weight', 'features.1.running_var'])
        expect(value(three, name).every((v) => v === 1)).toBe(true);
      expect(value(one, 'shared.0.weight')).toEqual(value(three, 'shared.0.weight'));
      expect(value(other, 'shared.0.weight')).not.toEqual(value(three, 'shared.0.weight'));
      for (const network of [one, three, other]) network.dispose();
    });
  });

  it('are written by name, exactly, or not at all', async () => {
    await on('wasm', async () => {
      const network = Network.create(small('vgg11-bn-multitask'), 1);
      const odd = Float32Array.of(1e-45, -0, 3.4028235e38, 0.1);
      expect(network.write('features.0.bias', odd)).toBe(true);
      expect(network.write('features.0.bias', new Float32Array(5))).toBe(false);
      expect(network.write('features.99.bias', odd)).toBe(false);
      for await (const { name, data, shape } of network.read())
        if (name === 'features.0.bias') {
          expect(new Uint32Array(data.slice().buffer)).toEqual(new Uint32Array(odd.buffer));
          expect(shape).toEqual([4]);
        }
      expect(() => network.forward(new Uint8Array(5), 1, { training: false })).toThrow(/need|take 16|pixels/);
      network.dispose();
    });
  });
});
