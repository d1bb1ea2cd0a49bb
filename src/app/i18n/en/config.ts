/**
 * English names of what a configuration chooses from registries, and of their options: `fields.<key>`. Where
 * one entry calls an option otherwise: `fields.<entry>-<key>`.
 */
import { enAugmentChoices, enAugmentFields, enAugmentations } from './augment';
export const enConfig = {
  fields: {
    ...enAugmentFields,
    learningRate: 'Learning rate',
    beta1: 'β₁',
    beta2: 'β₂',
    epsilon: 'ε',
    weightDecay: 'Weight decay',
    decayScope: 'Weight decay acts on',
    momentum: 'Momentum',
    nesterov: 'Nesterov’s momentum',
    everyEpochs: 'Epochs between two steps of the schedule',
    gamma: 'Factor per step of the schedule',
    warmupEpochs: 'Warm-up, epochs',
    warmupStart: 'Warm-up starts at this share',
    minimumRate: 'Smallest rate',
    factor: 'Factor of a reduction',
    waitEpochs: 'Epochs to wait',
    threshold: 'Least improvement, share',
    cooldownEpochs: 'Epochs of rest after a reduction',
  },
  fieldNotes: {
    momentum:
      '0.9 is the usual value (Krizhevsky et al. 2012; He et al. 2016); 0: none, and nothing is kept of earlier gradients.',
    nesterov: 'Looks ahead along the velocity (Sutskever et al. 2013).',
    weightDecay:
      'Added to the gradient in SGD and Adam; apart from it in AdamW, where PyTorch’s default is 0.01. 1e-4 for SGD in He et al. 2016.',
    beta1: '0.9 as published (Kingma & Ba 2015).',
    beta2: '0.999 as published (Kingma & Ba 2015).',
    epsilon: '1e-8 as published (Kingma & Ba 2015).',
    decayScope: 'PyTorch’s default is all; most recipes leave out biases and normalisations.',
    everyEpochs: '30 in He et al. 2016.',
    gamma: '0.1 in He et al. 2016 for steps.',
    warmupEpochs: '5 in Goyal et al. 2017.',
    warmupStart: 'Of the learning rate; PyTorch’s LinearLR starts at 1/3.',
    minimumRate: '0 as published (Loshchilov & Hutter 2017).',
    factor: 'PyTorch’s default is 0.1.',
    waitEpochs: 'PyTorch’s default is 10.',
    threshold: 'PyTorch’s default is 0.0001.',
    cooldownEpochs: 'PyTorch’s default is 0.',
  },
  fieldChoices: { ...enAugmentChoices, decayScope: { all: 'all parameters', weights: 'weights alone' } },
  augmentations: enAugmentations,
};
