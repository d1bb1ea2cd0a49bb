/**
 * Small sums over tasks. NaN passes through everything here: a loss that is no number must be noticed, not
 * hidden.
 */
import type { Fallback } from './types';

/** Losses below this count as this much where a formula divides by them or takes their logarithm. */
export const LEAST_LOSS = 1e-8;

export const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
export const dot = (a: readonly number[], b: readonly number[]): number =>
  a.reduce((total, value, i) => total + value * b[i]!, 0);
export const ones = (values: readonly unknown[]): number[] => values.map(() => 1);

/** The largest value is taken out first, so that nothing overflows. */
export function softmax(values: readonly number[]): number[] {
  const largest = values.reduce((a, b) => Math.max(a, b), -Infinity);
  const powers = values.map((value) => Math.exp(value - largest));
  const total = sum(powers);
  return powers.map((power) => power / total);
}

/** ln Σ e^x. */
export function logSumExp(values: readonly number[]): number {
  const largest = values.reduce((a, b) => Math.max(a, b), -Infinity);
  return largest + Math.log(sum(values.map((value) => Math.exp(value - largest))));
}

export const floored = (losses: readonly number[], least = LEAST_LOSS): number[] =>
  losses.map((loss) => (loss < least ? least : loss));

/** Says so where a loss had to be floored. */
export const noteOfFloor = (
  losses: readonly number[],
  least = LEAST_LOSS,
): { readonly fallback?: Fallback } => (losses.some((loss) => loss < least) ? { fallback: 'zero-loss' } : {});
