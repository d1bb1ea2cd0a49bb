/** The rate times `gamma` every epoch, as `torch.optim.lr_scheduler.ExponentialLR`. */
import { numberField } from '../../options/field';
import { defineSchedule } from '../schedule';

export const exponential = defineSchedule({
  id: 'exponential',
  fields: { gamma: numberField({ default: 0.95, min: 1e-3, max: 1 }) },
  rate: ({ gamma }, base, { epoch }) => base * gamma ** (epoch - 1),
});
