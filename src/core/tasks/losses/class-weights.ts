/**
 * Weights of classes from how often training has them. Not here: where a loss puts them (cross-entropy.ts,
 * focal.ts).
 */
import { choiceField, numberField } from '../../options/field';
import type { LossOptions } from './types';

const CLASS_WEIGHTS = ['none', 'balanced', 'effective-number'] as const;

/** The options of every loss that weighs classes. */
export const CLASS_WEIGHT_FIELDS = {
  classWeights: choiceField({ choices: CLASS_WEIGHTS, default: 'none' }),
  beta: numberField({
    default: 0.999,
    min: 0,
    max: 0.99999,
    step: 0.0001,
    acts: ({ classWeights: chosen }) => chosen === 'effective-number',
  }),
} as const;

/**
 * `balanced`: n / (C·n_c), as scikit-learn's. `effective-number`: (1 − β) / (1 − β^n_c), scaled so that they
 * sum to C (Cui et al., CVPR 2019). C counts the classes that training has; one that it lacks weighs 0.
 * @param counts labelled training examples of each class
 * @returns one weight a class; null: every class weighs 1
 */
export function classWeights(options: LossOptions, counts: readonly number[]): readonly number[] | null {
  const present = counts.filter((count) => count > 0).length;
  switch (options['classWeights']) {
    case 'balanced': {
      const all = counts.reduce((sum, count) => sum + count, 0);
      return counts.map((count) => (count === 0 ? 0 : all / (present * count)));
    }
    case 'effective-number': {
      const beta = Number(options['beta'] ?? 0.999);
      const raw = counts.map((count) => (count === 0 ? 0 : (1 - beta) / (1 - beta ** count)));
      const sum = raw.reduce((total, weight) => total + weight, 0);
      return raw.map((weight) => (sum === 0 ? 0 : (weight * present) / sum));
    }
    default:
      return null;
  }
}

/** Number of labelled targets. */
export function labelledCount(targets: ArrayLike<number>): number {
  let count = 0;
  for (let row = 0; row < targets.length; row++) if (!Number.isNaN(targets[row]!)) count++;
  return count;
}

/** Sum of the labelled targets' weights; their number where every class weighs 1. */
export function targetWeight(targets: ArrayLike<number>, weights: readonly number[] | null): number {
  if (!weights) return labelledCount(targets);
  let sum = 0;
  for (let row = 0; row < targets.length; row++)
    if (!Number.isNaN(targets[row]!)) sum += weights[targets[row]!]!;
  return sum;
}
