/** The rate times `gamma` every so many epochs, as `torch.optim.lr_scheduler.StepLR` (He et al. 2016: 0.1 every 30). */
import { numberField } from '../../options/field';
import { defineSchedule } from '../schedule';

export const step = defineSchedule({
  id: 'step',
  fields: {
    everyEpochs: numberField({ default: 30, min: 1, max: 10000, integer: true }),
    gamma: numberField({ default: 0.1, min: 1e-6, max: 1 }),
  },
  rate: ({ everyEpochs, gamma }, base, { epoch }) => base * gamma ** Math.floor((epoch - 1) / everyEpochs),
});
