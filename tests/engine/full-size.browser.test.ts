/**
 * The paper's model at its full size on webgpu, in software: the forward pass of training next to PyTorch's.
 * Its largest matrix has 205 MB, more than the 128 MiB that a graphics device binds unless asked. Not here:
 * the backward pass, which takes minutes in software (at reduced width it is compared on every backend).
 */
import { expect, it } from 'vitest';
import { chooseBackend } from '../../src/engine/platform/backend';
import { guard } from '../support/fidelity';
import { fullSize, ownDistance, TRAINING, worstOf, worstRunning } from '../support/full-size';

it('goes forward in training', async () => {
  expect((await chooseBackend('webgpu')).id).toBe('webgpu');
  const full = await fullSize();
  const { network, images, expected } = full;
  const { count, logits, float32 } = expected.index;
  const pass = network.forward(images, count, TRAINING);
  const row = { chapter: 'full size', reference: 'torch', unit: 'relative', tolerance: 1e-4 } as const;
  guard({
    ...row,
    quantity: 'logits in training, webgpu',
    worst: worstOf(await pass.logits(), expected, logits),
    note: ownDistance(float32.logits),
  });
  guard({
    ...row,
    quantity: 'running statistics after one step, webgpu',
    worst: await worstRunning(full),
    note: ownDistance(float32.running),
  });
  pass.dispose();
  network.dispose();
});
