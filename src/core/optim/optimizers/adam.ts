/**
 * Adam (Kingma & Ba 2015) as `torch.optim.Adam`: w -= rate m̂ / (sqrt(v̂) + epsilon), epsilon outside the
 * corrected root. Weight decay is added to the gradient, and so is divided by sqrt(v̂) like the rest of it;
 * AdamW (adamw.ts) is the one that does not.
 */
import { numberField } from '../../options/field';
import { COMMON, defineOptimizer } from '../optimizer';
import type { Arithmetic, Operands, Rule, Updated } from '../rule';

export const MOMENTS = ['m', 'v'];
export const ADAM_CONSTANTS = ['beta1', 'rest1', 'beta2', 'rest2', 'rate', 'correction', 'epsilon'];

/** The options of Adam and of AdamW. */
export const ADAM_FIELDS = {
  ...COMMON,
  beta1: numberField({ default: 0.9, min: 0, max: 0.9999 }),
  beta2: numberField({ default: 0.999, min: 0, max: 0.999999 }),
  epsilon: numberField({ default: 1e-8, min: 1e-12, max: 1e-2 }),
} as const;

/** Moves `w` along the corrected moments of `g`. */
export function adamStep<V>(
  x: Arithmetic<V>,
  w: V,
  g: V,
  { slots: { m, v }, constants: { beta1, rest1, beta2, rest2, rate, correction, epsilon } }: Operands<V>,
): Updated<V> {
  const first = x.keep(x.add(x.mul(beta1!, m!), x.mul(rest1!, g)));
  const second = x.keep(x.add(x.mul(beta2!, v!), x.mul(x.mul(rest2!, g), g)));
  const root = x.add(x.mul(x.sqrt(second), correction!), epsilon!);
  return { w: x.sub(w, x.div(x.mul(rate!, first), root)), slots: { m: first, v: second } };
}

/** {@link ADAM_CONSTANTS} of one update. */
export const adamConstants = (
  { beta1, beta2, epsilon }: { readonly beta1: number; readonly beta2: number; readonly epsilon: number },
  learningRate: number,
  update: number,
) => ({
  beta1,
  rest1: 1 - beta1,
  beta2,
  rest2: 1 - beta2,
  rate: learningRate / (1 - beta1 ** update),
  correction: 1 / Math.sqrt(1 - beta2 ** update),
  epsilon,
});

const PLAIN: Rule = {
  id: 'adam',
  slots: MOMENTS,
  constants: ADAM_CONSTANTS,
  update: (x, at) => adamStep(x, at.w, at.g, at),
  loop: (w, g, [m, v], constants) => {
    const { beta1, rest1, beta2, rest2, rate, correction, epsilon } = constants as ReturnType<
      typeof adamConstants
    >;
    for (let i = 0; i < w.length; i++) {
      const gradient = g[i]!;
      const first = beta1 * m![i]! + rest1 * gradient;
      const second = beta2 * v![i]! + rest2 * gradient * gradient;
      m![i] = first;
      v![i] = second;
      w[i] = w[i]! - (rate * first) / (Math.sqrt(second) * correction + epsilon);
    }
  },
};

const WITH_DECAY: Rule = {
  id: 'adam-decay',
  slots: MOMENTS,
  constants: [...ADAM_CONSTANTS, 'decay'],
  update: (x, at) => adamStep(x, at.w, x.keep(x.add(at.g, x.mul(at.constants['decay']!, at.w))), at),
};

export const adam = defineOptimizer({
  id: 'adam',
  fields: ADAM_FIELDS,
  rules: [PLAIN, WITH_DECAY],
  rule: ({ weightDecay }) => (weightDecay === 0 ? PLAIN : WITH_DECAY),
  constants: (options, learningRate, update) => ({
    ...adamConstants(options, learningRate, update),
    decay: options.weightDecay,
  }),
});
