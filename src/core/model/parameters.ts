/** How many numbers a model owns. What they are is in its plan. */
import { sizeOf } from './graph';
import type { ModelPlan } from './plan';

/** Trainable numbers: what the paper's tables count (running statistics are not parameters). */
export function parameterCount({ parameters }: ModelPlan): number {
  return parameters.reduce((sum, p) => sum + (p.trainable ? sizeOf(p.shape) : 0), 0);
}
