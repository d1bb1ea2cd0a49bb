/** Russian of en/config.ts. */
import { ruAugmentChoices, ruAugmentFields, ruAugmentations } from './augment';
import type { Russian } from '../shape';
import type { enConfig } from '../en/config';

export const ruConfig: Russian<typeof enConfig> = {
  fields: {
    ...ruAugmentFields,
    learningRate: 'Скорость обучения',
    beta1: 'β₁',
    beta2: 'β₂',
    epsilon: 'ε',
    weightDecay: 'Затухание весов',
    decayScope: 'Затухание действует на',
    momentum: 'Момент',
    nesterov: 'Момент Нестерова',
    everyEpochs: 'Эпох между двумя шагами расписания',
    gamma: 'Множитель за шаг расписания',
    warmupEpochs: 'Разогрев, эпох',
    warmupStart: 'Разогрев начинается с доли',
    minimumRate: 'Наименьшая скорость',
    factor: 'Множитель при снижении',
    waitEpochs: 'Сколько эпох ждать',
    threshold: 'Наименьшее улучшение, доля',
    cooldownEpochs: 'Эпох отдыха после снижения',
  },
  fieldNotes: {
    momentum:
      'Обычно 0,9 (Krizhevsky et al. 2012; He et al. 2016); 0 — без момента, прежние градиенты не хранятся.',
    nesterov: 'Заглядывает вперёд вдоль скорости (Sutskever et al. 2013).',
    weightDecay:
      'В SGD и Adam прибавляется к градиенту; в AdamW действует отдельно, в PyTorch по умолчанию 0,01. Для SGD 1e-4 у He et al. 2016.',
    beta1: '0,9 в публикации (Kingma & Ba 2015).',
    beta2: '0,999 в публикации (Kingma & Ba 2015).',
    epsilon: '1e-8 в публикации (Kingma & Ba 2015).',
    decayScope: 'В PyTorch по умолчанию на все; смещения и параметры нормализации обычно исключают.',
    everyEpochs: '30 у He et al. 2016.',
    gamma: 'Для ступеней 0,1 у He et al. 2016.',
    warmupEpochs: '5 у Goyal et al. 2017.',
    warmupStart: 'От скорости обучения; LinearLR в PyTorch начинает с 1/3.',
    minimumRate: '0 в публикации (Loshchilov & Hutter 2017).',
    factor: 'В PyTorch по умолчанию 0,1.',
    waitEpochs: 'В PyTorch по умолчанию 10.',
    threshold: 'В PyTorch по умолчанию 0,0001.',
    cooldownEpochs: 'В PyTorch по умолчанию 0.',
  },
  fieldChoices: { ...ruAugmentChoices, decayScope: { all: 'все параметры', weights: 'только на веса' } },
  augmentations: ruAugmentations,
};
