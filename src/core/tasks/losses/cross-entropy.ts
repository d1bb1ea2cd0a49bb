/**
 * Softmax cross-entropy, with weights of classes and label smoothing as `torch.nn.CrossEntropyLoss` has them:
 * the mean divides by the sum of the targets' weights, also with smoothing. A few small matrices of logits are
 * all that a step reads back, and the strategies need the losses on the host anyway. Device counterpart of the
 * plain form: engine/kernels/webgpu/cross-entropy.ts.
 */
import { numberField } from '../../options/field';
import { CLASS_WEIGHT_FIELDS, classWeights, labelledCount, targetWeight } from './class-weights';
import { softTargetCrossEntropy } from './soft-cross-entropy';
import { rowOf } from './softmax';
import type { Loss, LossInput, LossValue } from './types';

export interface CrossEntropy extends LossValue {
  readonly predictions: Uint16Array<ArrayBuffer>;
}

/**
 * −Σ_c q_c w_c ln p_c with q = (1 − ε)·one-hot + ε/C, over the batch's weight.
 * @param weights one a class; null: 1 each  @param smoothing ε, 0..1
 */
export function softmaxCrossEntropy(
  { outputs: logits, targets, width: classes, weight }: LossInput,
  weights: readonly number[] | null = null,
  smoothing = 0,
): CrossEntropy {
  const count = targets.length;
  const gradient = new Float32Array(count * classes);
  const probabilities = new Float32Array(count * classes);
  const predictions = new Uint16Array(count);
  const each = new Float64Array(count);
  let loss = 0;
  for (let row = 0; row < count; row++) {
    const at = row * classes;
    const { best, max, sum } = rowOf(logits, at, classes);
    predictions[row] = best;
    const label = targets[row]!;
    const own = weights ? (weights[label] ?? 0) : 1;
    for (let k = 0; k < classes; k++) {
      const p = Math.exp(logits[at + k]! - max) / sum;
      probabilities[at + k] = p;
      if (!Number.isNaN(label) && weight > 0 && smoothing === 0)
        gradient[at + k] = weights
          ? (own * (p - (k === label ? 1 : 0))) / weight
          : (p - (k === label ? 1 : 0)) / weight;
    }
    if (Number.isNaN(label)) continue;
    const logLikelihood = (k: number): number => Math.log(sum) - (logits[at + k]! - max);
    const plain = logLikelihood(label);
    each[row] = weights ? own * plain : plain;
    if (smoothing > 0) {
      // Mass of the smoothed target: what the weighted probabilities are compared with.
      const mass = (k: number): number =>
        (k === label ? (1 - smoothing) * own : 0) + (smoothing / classes) * (weights?.[k] ?? 1);
      let all = 0;
      let value = 0;
      for (let k = 0; k < classes; k++) {
        all += mass(k);
        value += mass(k) * logLikelihood(k);
      }
      each[row] = value;
      if (weight > 0)
        for (let k = 0; k < classes; k++)
          gradient[at + k] = (all * (Math.exp(logits[at + k]! - max) / sum) - mass(k)) / weight;
    }
    loss += each[row]!;
  }
  return { loss: weight > 0 ? loss / weight : 0, each, gradient, predictions, probabilities };
}

/**
 * The plain form. @param logits [count x classes], row-major  @param labels class indices, one a row
 * @param batch how many labelled examples the mean is over, where these are a part of a batch
 */
export const crossEntropy = (
  logits: ArrayLike<number>,
  labels: ArrayLike<number>,
  classes: number,
  batch = labels.length,
): CrossEntropy => softmaxCrossEntropy({ outputs: logits, targets: labels, width: classes, weight: batch });

export const crossEntropyLoss = {
  id: 'cross-entropy',
  kind: 'classes',
  takesDistributions: true,
  fields: {
    ...CLASS_WEIGHT_FIELDS,
    labelSmoothing: numberField({ default: 0, min: 0, max: 0.9, step: 0.01 }),
  },
  formula: ({ classWeights: how, labelSmoothing }) =>
    `L = −${how === 'none' ? '(1/n)' : '(1/Σ w)'} Σ ${how === 'none' ? '' : 'w·'}Σ_c q_c·ln p_c` +
    (Number(labelSmoothing) > 0 ? ',  q = (1 − ε)·[c = y] + ε/C' : ',  q = [c = y]'),
  prepare: (options, { counts, distributions }) => {
    const weights = classWeights(options, counts);
    const smoothing = Number(options['labelSmoothing'] ?? 0);
    if (distributions)
      return {
        plainCrossEntropy: false,
        weight: labelledCount,
        evaluate: (input) => softTargetCrossEntropy(input, weights, smoothing),
      };
    return {
      plainCrossEntropy: weights === null && smoothing === 0,
      weight: (targets) => targetWeight(targets, weights),
      evaluate: (input) => softmaxCrossEntropy(input, weights, smoothing),
    };
  },
} as const satisfies Loss;
