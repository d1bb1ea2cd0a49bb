/**
 * The engine beside PyTorch on WebGPU, computed by SwiftShader: the same comparisons as pytorch.test.ts makes
 * on cpu and wasm.
 */
import { beforeAll, describe, it } from 'vitest';
import { chooseBackend } from '../../src/engine/platform/backend';
import { ARCHITECTURES, compareModel } from '../support/pytorch-model';
import { compareTraining, TRAJECTORIES } from '../support/pytorch-training';

describe('PyTorch’s numbers on webgpu', () => {
  beforeAll(async () => {
    await chooseBackend('webgpu');
  });

  it.each(ARCHITECTURES)('logits, losses, gradients and running statistics of %s', async (architecture) => {
    await compareModel(architecture, 'webgpu');
  });

  it.each(TRAJECTORIES)('a hundred Adam steps: %s', async (name) => {
    await compareTraining(name, 'webgpu', 5e-3);
  });
});
