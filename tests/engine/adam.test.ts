import { describe, expect, it } from 'vitest';
import { Adam } from '../../src/engine/adam';
import { Gradients } from '../../src/engine/blocks/block';
import { adam } from '../../src/engine/kernels/adam';
import { Network } from '../../src/engine/network';
import { CHECK_SPEC } from '../../src/engine/self-check';
import * as tf from '../../src/engine/tf';
import { BACKENDS, expectClose, noise, on, randomTensor } from './support';

const OPTIONS = { learningRate: 0.01, beta1: 0.9, beta2: 0.999, epsilon: 1e-8 };

describe.each(BACKENDS)('Adam on %s', (backend) => {
  it('follows the textbook for five updates, epsilon outside the corrected root', async () => {
    await on(backend, () => {
      const options = { ...OPTIONS, epsilon: 1e-2 }; // large, so that its place shows
      let [w, m, v] = [noise(20, 'w'), new Float32Array(20), new Float32Array(20)].map((a) =>
        Array.from(a),
      ) as [number[], number[], number[]];
      let tensors = { w: tf.tensor(w), m: tf.zeros([20]), v: tf.zeros([20]) };
      for (let iteration = 1; iteration <= 5; iteration++) {
        const g = noise(20, `g${iteration}`, 0.1);
        m = m.map((a, i) => 0.9 * a + 0.1 * g[i]!);
        v = v.map((a, i) => 0.999 * a + 0.001 * g[i]! ** 2);
        w = w.map(
          (a, i) =>
            a -
            (0.01 * (m[i]! / (1 - 0.9 ** iteration))) / (Math.sqrt(v[i]! / (1 - 0.999 ** iteration)) + 1e-2),
        );
        const gradient = tf.tensor(g);
        const next = adam(tensors.w, gradient, tensors.m, tensors.v, { ...options, iteration });
        gradient.dispose();
        tensors = next;
      }
      expectClose(tensors.w.dataSync(), w, 1e-6, 'w');
      expectClose(tensors.m.dataSync(), m, 1e-6, 'm');
      expectClose(tensors.v.dataSync(), v, 1e-6, 'v');
      tf.dispose([tensors.w, tensors.m, tensors.v]);
    });
  });

  it('moves nothing where the gradient is zero', async () => {
    await on(backend, () =>
      tf.tidy(() => {
        const w = randomTensor([4], 'w');
        const before = w.dataSync().slice();
        const next = adam(w, tf.zeros([4]), tf.zeros([4]), tf.zeros([4]), { ...OPTIONS, iteration: 1 });
        expect(next.w.dataSync()).toEqual(before);
      }),
    );
  });
});

describe('the optimiser', () => {
  it('wants every gradient, and knows its arrays by name', async () => {
    await on('wasm', async () => {
      const network = Network.create(CHECK_SPEC, 1);
      const optimiser = new Adam(OPTIONS, network);
      expect(() => optimiser.step(new Gradients())).toThrow('a.weight');
      expect(optimiser.iterations).toBe(0);
      const names: string[] = [];
      for await (const { name, data } of optimiser.read()) {
        names.push(name);
        expect(data.every((v) => v === 0)).toBe(true);
      }
      expect(names).toHaveLength(optimiser.size);
      expect(names.slice(0, 2)).toEqual(['m/a.weight', 'v/a.weight']);
      expect(optimiser.write('m/a.bias', Float32Array.of(1, 2, 3, 4))).toBe(true);
      for (const wrong of ['m/nothing', 'x/a.bias', 'n.running_mean', 'm/n.running_mean'])
        expect(optimiser.write(wrong, new Float32Array(4))).toBe(false);
      expect(optimiser.write('m/a.bias', new Float32Array(3))).toBe(false);
      for await (const { name, data } of optimiser.read())
        if (name === 'm/a.bias') expect(Array.from(data)).toEqual([1, 2, 3, 4]);
      optimiser.dispose();
      network.dispose();
    });
  });
});
