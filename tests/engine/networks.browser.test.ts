/** Residual and recurrent networks beside PyTorch on WebGPU, computed by SwiftShader. */
import { beforeAll, describe, it } from 'vitest';
import { chooseBackend } from '../../src/engine/platform/backend';
import { compareStep, compareSteps, NETWORKS, TRAINED_NETWORKS } from '../support/pytorch-network';

describe('PyTorch’s numbers on webgpu', () => {
  beforeAll(async () => {
    await chooseBackend('webgpu');
  });

  it.each(NETWORKS)('logits, losses, gradients and running statistics of %s', async (architecture) => {
    await compareStep(architecture, 'webgpu');
  });

  it.each(TRAINED_NETWORKS)('a hundred Adam steps of %s', async (architecture) => {
    await compareSteps(architecture, 'webgpu', 5e-3);
  });
});
