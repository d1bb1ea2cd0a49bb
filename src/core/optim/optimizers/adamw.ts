/**
 * AdamW (Loshchilov & Hutter 2019) as `torch.optim.AdamW`: Adam whose weight decay is decoupled from the
 * gradient, w *= 1 - rate · decay before each step of Adam.
 */
import { ADAM_CONSTANTS, ADAM_FIELDS, adamConstants, adamStep, MOMENTS } from './adam';
import { defineOptimizer } from '../optimizer';
import type { Rule } from '../rule';

const RULE: Rule = {
  id: 'adamw',
  slots: MOMENTS,
  constants: [...ADAM_CONSTANTS, 'kept'],
  update: (x, at) => adamStep(x, x.mul(at.w, at.constants['kept']!), at.g, at),
};

export const adamw = defineOptimizer({
  id: 'adamw',
  fields: { ...ADAM_FIELDS, weightDecay: { ...ADAM_FIELDS.weightDecay, default: 0.01 } },
  rules: [RULE],
  rule: () => RULE,
  constants: (options, learningRate, update) => ({
    ...adamConstants(options, learningRate, update),
    kept: 1 - learningRate * options.weightDecay,
  }),
});
