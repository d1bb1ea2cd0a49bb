/** The optimiser's learning rate throughout. */
import { defineSchedule } from '../schedule';

export const constant = defineSchedule({
  id: 'constant',
  fields: {},
  flat: true,
  rate: (_options, base) => base,
});
