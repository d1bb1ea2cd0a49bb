/**
 * The loss of mixed examples (mixup): lambda * L(own targets) + (1 - lambda) * L(the partners' targets), of the
 * same outputs. For cross-entropy that is the loss of the mixed distributions. Predictions are compared with
 * the example's own target, which counts for at least half.
 */
import type { LossValue, Targets } from './types';

/** Of a batch's examples: what their partners' targets are. */
export interface MixedTargets {
  /** Of the example itself, 0.5 to 1. */
  readonly lambda: number;
  /** Per task, the partner's target of every example. */
  readonly labels: readonly Targets[];
  /** As the batch's own: the partners' distributions. */
  readonly distributions?: readonly (Float64Array | null)[] | undefined;
}

/** @param own with the examples' targets @param other with their partners' */
export function mixedLoss(own: LossValue, other: LossValue, lambda: number): LossValue {
  const mix = (a: number, b: number): number => lambda * a + (1 - lambda) * b;
  return {
    ...own,
    loss: mix(own.loss, other.loss),
    each: own.each.map((value, i) => mix(value, other.each[i]!)),
    gradient: own.gradient.map((value, i) => mix(value, other.gradient[i]!)),
  };
}
