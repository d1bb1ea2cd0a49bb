import type { OptimizerChoice } from '../../src/core/optim/registry';

/** PyTorch's Adam, with these options changed. */
export const adamWith = (
  options: Partial<Extract<OptimizerChoice, { readonly id: 'adam' }>> = {},
): OptimizerChoice => ({
  id: 'adam',
  learningRate: 1e-3,
  beta1: 0.9,
  beta2: 0.999,
  epsilon: 1e-8,
  weightDecay: 0,
  decayScope: 'all',
  ...options,
});
