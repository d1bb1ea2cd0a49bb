/**
 * The small kernels against their host counterparts: ReLU, dropout, images, cross-entropy, the optimisers' rules, Gram matrix,
 * flat memory.
 */
import { BackendError } from '../../../src/core/errors/errors';
import { beforeAll, describe, expect, it } from 'vitest';
import { updateOnHost } from '../../../src/core/optim/host';
import { RULES } from '../../../src/core/optim/registry';
import { crossEntropy } from '../../../src/core/tasks/losses/cross-entropy';
import { NORMALISE } from '../../../src/core/spectrogram/image';
import { RandomStream } from '../../../src/core/random/streams';
import { updateKernel } from '../../../src/engine/kernels/webgpu/update';
import { FlatArray, FlatLayout } from '../../../src/engine/kernels/webgpu/flat-memory';
import type { Gpu } from '../../../src/engine/kernels/webgpu/gpu';
import { gramMatrix } from '../../../src/engine/kernels/webgpu/gram-matrix';
import {
  addInPlace,
  crossEntropies,
  dropoutOf,
  gramOf,
  imagesOf,
  reluGradientOf,
  reluOf,
  scaleInPlace,
} from '../../../src/engine/kernels/webgpu/ops';
import { dropoutMask } from '../../../src/engine/step/dropout-masks';
import * as tf from '../../../src/engine/tf';
import { checked, noise, take, webgpu, worst } from './support';

let device: Gpu;
beforeAll(async () => {
  device = await webgpu();
});

describe.each([64, 37])('%i numbers', (length) => {
  it('ReLU and its gradient', async () => {
    const [x, dy] = [noise(length, 'x'), noise(length, 'dy')];
    await checked(device, async () => {
      const given = { x: tf.tensor1d(x), dy: tf.tensor1d(dy) };
      const y = reluOf(given.x);
      const shared = given.dy.clone(); // held twice: the gradient must not go into dy's memory
      const dx = reluGradientOf(given.dy, y);
      expect([...(await take(dx))]).toEqual([...dy].map((v, i) => (x[i]! > 0 ? v : 0)));
      expect([...(await take(shared))]).toEqual([...dy]);
      expect([...(await take(y))]).toEqual([...x].map((v) => Math.max(0, v)));
      tf.dispose([given.x, given.dy]);
    });
  });

  it('scale and add, in place', async () => {
    const [x, more] = [noise(length, 'x'), noise(length, 'more')];
    await checked(device, async () => {
      const given = { x: tf.tensor1d(x), more: tf.tensor1d(more) };
      scaleInPlace(given.x, -0.75);
      addInPlace(given.x, given.more);
      expect(
        worst(
          await take(given.x),
          [...x].map((v, i) => -0.75 * v + more[i]!),
        ),
      ).toBeLessThan(1e-6);
      given.more.dispose();
    });
  });

  it('images', async () => {
    const pixels = Uint8Array.from({ length }, (_, i) => (i * 53) % 256);
    await checked(device, async () => {
      expect([...(await take(imagesOf(pixels, [1, 1, length, 1])))]).toEqual(
        [...pixels].map((v) => NORMALISE[v]!),
      );
    });
  });

  it.each(RULES.map((rule) => [rule.id, rule] as const))('%s, five updates in place', async (_id, rule) => {
    const constants = Object.fromEntries(rule.constants.map((key, i) => [key, 0.2 + 0.1 * i]));
    const [w, slots] = [noise(length, 'w'), rule.slots.map(() => new Float32Array(length))];
    await checked(device, async () => {
      const t = { w: tf.tensor1d(w), slots: slots.map((slot) => tf.tensor1d(slot)) };
      for (let step = 1; step <= 5; step++) {
        const g = noise(length, `g${step}`);
        const gradient = tf.tensor1d(g);
        updateKernel(rule).run(device, { count: length }, { ...t, g: gradient, constants });
        gradient.dispose();
        updateOnHost(rule, w, g, slots, constants);
      }
      expect(worst(await take(t.w), w)).toBeLessThan(1e-6);
      for (const [i, slot] of slots.entries())
        expect(worst(await take(t.slots[i]!), slot)).toBeLessThan(1e-6);
    });
  });
});

describe('dropout', () => {
  it.each([
    [0.5, 0, 1003],
    [0.75, 0, 64],
    [0.5, 1234, 517],
    [0.3, 2, 5],
    [0.1, 3, 40],
  ])('rate %d from draw %i, %i numbers: the host’s very mask', async (rate, start, length) => {
    const { key } = new RandomStream(2 ** 40 + 17, 'dropout', 'shared.1', 3);
    const mask = dropoutMask(2 ** 40 + 17, 'shared.1', 3, start + length, rate).subarray(start);
    expect(mask).toContain(0);
    const x = noise(length, 'x');
    await checked(device, async () => {
      const given = tf.tensor1d(x);
      const y = await take(dropoutOf(given, rate, { key, start }));
      expect(Array.from(y, (v) => (v === 0 ? 0 : 1))).toEqual([...mask]);
      expect(
        worst(
          y,
          x.map((v, i) => (v * mask[i]!) / (1 - rate)),
        ),
      ).toBeLessThan(1e-6);
      given.dispose();
    });
  });
});

it('cross-entropy of several heads as shares of a larger batch', async () => {
  const [count, batch] = [37, 64];
  const heads = [4, 10, 2].map((classes) => ({
    classes,
    logits: noise(count * classes, `logits ${classes}`).map((v) => 4 * v),
    labels: Uint16Array.from({ length: count }, (_, i) => (i * 7) % classes),
  }));
  await checked(device, async () => {
    const tensors = heads.map(({ logits, classes }) => tf.tensor(logits, [count, classes]));
    const { gradients, report } = crossEntropies(
      tensors,
      heads.map(({ labels }) => labels),
      batch,
    );
    const told = await take(report);
    for (const [i, { logits, labels, classes }] of heads.entries()) {
      const expected = crossEntropy(logits, labels, classes, batch);
      expect(Math.abs(told[i]! / expected.loss - 1)).toBeLessThan(1e-6);
      expect([...told.subarray(3 + i * count, 3 + (i + 1) * count)]).toEqual([...expected.predictions]);
      expect(worst(await take(gradients[i]!), expected.gradient)).toBeLessThan(1e-6);
    }
    tf.dispose(tensors);
  });
});

it.each(['serial', 'workgroup', 'subgroups'])('Gram matrix of three gradients, %s', async (variant) => {
  const count = 4096 * 2 + 777;
  const rows = [0, 1, 2].map((i) => noise(count, `row ${i}`));
  await checked(device, async () => {
    const stack = tf.tensor(Float32Array.from(rows.flatMap((row) => [...row])), [3, count]);
    const gram = await take(gramMatrix.with(variant, () => gramOf(stack)));
    expect(
      worst(
        gram,
        rows.flatMap((a) => rows.map((b) => a.reduce((sum, v, i) => sum + v * b[i]!, 0))),
      ),
    ).toBeLessThan(1e-5);
    stack.dispose();
  });
});

describe('flat memory', () => {
  it('gives every array a place where a binding may start, in as many buffers as it takes', () => {
    const layout = new FlatLayout([[3], [64], [10, 10], [5]], 1024);
    expect(layout.places.map(({ buffer, offset }) => [buffer, offset])).toEqual([
      [0, 0],
      [0, 256],
      [0, 512],
      [1, 0],
    ]);
    expect(layout.bytes).toEqual([1024, 256]);
    expect(() => new FlatLayout([[257]], 1024)).toThrow(BackendError);
  });

  it('is zero at first, is written and read by parts, and can be given to stock ops', async () => {
    await checked(device, async () => {
      const array = new FlatArray(new FlatLayout([[3], [2, 2]], 1024), device);
      const [a, b] = array.views;
      expect([...((await a!.data()) as Float32Array)]).toEqual([0, 0, 0]);
      device.fill(b!, Float32Array.of(1, 2, 3, 4));
      const doubled = tf.mul(b!, 2);
      device.assign(b!, doubled);
      doubled.dispose();
      expect([...((await b!.data()) as Float32Array)]).toEqual([2, 4, 6, 8]);
      expect([...((await a!.data()) as Float32Array)]).toEqual([0, 0, 0]);
      array.dispose();
    });
  });
});
