/**
 * Lowers the rate when the monitored value has not improved for a while, as
 * `torch.optim.lr_scheduler.ReduceLROnPlateau` in mode `min` with a relative threshold.
 */
import { numberField } from '../../options/field';
import { defineSchedule, type ScheduleState } from '../schedule';

/** PyTorch's `eps`: a smaller change of the rate is none. */
const LEAST_CHANGE = 1e-8;

export const plateau = defineSchedule({
  id: 'plateau',
  fields: {
    factor: numberField({ default: 0.1, min: 1e-3, max: 0.99 }),
    /** Epochs without improvement that are waited before the rate falls. */
    waitEpochs: numberField({ default: 10, min: 0, max: 10000, integer: true }),
    /** Share of the best value by which another must be lower to count. */
    threshold: numberField({ default: 1e-4, min: 0, max: 1 }),
    /** Epochs after a reduction in which nothing is counted. */
    cooldownEpochs: numberField({ default: 0, min: 0, max: 10000, integer: true }),
    minimumRate: numberField({ default: 0, min: 0, max: 1 }),
  },
  rate: (_options, base, _at, state) => state['rate'] ?? base,
  observe: (options, base, state, monitored): ScheduleState => {
    const { best = null, rate = base, waited = 0, cooldown = 0 } = state;
    const better =
      Number.isFinite(monitored) && (best === null || monitored < best * (1 - options.threshold));
    const cooling = cooldown! > 0;
    const bad = cooling || better ? 0 : waited! + 1;
    const reduced = bad > options.waitEpochs;
    const lower = Math.max(rate! * options.factor, options.minimumRate);
    return {
      best: better ? monitored : best,
      rate: reduced && rate! - lower > LEAST_CHANGE ? lower : rate!,
      waited: reduced ? 0 : bad,
      cooldown: reduced ? options.cooldownEpochs : cooling ? cooldown! - 1 : 0,
    };
  },
  forget: (state) => ({ ...state, best: null, waited: 0 }),
});
