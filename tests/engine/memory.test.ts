import { describe, expect, it, vi } from 'vitest';
import { buildModel } from '../../src/core/model/architectures';
import type { ArchitectureId } from '../../src/core/model/architectures';
import type { ModelPlan } from '../../src/core/model/plan';
import { memoryPlan } from '../../src/core/training/memory/memory-plan';
import { PRESETS } from '../../src/core/config/presets';
import { taskPasses } from '../../src/core/training/memory/strategy-cost';
import { strategy } from '../../src/core/weighting/registry';
import { memoryLimits } from '../../src/engine/platform/memory-limits';
import { CHECK_SPEC } from '../../src/engine/platform/self-check';
import type { Weighting } from '../../src/engine/step/step-work';
import * as tf from '../../src/engine/tf';
import { parsedOptimizer } from '../support/optimisers';
import { replanned } from '../support/sequential';
import { BACKENDS, expectClose, on } from './support';
import { trainee, watchHeap } from './trainee';

const GIB = 2 ** 30;
const HEADS = [
  { task: 'emotion', classes: 4 },
  { task: 'speaker', classes: 10 },
  { task: 'gender', classes: 2 },
];
const specOf = (architecture: ArchitectureId, width: number, inputSize: number): ModelPlan =>
  buildModel({
    architecture,
    width,
    inputSize,
    heads: architecture.endsWith('single') ? HEADS.slice(0, 1) : HEADS,
  });

/** Peak bytes of the heap over one training step, model and moments included. */
async function measuredPeak(
  spec: ModelPlan,
  count: number,
  microBatch: number,
  weighting?: Weighting,
): Promise<{ peak: number; left: number; size: number }> {
  const heap = watchHeap();
  try {
    const { step, dispose } = trainee(spec, count, 1e-3, weighting);
    await step(1, microBatch);
    await step(2, microBatch); // with what is kept from step to step
    dispose();
    return { peak: heap.counts.peak, left: heap.counts.live, size: heap.size() };
  } finally {
    heap.stop();
  }
}

describe('the memory plan', () => {
  it('counts the slots that the optimiser keeps', () => {
    const spec = specOf('vgg11-single', 0.25, 64);
    const planned = (options?: object) =>
      memoryPlan(
        spec,
        { batchSize: 4, microBatch: 4, ...(options ? { optimizer: parsedOptimizer(options) } : {}) },
        memoryLimits('wasm'),
      );
    const { gradients, peak } = planned({ id: 'adam' });
    expect(planned()).toEqual(planned({ id: 'adam' }));
    for (const [options, slots] of [
      [{ id: 'adam' }, 2],
      [{ id: 'adamw' }, 2],
      [{ id: 'sgd' }, 1],
      [{ id: 'sgd', momentum: 0 }, 0],
    ] as const)
      expect(planned(options)).toMatchObject({
        optimiser: slots * gradients,
        peak: peak - (2 - slots) * gradients,
      });
  });

  it.each([
    ['vgg11-bn-multitask', 0.25, 64, 16, 16],
    ['vgg11-bn-multitask', 0.25, 64, 16, 4],
    ['vgg11-single', 0.25, 64, 8, 8],
    ['alexnet-multitask', 0.25, 96, 16, 8],
    ['alexnet-single', 0.25, 128, 4, 4],
    ['resnet18-multitask', 0.25, 64, 8, 8],
    ['resnet50-single', 0.25, 64, 8, 4],
    ['cnn-bilstm-multitask', 0.5, 64, 8, 8],
    ['crnn-attention-multitask', 0.25, 64, 8, 8],
  ] as const)(
    'says what a step takes: %s, width %f, %i pixels, %i examples, %i at a time',
    async (architecture, width, size, count, microBatch) => {
      await on('wasm', async () => {
        const spec = specOf(architecture, width, size);
        const plan = memoryPlan(spec, { batchSize: count, microBatch }, memoryLimits('wasm'));
        const { peak, left } = await measuredPeak(spec, count, microBatch);
        expect(left).toBe(0);
        // Tables and statistics of a few hundred kilobytes are estimated.
        expect(Math.abs(plan.peak - peak)).toBeLessThan(0.02 * peak + 300_000);
        expect(plan.parts).toBe(Math.ceil(count / microBatch));
      });
    },
  );

  it.each([
    ['mgda', { gradients: 'full' }, 0, 16],
    ['mgda', { gradients: 'full' }, 0, 4],
    ['mgda', {}, 0, 16],
    ['mgda', {}, 0, 4],
    ['grad-norm', {}, 0, 16],
    ['famo', {}, 0, 16],
    ['db-mtl', { beta: 0.9 }, 0, 16],
    ['db-mtl', { beta: 0.9 }, 1, 4],
    ['unweighted-sum', {}, 1, 16],
  ] as const)(
    'counts what %s %o, measured fully every %i steps, keeps apart, %i at a time',
    async (id, options, every, microBatch) => {
      await on('wasm', async () => {
        const spec = specOf('vgg11-bn-multitask', 0.25, 64);
        const instruments = { every, gradients: 'full' as const };
        const apart = taskPasses({ strategy: { id, options }, instruments, tasks: PRESETS.compact.tasks });
        const chosen = strategy(id);
        const plan = memoryPlan(spec, { batchSize: 16, microBatch, apart }, memoryLimits('wasm'));
        const { peak, left } = await measuredPeak(spec, 16, microBatch, {
          strategy: chosen,
          options,
          state: chosen.init(3, options),
          instruments,
        });
        expect(left).toBe(0);
        expect(Math.abs(plan.peak - peak) / peak).toBeLessThan(0.06);
      });
    },
  );

  it('is right for the paper’s model, which takes a step well inside the address space', async () => {
    await on('wasm', async () => {
      const spec = specOf('vgg11-bn-multitask', 1, 224);
      const { peak, left, size } = await measuredPeak(spec, 2, 1);
      expect(left).toBe(0);
      expect(memoryPlan(spec, { batchSize: 2, microBatch: 1 }, memoryLimits('wasm')).peak / peak).toBeCloseTo(
        1,
        2,
      );
      expect(size).toBeLessThan(2 * GIB);
    });
  });

  it('chooses the largest equal parts that fit, and says when not even one example does', () => {
    const { width, inputSize, batchSize } = PRESETS.paper;
    const spec = specOf('vgg11-bn-multitask', width, inputSize);
    const plan = (bytes: number, microBatch: number | null = null, largest = 4 * GIB) =>
      memoryPlan(spec, { batchSize, microBatch }, { bytes, largest });
    const [huge, three, two, tight] = [plan(64 * GIB), plan(3 * GIB), plan(2 * GIB), plan(1.25 * GIB)];
    expect(huge).toMatchObject({ microBatch: 32, parts: 1, fits: true });
    expect([three, two, tight].map(({ fits, microBatch, parts }) => [fits, microBatch, parts])).toEqual([
      [true, 32, 1],
      [true, 16, 2],
      [true, 2, 16],
    ]);
    expect(plan(2 * GIB, 32)).toMatchObject({ microBatch: 32, fits: false });
    expect(plan(GIB)).toMatchObject({ microBatch: 1, fits: false });
    // The first layer of 32 examples is one array of 411 MB.
    expect(plan(64 * GIB, 32).largest).toBe(32 * 224 * 224 * 64 * 4);
    expect(plan(64 * GIB, null, 256 * 2 ** 20)).toMatchObject({ microBatch: 16, fits: true });
    for (const { parameters, optimiser, gradients, activations, peak } of [huge, two])
      expect(parameters + optimiser + gradients + activations).toBe(peak);
    expect(huge.gradients).toBe(4 * 63_762_576);
  });
});

/** Channels that no SIMD kernel takes: the backend's own kernels run, and keep packed weights by tensor. */
const ODD = replanned(CHECK_SPEC, ({ op, name, attributes }) => {
  if (op === 'conv') return { ...attributes, channels: name === 'a' ? 5 : 6 };
  return name === 'l' ? { features: 7 } : attributes;
});

describe('from the third step to the five hundredth', () => {
  it.each([
    ['in fours', CHECK_SPEC],
    ['odd', ODD],
  ] as const)(
    'tensors, their bytes and the heap stay as they are on wasm (channels %s)',
    async (_name, spec) => {
      await on('wasm', async () => {
        const before = tf.memory().numTensors;
        const heap = watchHeap();
        const { step, evaluate, dispose } = trainee(spec, 4);
        const seen = new Set<string>();
        for (let index = 1; index <= 500; index++) {
          await step(index, index % 3 === 0 ? 2 : 4);
          if (index % 50 === 0) await evaluate();
          const { numTensors, numBytes } = tf.memory();
          if (index >= 3)
            seen.add(`${numTensors} tensors, ${numBytes} bytes, ${heap.counts.live} of ${heap.size()}`);
        }
        expect([...seen]).toHaveLength(1);
        dispose();
        expect(heap.counts.live).toBe(0);
        expect(tf.memory().numTensors).toBe(before);
        heap.stop();
      });
    },
  );

  it('so do tensors and bytes on cpu', async () => {
    await on('cpu', async () => {
      const before = tf.memory().numTensors;
      const { step, evaluate, dispose } = trainee(CHECK_SPEC, 4);
      const seen = new Set<string>();
      for (let index = 1; index <= 500; index++) {
        await step(index, index % 3 === 0 ? 2 : 4);
        if (index % 50 === 0) await evaluate();
        const { numTensors, numBytes, numDataBuffers } = tf.memory();
        if (index >= 3) seen.add(`${numTensors} tensors, ${numBytes} bytes, ${numDataBuffers} buffers`);
      }
      expect([...seen]).toHaveLength(1);
      dispose();
      expect(tf.memory().numTensors).toBe(before);
    });
  });

  // There, reading is a copy within the host's memory. On webgpu: webgpu/steady-state.browser.test.ts.
  it.each(BACKENDS)(
    'a step on %s reads the logits and one small gradient, and nothing else',
    async (backend) => {
      await on(backend, async () => {
        const spec = specOf('vgg11-bn-multitask', 0.0625, 32);
        const { step, dispose } = trainee(spec, 4);
        const reads: number[] = [];
        const spies = (['read', 'readSync'] as const).map((method) => vi.spyOn(tf.backend(), method));
        for (let index = 1; index <= 5; index++) {
          await step(index);
          reads.push(spies.reduce((sum, { mock }) => sum + mock.results.length, 0));
          const bytes = await Promise.all(
            spies.flatMap(({ mock }) =>
              mock.results.map(async ({ value }) => ((await value) as Float32Array).byteLength),
            ),
          );
          expect(Math.max(...bytes)).toBeLessThanOrEqual(4 * 65_536);
          for (const spy of spies) spy.mockClear();
        }
        for (const spy of spies) spy.mockRestore();
        dispose();
        expect(new Set(reads)).toEqual(new Set([reads[0]]));
        expect(reads[0]).toBeLessThanOrEqual(3); // wasm's read is its readSync
      });
    },
  );

  it('the backend’s own kernels see weights that were overwritten', async () => {
    const after = (backend: 'cpu' | 'wasm') =>
      on(backend, async () => {
        const { network, step, evaluate, dispose } = trainee(ODD, 4, 0.01);
        for (let index = 1; index <= 5; index++) await step(index);
        const {
          probabilities: [probabilities],
        } = await evaluate();
        const weights = new Map<string, Float32Array>();
        for await (const { name, data } of network.read()) weights.set(name, data);
        dispose();
        return { probabilities: probabilities!, weights };
      });
    const [cpu, wasm] = [await after('cpu'), await after('wasm')];
    expectClose(wasm.probabilities, cpu.probabilities, 1e-4);
    for (const [name, values] of cpu.weights) expectClose(wasm.weights.get(name)!, values, 1e-3, name);
  });
});
