/**
 * What a training step on a real device (in software) keeps and reads back, with the browser's own calls
 * counted. On wasm and cpu: memory.test.ts.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Gpu } from '../../../src/engine/kernels/webgpu/gpu';
import { CHECK_SPEC } from '../../../src/engine/platform/self-check';
import * as tf from '../../../src/engine/tf';
import { withHeads } from '../../support/sequential';
import { trainee } from '../trainee';
import { checked, webgpu } from './support';

const told = { maps: [] as number[], live: 0, readSync: 0 };
const stock = {
  map: GPUBuffer.prototype.mapAsync,
  create: GPUDevice.prototype.createBuffer,
  destroy: GPUBuffer.prototype.destroy,
};
let device: Gpu;

beforeAll(async () => {
  GPUBuffer.prototype.mapAsync = function mapAsync(this: GPUBuffer, ...range) {
    if (this.usage & GPUBufferUsage.MAP_READ) told.maps.push(this.size);
    return stock.map.apply(this, range);
  };
  const gone = new WeakSet<GPUBuffer>();
  GPUDevice.prototype.createBuffer = function createBuffer(this: GPUDevice, descriptor) {
    told.live += descriptor.size;
    return stock.create.call(this, descriptor);
  };
  GPUBuffer.prototype.destroy = function destroy(this: GPUBuffer) {
    if (!gone.has(this)) told.live -= this.size;
    gone.add(this);
    return stock.destroy.call(this);
  };
  device = await webgpu();
  const backend = device.backend as unknown as { readSync: (dataId: object) => unknown };
  const readSync = backend.readSync.bind(backend);
  backend.readSync = (dataId) => {
    told.readSync++;
    return readSync(dataId);
  };
});

afterAll(() => {
  GPUBuffer.prototype.mapAsync = stock.map;
  GPUDevice.prototype.createBuffer = stock.create;
  GPUBuffer.prototype.destroy = stock.destroy;
});

describe('from the third step on', () => {
  it.each([
    ['whole', 4, 500],
    ['in parts', 2, 50],
  ] as const)(
    'tensors, their bytes and the device’s buffers stay as they are (%s)',
    async (_name, microBatch, steps) => {
      await checked(device, async () => {
        const { step, evaluate, dispose } = trainee(CHECK_SPEC, 4);
        const seen = new Set<string>();
        let buffers = 0;
        for (let index = 1; index <= steps; index++) {
          await step(index, microBatch);
          if (index % 10 === 0) await evaluate();
          const { numTensors, numBytes } = tf.memory();
          if (index >= 3) seen.add(`${numTensors} tensors, ${numBytes} bytes`);
          // Looking for zeros and validating keep buffers of their own, once.
          if (index === 24) buffers = told.live;
          if (index > 24) expect(told.live).toBeLessThanOrEqual(buffers);
        }
        expect([...seen]).toHaveLength(1);
        dispose();
      });
    },
  );

  it('a step reads losses and predictions, a number now and then, and waits for nothing in between', async () => {
    await checked(device, async () => {
      const count = 4;
      const heads = ['a', 'b', 'c'].map((task) => ({ task, classes: 3 }));
      const { step, watch, network, dispose } = trainee(withHeads(CHECK_SPEC, heads), count);
      const perStep: number[][] = [];
      for (let index = 1; index <= 24; index++) {
        told.maps = [];
        await step(index);
        perStep.push(told.maps);
      }
      const report = 4 * heads.length * (1 + count);
      // The first three steps and every twentieth are looked at for zeros: one number more.
      expect(perStep).toEqual(perStep.map((_, i) => (i < 3 || i === 20 ? [report, 4] : [report])));
      expect(told.readSync).toBe(0);
      // Before a checkpoint the last step is looked at, too, if nobody has.
      told.maps = [];
      await watch.settle(network.parameters, 24);
      await watch.settle(network.parameters, 24);
      expect(told.maps).toEqual([4]);
      dispose();
    });
  });
});
