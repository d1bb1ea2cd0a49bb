/** Optimisers over a network, on cpu and wasm. The same on webgpu: optimizers.browser.test.ts. */
import { describe, expect, it } from 'vitest';
import { RULES } from '../../src/core/optim/registry';
import { Gradients } from '../../src/engine/ops/gradients';
import { kernelTable } from '../../src/engine/backends/kernels/current';
import { Network } from '../../src/engine/network/network';
import { Optimizer } from '../../src/engine/optimizers/optimizer';
import { fill } from '../../src/engine/tensors/pieces';
import { CHECK_SPEC } from '../../src/engine/platform/self-check';
import * as tf from '../../src/engine/tf';
import { adamWith } from '../support/adam';
import { SMALL_RUNS } from '../support/optimisers';
import { compareOptimizer, compareSmallRun, OPTIMIZER_RUNS } from '../support/pytorch-optimisers';
import { BACKENDS, on, randomTensor } from './support';

describe.each(BACKENDS)('on %s', (backend) => {
  it.each(SMALL_RUNS)('a hundred updates of PyTorch’s: %s', async (name) => {
    await on(backend, () => compareSmallRun(name, backend, 1e-5));
  });

  it.each(OPTIMIZER_RUNS)('a hundred steps of a network under %s, a schedule and clipping', async (name) => {
    await on(backend, () => compareOptimizer(name, backend, 1e-3));
  });

  it.each(RULES.map((rule) => [rule.id, rule] as const))(
    '%s moves nothing where the gradient and the constants of decay are zero',
    async (_id, rule) => {
      await on(backend, () =>
        tf.tidy(() => {
          const w = randomTensor([6], 'w');
          const before = w.dataSync().slice();
          const constants = Object.fromEntries(rule.constants.map((key) => [key, 0.5]));
          const still = { ...constants, decay: 0, kept: 1 };
          const next = kernelTable().update(
            rule,
            w,
            tf.zeros([6]),
            rule.slots.map(() => tf.zeros([6])),
            still,
          );
          expect(next.w.dataSync()).toEqual(before);
        }),
      );
    },
  );
});

describe('the optimiser', () => {
  it('wants every gradient, and knows its arrays by name', async () => {
    await on('wasm', async () => {
      const network = Network.create(CHECK_SPEC, 1);
      const optimizer = new Optimizer(adamWith(), network);
      expect(() => optimizer.step(new Gradients())).toThrow('a.weight');
      expect(optimizer.updates).toBe(0);
      const cells = [...optimizer.cells()];
      expect(cells.slice(0, 2).map(({ name }) => name)).toEqual(['adam.m/a.weight', 'adam.v/a.weight']);
      for await (const { data } of optimizer.read()) expect(data.every((v) => v === 0)).toBe(true);
      await fill(
        cells.find(({ name }) => name === 'adam.m/a.bias')!,
        [Float32Array.of(1, 2, 3, 4)],
      );
      for await (const { name, data } of optimizer.read())
        if (name === 'adam.m/a.bias') expect(Array.from(data)).toEqual([1, 2, 3, 4]);
      optimizer.dispose();
      network.dispose();
    });
  });

  it('keeps nothing for SGD without momentum', async () => {
    await on('cpu', () => {
      const network = Network.create(CHECK_SPEC, 1);
      const choice = {
        id: 'sgd',
        learningRate: 0.1,
        weightDecay: 0,
        decayScope: 'all',
        nesterov: false,
      } as const;
      const names = (momentum: number): string[] => {
        const optimizer = new Optimizer({ ...choice, momentum }, network);
        const found = [...optimizer.cells()].map(({ name }) => name);
        optimizer.dispose();
        return found;
      };
      expect(names(0)).toEqual([]);
      expect(names(0.9)[0]).toBe('sgd.velocity/a.weight');
      network.dispose();
    });
  });
});
