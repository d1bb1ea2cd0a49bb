/** Russian of en-config.ts. */
import type { Russian } from './shape';
import type { enConfig } from './en-config';

export const ruConfig: Russian<typeof enConfig> = {
  fields: {
    learningRate: 'Скорость обучения',
    beta1: 'β₁',
    beta2: 'β₂',
    epsilon: 'ε',
    weightDecay: 'Затухание весов',
    decayScope: 'Затухание действует на',
  },
  fieldChoices: { decayScope: { all: 'все параметры', weights: 'только на веса' } },
  optimizers: { adam: 'Adam' },
  schedules: { constant: 'постоянная скорость' },
  augmentations: { 'paper-dice': 'кубик из статьи' },
};
