/**
 * Focal loss (Lin et al., ICCV 2017) of a softmax: −(1 − p)^γ ln p of the true class, so that what is already
 * sure counts for little. γ 0 is cross-entropy. With weights of classes the mean divides by the targets'
 * weights, as cross-entropy does.
 */
import { numberField } from '../../options/field';
import { CLASS_WEIGHT_FIELDS, classWeights, targetWeight } from './class-weights';
import { softmaxCrossEntropy } from './cross-entropy';
import type { Loss, LossInput, LossValue } from './types';

/** @param gamma 0 or more */
export function focalLoss(input: LossInput, weights: readonly number[] | null, gamma: number): LossValue {
  const { targets, width: classes, weight } = input;
  const plain = softmaxCrossEntropy(input);
  const each = new Float64Array(targets.length);
  const gradient = new Float32Array(plain.gradient.length);
  let loss = 0;
  for (let row = 0; row < targets.length; row++) {
    const label = targets[row]!;
    if (Number.isNaN(label)) continue;
    const own = weights ? weights[label]! : 1;
    const nll = plain.each[row]!;
    const p = Math.exp(-nll);
    // 1 − p without cancellation where p is close to 1.
    const rest = -Math.expm1(-nll);
    each[row] = own * rest ** gamma * nll;
    loss += each[row]!;
    if (!(weight > 0)) continue;
    // dL/d(nll): the chain goes on through the softmax, d(nll)/d(logit_k) = p_k − [k = y].
    const slope = rest ** gamma + (gamma === 0 || rest === 0 ? 0 : gamma * rest ** (gamma - 1) * p * nll);
    const at = row * classes;
    for (let k = 0; k < classes; k++) {
      const share = softmaxAt(input, at, k, classes) - (k === label ? 1 : 0);
      gradient[at + k] = (own * slope * share) / weight;
    }
  }
  return { ...plain, loss: weight > 0 ? loss / weight : 0, each, gradient };
}

/** In float64, where `LossValue.probabilities` are rounded. */
function softmaxAt({ outputs }: LossInput, at: number, k: number, classes: number): number {
  let sum = 0;
  for (let j = 0; j < classes; j++) sum += Math.exp(outputs[at + j]! - outputs[at + k]!);
  return 1 / sum;
}

export const focal = {
  id: 'focal',
  kind: 'classes',
  fields: {
    gamma: numberField({ default: 2, min: 0, max: 5, step: 0.1 }),
    ...CLASS_WEIGHT_FIELDS,
  },
  formula: ({ gamma, classWeights: how }) =>
    `L = −${how === 'none' ? '(1/n)' : '(1/Σ w)'} Σ ${how === 'none' ? '' : 'w·'}(1 − p)^${Number(gamma)}·ln p`,
  prepare: (options, { counts }) => {
    const weights = classWeights(options, counts);
    const gamma = Number(options['gamma'] ?? 2);
    return {
      plainCrossEntropy: false,
      weight: (targets) => targetWeight(targets, weights),
      evaluate: (input) => focalLoss(input, weights, gamma),
    };
  },
} as const satisfies Loss;
