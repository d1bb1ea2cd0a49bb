/**
 * Softmax cross-entropy with distributions for targets, as `torch.nn.functional.cross_entropy` has it with
 * probabilities: a class's weight multiplies its share, smoothing is mixed in before that, and the mean divides by
 * the number of examples, whatever the weights. Not here: one class an example (cross-entropy.ts), where the
 * distributions come from (core/training/vote-targets.ts).
 */
import { rowOf } from './softmax';
import type { LossInput, LossValue } from './types';

/**
 * −Σ_c w_c q_c ln p_c with q = (1 − ε)·distribution + ε/C, over the batch's labelled examples. An example whose
 * target is NaN adds nothing, whatever its distribution.
 * @param input `distributions` [count x width], each row adding up to 1
 * @param weights one a class; null: 1 each  @param smoothing ε, 0..1
 */
export function softTargetCrossEntropy(
  { outputs: logits, targets, width: classes, weight, distributions }: LossInput,
  weights: readonly number[] | null,
  smoothing: number,
): LossValue {
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
    const known = !Number.isNaN(targets[row]!);
    /** The weighted share of class k in the target. */
    const mass = (k: number): number =>
      (weights?.[k] ?? 1) * ((1 - smoothing) * distributions![at + k]! + smoothing / classes);
    let all = 0;
    for (let k = 0; k < classes; k++) {
      probabilities[at + k] = Math.exp(logits[at + k]! - max) / sum;
      if (!known) continue;
      all += mass(k);
      each[row]! += mass(k) * (Math.log(sum) - (logits[at + k]! - max));
    }
    if (!known) continue;
    loss += each[row]!;
    if (weight > 0)
      for (let k = 0; k < classes; k++)
        gradient[at + k] = (all * (Math.exp(logits[at + k]! - max) / sum) - mass(k)) / weight;
  }
  return { loss: weight > 0 ? loss / weight : 0, each, gradient, predictions, probabilities };
}
