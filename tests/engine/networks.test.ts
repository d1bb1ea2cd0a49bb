/** Residual and recurrent networks beside PyTorch: cpu and wasm. WebGPU: networks.browser.test.ts. */
import { describe, it } from 'vitest';
import { compareStep, compareSteps, NETWORKS, TRAINED_NETWORKS } from '../support/pytorch-network';
import { BACKENDS, on } from './support';

describe.each(BACKENDS)('PyTorch’s numbers on %s', (backend) => {
  it.each(NETWORKS)('logits, losses, gradients and running statistics of %s', async (architecture) => {
    await on(backend, () => compareStep(architecture, backend));
  });

  it.each(TRAINED_NETWORKS)('a hundred Adam steps of %s', async (architecture) => {
    await on(backend, () => compareSteps(architecture, backend, 1e-3));
  });
});
