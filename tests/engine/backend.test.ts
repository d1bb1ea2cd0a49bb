import { describe, expect, it, vi } from 'vitest';
import { BackendError } from '../../src/core/errors/errors';
import { sizeOf } from '../../src/core/model/graph';
import { availableBackends, chooseBackend, describeAdapter, memory } from '../../src/engine/platform/backend';
import {
  CHECK_COUNT,
  CHECK_EXPECTED,
  CHECK_IMAGES,
  CHECK_SPEC,
  checkNumbers,
  checkValue,
  scatter,
  selfCheck,
} from '../../src/engine/platform/self-check';
import * as tf from '../../src/engine/tf';
import { referencePass } from './reference';
import { BACKENDS, on } from './support';

describe('the self-check', () => {
  it('expects what plain double-precision loops compute', () => {
    const specs = CHECK_SPEC.parameters;
    const values = new Map(specs.map((s, salt) => [s.name, checkValue(s.role, sizeOf(s.shape), salt)]));
    const { logits, gradients } = referencePass(
      (name) => values.get(name)!,
      CHECK_IMAGES,
      CHECK_COUNT,
      scatter(CHECK_COUNT * 3, 5),
    );
    const projected = specs
      .filter((s) => s.trainable)
      .map((s) => {
        const pattern = scatter(sizeOf(s.shape), 3);
        return gradients[s.name]!.reduce((sum, g, i) => sum + g * pattern[i]!, 0);
      });
    const numbers = [...logits, ...projected];
    expect(numbers).toHaveLength(CHECK_EXPECTED.length);
    numbers.forEach((n, i) => expect(n).toBeCloseTo(CHECK_EXPECTED[i]!, 5));
  });

  it.each(BACKENDS)('passes on %s and leaves nothing behind', async (id) => {
    await chooseBackend(id);
    const before = memory().tensors;
    await expect(selfCheck(id)).resolves.toBeUndefined();
    expect(memory().tensors).toBe(before);
    expect(await checkNumbers()).toHaveLength(CHECK_EXPECTED.length);
  });

  it('refuses a backend whose filter gradient is all zero', async () => {
    await on('cpu', async () => {
      const kernel = tf.getKernel(tf.Conv2DBackpropFilter, 'cpu');
      tf.unregisterKernel(tf.Conv2DBackpropFilter, 'cpu');
      tf.registerKernel({
        ...kernel,
        kernelFunc: (given) => {
          const out = kernel.kernelFunc(given) as tf.TensorInfo;
          (given.backend as { data: { get(id: object): { values: Float32Array } } }).data
            .get(out.dataId)
            .values.fill(0);
          return out;
        },
      });
      const error: unknown = await selfCheck('cpu').then(
        () => null,
        (e: unknown) => e,
      );
      tf.unregisterKernel(tf.Conv2DBackpropFilter, 'cpu');
      tf.registerKernel(kernel);
      expect(error).toBeInstanceOf(BackendError);
      expect(error).toMatchObject({ code: 'self-check', details: { backend: 'cpu', found: 0 } });
      await selfCheck('cpu');
    });
  });
});

describe('choosing', () => {
  it('takes wasm where there is no graphics adapter', async () => {
    expect(await chooseBackend('auto')).toMatchObject({ id: 'wasm', available: true, software: false });
    expect(tf.getBackend()).toBe('wasm');
  });

  it('says what a wanted backend lacks', async () => {
    await expect(chooseBackend('webgpu')).rejects.toMatchObject({
      name: 'BackendError',
      code: 'backend-missing',
      details: { backend: 'webgpu' },
    });
  });

  it.each([
    ['no adapter', { requestAdapter: async () => null }, { available: false }],
    [
      'a failing adapter',
      {
        requestAdapter: async () => {
          throw new Error('lost');
        },
      },
      { available: false },
    ],
    [
      'SwiftShader',
      { requestAdapter: async () => ({ info: { vendor: 'google', architecture: 'swiftshader' } }) },
      { available: true, software: true },
    ],
    [
      'hardware',
      { requestAdapter: async () => ({ info: { vendor: 'nvidia', architecture: 'ampere' } }) },
      { available: true, software: false },
    ],
  ])('reports %s', async (_name, gpu, expected) => {
    vi.stubGlobal('navigator', { gpu });
    expect((await availableBackends())[0]).toMatchObject({ id: 'webgpu', ...expected });
    vi.unstubAllGlobals();
  });

  it('never takes a software adapter by itself', async () => {
    vi.stubGlobal('navigator', {
      gpu: { requestAdapter: async () => ({ isFallbackAdapter: true, info: { vendor: 'x' } }) },
    });
    expect((await chooseBackend('auto')).id).toBe('wasm');
    vi.unstubAllGlobals();
  });

  it.each([
    [{ info: { description: 'llvmpipe (LLVM 15.0.7, 256 bits)' } }, true],
    [{ info: { vendor: 'mesa', device: 'lavapipe' } }, true],
    [{ info: { vendor: 'microsoft', description: 'Microsoft Basic Render Driver' } }, true],
    [{ info: { vendor: 'intel', isFallbackAdapter: true } }, true],
    [{ info: { vendor: 'apple', architecture: 'metal-3' } }, false],
    [{}, false],
  ])('tells software adapters from hardware: %j', (adapter, software) => {
    const described = describeAdapter(adapter);
    expect(described.software).toBe(software);
    expect(described.detail).not.toBe('');
  });
});
