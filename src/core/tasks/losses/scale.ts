/**
 * The unit in which a number's loss is computed. Standardised, the head predicts (y − mean) / deviation of the
 * training side: the losses of tasks with different units become comparable, and a head that begins at 0 begins
 * at the mean. Predictions and scores are always in the targets' own unit. CCC and Pearson do not depend on it.
 */
import { choiceField } from '../../options/field';
import type { LossOptions, TrainingTargets } from './types';

export const SCALE_FIELDS = {
  scale: choiceField({ choices: ['standardised', 'raw'], default: 'standardised' }),
} as const;

export interface Scale {
  readonly mean: number;
  readonly deviation: number;
}

export const scaleOf = (options: LossOptions, { mean, deviation }: TrainingTargets): Scale =>
  options['scale'] === 'raw' || !Number.isFinite(mean)
    ? { mean: 0, deviation: 1 }
    : { mean, deviation: deviation > 0 ? deviation : 1 };

/** The statistics of the training side's targets. @param classes 0 for a number */
export function trainingTargets(targets: ArrayLike<number>, classes: number): TrainingTargets {
  const labelled = Array.from(targets).filter((target) => !Number.isNaN(target));
  if (classes > 0) {
    const counts = Array.from({ length: classes }, () => 0);
    for (const target of labelled) counts[target]!++;
    return { counts, mean: Number.NaN, deviation: Number.NaN };
  }
  const mean = labelled.reduce((sum, y) => sum + y, 0) / labelled.length;
  const variance = labelled.reduce((sum, y) => sum + (y - mean) ** 2, 0) / labelled.length;
  return { counts: [], mean, deviation: Math.sqrt(variance) };
}
