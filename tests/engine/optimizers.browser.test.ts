/** Optimisers over a network on WebGPU, computed by SwiftShader: as optimizers.test.ts on cpu and wasm. */
import { beforeAll, describe, expect, it } from 'vitest';
import { chooseBackend } from '../../src/engine/platform/backend';
import { kernels, switchKernel } from '../../src/engine/kernels/webgpu/registry';
import { SMALL_RUNS } from '../support/optimisers';
import { compareOptimizer, compareSmallRun, OPTIMIZER_RUNS } from '../support/pytorch-optimisers';

describe('on webgpu', () => {
  beforeAll(async () => {
    await chooseBackend('webgpu');
  });

  it.each(SMALL_RUNS)('a hundred updates of PyTorch’s: %s', async (name) => {
    await compareSmallRun(name, 'webgpu', 1e-5);
  });

  it.each(OPTIMIZER_RUNS)('a hundred steps of a network under %s, a schedule and clipping', async (name) => {
    await compareOptimizer(name, 'webgpu', 5e-3);
  });

  it.each([
    ['sgd-momentum', 'SGD, Nesterov, decay, clipped'],
    ['adamw', 'AdamW, decay of weights, clipped'],
    ['clip-norm', 'Adam, clipped'],
  ] as const)('comes to the same without the kernel %s', async (kernel, name) => {
    expect(kernels().map((one) => one.name)).toContain(kernel);
    switchKernel(kernel, false);
    try {
      await compareSmallRun(name, 'webgpu', 1e-5);
    } finally {
      switchKernel(kernel, true);
    }
  });
});
