/**
 * English names of what a configuration chooses from registries, and of their options: `fields.<key>`. Where
 * one entry calls an option otherwise: `fields.<entry>-<key>`.
 */
export const enConfig = {
  fields: {
    learningRate: 'Learning rate',
    beta1: 'β₁',
    beta2: 'β₂',
    epsilon: 'ε',
    weightDecay: 'Weight decay',
    decayScope: 'Weight decay acts on',
  },
  fieldChoices: { decayScope: { all: 'all parameters', weights: 'weights alone' } },
  optimizers: { adam: 'Adam' },
  schedules: { constant: 'constant rate' },
  augmentations: { 'paper-dice': 'the paper’s dice' },
};
