/**
 * Stochastic gradient descent as `torch.optim.SGD` (dampening 0): with momentum, after Polyak 1964 in the form
 * of Sutskever et al. 2013, u = momentum u + g and w -= rate u; with Nesterov's, w -= rate (g + momentum u).
 * Weight decay is added to the gradient.
 */
import { booleanField, numberField } from '../../options/field';
import { COMMON, defineOptimizer } from '../optimizer';
import type { Rule } from '../rule';

const PLAIN: Rule = {
  id: 'sgd',
  slots: [],
  constants: ['rate', 'decay'],
  update: (x, { w, g, constants: { rate, decay } }) => ({
    w: x.sub(w, x.mul(rate!, x.add(g, x.mul(decay!, w)))),
    slots: {},
  }),
};

/** `now` and `last` are the shares of gradient and velocity in the step: 0 and 1, or Nesterov's 1 and momentum. */
const WITH_MOMENTUM: Rule = {
  id: 'sgd-momentum',
  slots: ['velocity'],
  constants: ['rate', 'decay', 'momentum', 'now', 'last'],
  update: (x, { w, g, slots, constants: { rate, decay, momentum, now, last } }) => {
    const gradient = x.keep(x.add(g, x.mul(decay!, w)));
    const velocity = x.keep(x.add(x.mul(momentum!, slots['velocity']!), gradient));
    const step = x.add(x.mul(now!, gradient), x.mul(last!, velocity));
    return { w: x.sub(w, x.mul(rate!, step)), slots: { velocity } };
  },
};

export const sgd = defineOptimizer({
  id: 'sgd',
  fields: {
    ...COMMON,
    learningRate: { ...COMMON.learningRate, default: 0.01 },
    momentum: numberField({ default: 0.9, min: 0, max: 0.9999 }),
    nesterov: booleanField({ default: false }),
  },
  rules: [PLAIN, WITH_MOMENTUM],
  rule: ({ momentum }) => (momentum === 0 ? PLAIN : WITH_MOMENTUM),
  constants: ({ momentum, nesterov, weightDecay }, learningRate) => ({
    rate: learningRate,
    decay: weightDecay,
    momentum,
    now: nesterov ? 1 : 0,
    last: nesterov ? momentum : 1,
  }),
});
