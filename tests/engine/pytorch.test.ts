/**
 * The engine beside PyTorch on the same drawn weights, pictures and dropout masks: cpu and wasm. WebGPU:
 * pytorch.browser.test.ts.
 */
import { describe, it } from 'vitest';
import { ARCHITECTURES, compareModel } from '../support/pytorch-model';
import { compareTraining, TRAJECTORIES } from '../support/pytorch-training';
import { BACKENDS, on } from './support';

describe.each(BACKENDS)('PyTorch’s numbers on %s', (backend) => {
  it.each(ARCHITECTURES)('logits, losses, gradients and running statistics of %s', async (architecture) => {
    await on(backend, () => compareModel(architecture, backend));
  });

  it.each(TRAJECTORIES)('a hundred Adam steps: %s', async (name) => {
    await on(backend, () => compareTraining(name, backend, 1e-3));
  });
});
