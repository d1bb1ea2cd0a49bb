/**
 * Revised homoscedastic uncertainty: one learned c_i per task, trained by its own Adam (no weight decay) on
 * the host in float64. Kendall, Gal, Cipolla 2018 as amended by Liebel and Körner 2018 (arXiv 1805.06334,
 * equation 5).
 */
import { learn, listOf, numberOf, startLearning } from '../learned';
import { plain, sumOf } from '../notation';
import { learningRate, LEARNING_RATE } from '../options';
import type { Strategy } from '../types';

/** c is only ever divided by; below this the weight would exceed 500,000 and c could cross zero. */
const SMALLEST_C = 1e-3;

/** L = Σ L_i / (2 c_i²) + ln(1 + c_i²); effective weight 1 / (2 c_i²); c starts at 1. */
export const revisedUncertainty: Strategy = {
  id: 'revised-uncertainty',
  group: 'learned',
  misleadingTotal: 'falls',
  words: {
    name: 'Revised uncertainty',
    note: 'Kendall 2018, as amended by Liebel and Körner 2018',
    explain:
      'One learned cᵢ per task, trained along: a noisy task lowers its own weight, the logarithm keeps it from vanishing.',
    options: {
      learningRate: 'Learning rate of c',
      learningRateHint: 'Of the Adam that moves the cᵢ.',
    },
  },
  needs: () => 'losses',
  lossFree: true,
  options: { learningRate: LEARNING_RATE },
  formula: () => 'L = Σᵢ Lᵢ / (2cᵢ²) + ln(1 + cᵢ²)',
  formulaWithNumbers: (losses, step) => {
    const c = step.nominal.map((weight) => Math.sqrt(1 / (2 * weight)));
    return `L = ${sumOf(losses.map((loss, i) => `${plain(loss)}/(2·${plain(c[i]!)}²) + ln(1+${plain(c[i]!)}²)`))} = ${plain(step.total)}`;
  },
  init: (taskCount) => ({
    ...startLearning(
      'c',
      Array.from({ length: taskCount }, () => 1),
    ),
    clamped: 0,
  }),
  weigh: (losses, _options, state) => {
    const c = listOf(state, 'c');
    const weights = c.map((value) => 1 / (2 * value * value));
    const total = losses.reduce((sum, loss, i) => sum + weights[i]! * loss + Math.log1p(c[i]! * c[i]!), 0);
    return {
      total,
      nominal: weights,
      effective: weights,
      ...(c.some((value) => value <= SMALLEST_C) ? { fallback: 'weights-clamped' as const } : {}),
    };
  },
  update: (losses, options, state) => {
    const c = listOf(state, 'c');
    const gradient = losses.map((loss, i) => -loss / c[i]! ** 3 + (2 * c[i]!) / (1 + c[i]! * c[i]!));
    const moved = learn(state, 'c', gradient, learningRate(options));
    const values = listOf(moved, 'c');
    return {
      ...moved,
      c: values.map((value) => Math.max(value, SMALLEST_C)),
      clamped: numberOf(state, 'clamped') + values.filter((value) => value < SMALLEST_C).length,
    };
  },
};
