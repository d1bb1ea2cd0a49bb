/**
 * Graphs whose branches part and meet again: logits and every gradient beside TensorFlow.js' tape over stock
 * operations, passes that follow each other, each task's own gradients, and memory.
 */
import { describe, expect, it } from 'vitest';
import { GraphBuilder, type Ref } from '../../src/core/model/builder';
import { add } from '../../src/core/model/ops/add';
import { batchNorm } from '../../src/core/model/ops/batch-norm';
import { conv } from '../../src/core/model/ops/conv';
import { maxPool } from '../../src/core/model/ops/max-pool';
import { relu } from '../../src/core/model/ops/relu';
import { planModel, type ModelPlan } from '../../src/core/model/plan';
import { memoryPlan } from '../../src/core/training/memory/memory-plan';
import { memoryLimits } from '../../src/engine/platform/memory-limits';
import { Network } from '../../src/engine/network/network';
import { Gradients, LooseGradients } from '../../src/engine/ops/gradients';
import * as tf from '../../src/engine/tf';
import { BACKENDS, expectClose, noise, on, scoped } from './support';
import { trainee, watchHeap } from './trainee';

const SIZE = 12;
const COUNT = 3;
const HEADS = [
  { task: 'x', classes: 3 },
  { task: 'y', classes: 2 },
];

/** Three readers of one value, one of them twice; branches of different length; a normalisation in front of a sum. */
function diamond(channels: number, size: number): ModelPlan {
  const g = new GraphBuilder('vgg11-single', size);
  const relued = (x: Ref): Ref => g.apply(relu, [x], {});
  const normed = (x: Ref, name: string): Ref => g.apply(batchNorm, [x], {}, name);
  const square = (x: Ref, name: string, kernel: number, bias: boolean): Ref =>
    g.apply(conv, [x], { channels, kernel, padding: (kernel - 1) / 2, bias }, name);
  const stem = relued(normed(square(g.input, 'conv1', 3, false), 'bn1'));
  const long = normed(square(relued(square(stem, 'a', 3, true)), 'b', 3, false), 'bn2');
  const short = square(stem, 'short', 1, false);
  const met = relued(g.apply(add, [long, short, stem], {}));
  const pooled = g.apply(maxPool, [relued(g.apply(add, [met, met], {}))], { kernel: 3, stride: 3 });
  const shared = g.flatten(pooled);
  return planModel(
    g.done(
      shared,
      HEADS.map((head) => ({
        ...head,
        output: g.sequential(`heads.${head.task}`, shared).linear(5).relu().linear(head.classes).output,
      })),
    ),
  );
}

const PLAN = diamond(4, SIZE);
const IMAGES = Uint8Array.from(noise(COUNT * SIZE ** 2, 'images'), (v) =>
  Math.min(255, Math.max(0, 128 + 60 * v)),
);
const D_LOGITS = HEADS.map(({ classes, task }) => noise(COUNT * classes, task, 1 / COUNT));

function filled(): Network {
  const network = Network.create(PLAN, 3);
  for (const { spec, value } of network.parameters) {
    const fanIn = spec.shape.slice(0, -1).reduce((a, b) => a * b, 1);
    const centre = spec.role === 'scale' || spec.role === 'runningVariance' ? 1 : 0;
    const scale = spec.role === 'weight' ? Math.sqrt(2 / fanIn) : 0.2;
    network.write(
      spec.name,
      noise(value.size, spec.name, scale).map((v) => centre + v),
    );
  }
  return network;
}

/** As a formula, out of stock operations that the tape differentiates. */
function formula(x: tf.Tensor, p: (name: string) => tf.Tensor): tf.Tensor[] {
  const convolved = (y: tf.Tensor, name: string): tf.Tensor =>
    tf.conv2d(y as tf.Tensor4D, p(`${name}.weight`) as tf.Tensor4D, 1, 'same');
  const normed = (y: tf.Tensor, name: string): tf.Tensor => {
    const mean = tf.mean(y, [0, 1, 2]);
    const variance = tf.mean(tf.square(tf.sub(y, mean)), [0, 1, 2]);
    return tf.add(
      tf.mul(tf.div(tf.sub(y, mean), tf.sqrt(tf.add(variance, 1e-5))), p(`${name}.weight`)),
      p(`${name}.bias`),
    );
  };
  const stem = tf.relu(normed(convolved(x, 'conv1'), 'bn1'));
  const a = tf.relu(tf.add(convolved(stem, 'a'), p('a.bias')));
  const long = normed(convolved(a, 'b'), 'bn2');
  const met = tf.relu(tf.add(tf.add(long, convolved(stem, 'short')), stem));
  const doubled: tf.Tensor4D = tf.mul(met, 2);
  const pooled = tf.maxPool(tf.relu(doubled), 3, 3, 'valid');
  const shared = tf.reshape(pooled, [x.shape[0], -1]);
  return HEADS.map(({ task }) => {
    const linear = (y: tf.Tensor, i: number): tf.Tensor =>
      tf.add(tf.matMul(y, p(`heads.${task}.${i}.weight`)), p(`heads.${task}.${i}.bias`));
    return linear(tf.relu(linear(shared, 0)), 2);
  });
}

/** Logits, and each task's gradients, by the tape on the cpu backend. */
const reference = () =>
  on('cpu', () =>
    scoped(() => {
      const network = filled();
      const x = tf.tensor4d(
        Float32Array.from(IMAGES, (v) => (v / 255 - 0.5) / 0.225),
        [COUNT, SIZE, SIZE, 1],
      );
      const trainable = network.parameters.filter(({ spec }) => spec.trainable);
      const byName = new Map(network.parameters.map((one) => [one.spec.name, one.value]));
      const logits = formula(x, (name) => byName.get(name)!).map((y) => y.dataSync() as Float32Array);
      const gradients = HEADS.map(({ classes }, task) => {
        const other = `heads.${HEADS[1 - task]!.task}.`;
        const own = trainable.filter(({ spec }) => !spec.name.startsWith(other));
        const values = tf.grads((...given: tf.Tensor[]) => {
          const live = new Map(own.map(({ spec }, i) => [spec.name, given[i]!]));
          const y = formula(x, (name) => live.get(name) ?? byName.get(name)!)[task]!;
          return tf.sum(tf.mul(y, tf.tensor2d(D_LOGITS[task]!, [COUNT, classes])));
        })(own.map(({ value }) => value));
        return new Map(
          trainable.map(({ spec, value }) => {
            const i = own.findIndex((one) => one.spec === spec);
            const found = i < 0 ? new Float32Array(value.size) : values[i]!.dataSync();
            return [spec.name, Float32Array.from(found)] as const;
          }),
        );
      });
      return { logits, gradients };
    }),
  );

const forward = (network: Network) =>
  network.forward(IMAGES, COUNT, {
    training: true,
    momentum: 0,
    dropout: (_layer, length) => new Uint8Array(length).fill(1),
  });

describe.each(BACKENDS)('branches that part and meet, on %s', (backend) => {
  it('have the tape’s logits and gradients, and leave nothing behind', async () => {
    const expected = await reference();
    await on(backend, async () => {
      const before = tf.memory().numTensors;
      const network = filled();
      const pass = forward(network);
      (await pass.logits()).forEach((y, i) => expectClose(y, expected.logits[i]!, 1e-4, 'logits'));
      const gradients = network.backward(pass, D_LOGITS);
      for (const { spec } of network.parameters.filter(({ spec: { trainable } }) => trainable)) {
        const [own, other] = expected.gradients.map((one) => one.get(spec.name)!);
        const sum = own!.map((v, i) => v + other![i]!);
        expectClose(gradients.get(spec.name)!.dataSync(), sum, 1e-3, spec.name);
      }
      gradients.dispose();
      network.dispose();
      expect(tf.memory().numTensors).toBe(before);
    });
  });

  it('have each task’s own gradient, one pass after the other, and that of the last layer', async () => {
    const expected = await reference();
    await on(backend, async () => {
      const before = tf.memory().numTensors;
      const network = filled();
      const pass = forward(network);
      const heads = new LooseGradients();
      const atLogits = network.logitTensors(D_LOGITS);
      const atShared = pass.heads.map((head, i) => head.backward(atLogits[i]!, true, heads, true)!);
      for (const [task, dy] of atShared.entries()) {
        const last = new Gradients();
        pass.trunk.lastLayer(dy.clone(), last);
        const own = new Gradients();
        pass.trunk.backward(dy, false, own, task === 0);
        for (const [name, gradient] of own)
          expectClose(gradient.dataSync(), expected.gradients[task]!.get(name)!, 1e-3, name);
        expect([...last.keys()]).toEqual(['short.weight']);
        expect(last.get('short.weight')!.dataSync()).toEqual(own.get('short.weight')!.dataSync());
        own.dispose();
        last.dispose();
      }
      heads.dispose();
      pass.dispose();
      network.dispose();
      expect(tf.memory().numTensors).toBe(before);
    });
  });
});

it('take the memory that the plan says', async () => {
  await on('wasm', async () => {
    const plan = diamond(32, 48);
    const heap = watchHeap();
    try {
      const { step, dispose } = trainee(plan, 8);
      await step(1);
      await step(2);
      dispose();
      const { peak } = memoryPlan(plan, { batchSize: 8, microBatch: 8 }, memoryLimits('wasm'));

      expect(heap.counts.live).toBe(0);
      expect(Math.abs(peak - heap.counts.peak) / heap.counts.peak).toBeLessThan(0.06);
    } finally {
      heap.stop();
    }
  });
});
