/**
 * Half a cosine from the optimiser's rate down to `minimumRate` over the run (Loshchilov & Hutter 2017, without
 * restarts), after a linear warm-up (Goyal et al. 2017): `LinearLR`, then `CosineAnnealingLR`, update by update.
 */
import { numberField } from '../../options/field';
import { defineSchedule } from '../schedule';

export const cosine = defineSchedule({
  id: 'cosine',
  fields: {
    warmupEpochs: numberField({ default: 5, min: 0, max: 10000 }),
    /** Share of the rate that the first update has. */
    warmupStart: numberField({ default: 0.1, min: 1e-6, max: 1 }),
    minimumRate: numberField({ default: 0, min: 0, max: 1 }),
  },
  rate: ({ warmupEpochs, warmupStart, minimumRate }, base, { step, stepsPerEpoch, epochs }) => {
    const done = step - 1;
    const warmup = Math.round(warmupEpochs * stepsPerEpoch);
    if (done < warmup) return base * (warmupStart + ((1 - warmupStart) * done) / warmup);
    const share = Math.min(1, (done - warmup) / (epochs * stepsPerEpoch - warmup));
    return minimumRate + ((base - minimumRate) * (1 + Math.cos(Math.PI * share))) / 2;
  },
});
