/**
 * "Renormalise weights to sum T". Strategies differ in the sum of their weights (T, 1, 1/L, ...), and that
 * sum acts as a factor of the learning rate: without this option a comparison of strategies is also one of
 * learning rates. docs/decisions/0012-renormalised-weights.md says why absolute values are summed.
 */
import { sum } from './numerics';
import type { StrategyStep } from './types';

/**
 * The step with effective weights whose absolute values sum to T; the total and the nominal weights stay what
 * the formula says.
 */
export function renormalised(step: StrategyStep): StrategyStep {
  const size = sum(step.effective.map((weight) => Math.abs(weight)));
  if (size === 0) return { ...step, fallback: 'no-weight' };
  const factor = step.effective.length / size;
  const scaled = (weights: readonly number[]): number[] => weights.map((weight) => weight * factor);
  return {
    ...step,
    effective: scaled(step.effective),
    ...(step.averaged ? { averaged: scaled(step.averaged) } : {}),
  };
}
