/**
 * Revised homoscedastic uncertainty: one learned c_i per task, trained by its own Adam (no weight decay) on the host
 * in float64. Kendall, Gal, Cipolla 2018 as amended by Liebel and Körner 2018 (arXiv 1805.06334, equation 5).
 */
import { plain, sumOf } from './notation';
import { number } from './options';
import type { Strategy, StrategyState } from './types';

const BETA1 = 0.9;
const BETA2 = 0.999;
const EPSILON = 1e-8;
/** c is only ever divided by; below this the weight would exceed 500,000 and c could cross zero. */
const SMALLEST_C = 1e-3;

const list = (state: StrategyState, key: string): readonly number[] => state[key] as readonly number[];

/** L = Σ L_i / (2 c_i²) + ln(1 + c_i²); effective weight 1 / (2 c_i²); c starts at 1. */
export const revisedUncertainty: Strategy = {
  id: 'revised-uncertainty',
  needs: 'losses',
  lossFree: true,
  options: [{ key: 'learningRate', kind: 'number', min: 0.0001, max: 0.1, step: 0.0001, default: 0.001, live: true }],
  formula: () => 'L = Σᵢ Lᵢ / (2cᵢ²) + ln(1 + cᵢ²)',
  formulaWithNumbers: (losses, step, _options, state) => {
    const c = list(state, 'c');
    return `L = ${sumOf(losses.map((loss, i) => `${plain(loss)}/(2·${plain(c[i]!)}²) + ln(1+${plain(c[i]!)}²)`))} = ${plain(step.total)}`;
  },
  init: (taskCount) => {
    const zeros = Array.from({ length: taskCount }, () => 0);
    return { c: zeros.map(() => 1), m: zeros, v: zeros, iterations: 0, clamped: 0 };
  },
  weigh: (losses, _options, state) => {
    const c = list(state, 'c');
    const weights = c.map((value) => 1 / (2 * value * value));
    const total = losses.reduce((sum, loss, i) => sum + weights[i]! * loss + Math.log1p(c[i]! * c[i]!), 0);
    return { total, nominal: weights, effective: weights };
  },
  update: (losses, options, state) => {
    const rate = number(options, 'learningRate', 0.001);
    const t = (state['iterations'] as number) + 1;
    const c = list(state, 'c');
    const gradient = losses.map((loss, i) => -loss / c[i]! ** 3 + (2 * c[i]!) / (1 + c[i]! * c[i]!));
    const m = list(state, 'm').map((old, i) => BETA1 * old + (1 - BETA1) * gradient[i]!);
    const v = list(state, 'v').map((old, i) => BETA2 * old + (1 - BETA2) * gradient[i]! ** 2);
    const moved = c.map((old, i) =>
      old - (rate * (m[i]! / (1 - BETA1 ** t))) / (Math.sqrt(v[i]! / (1 - BETA2 ** t)) + EPSILON));
    const clamped = moved.filter((value) => value < SMALLEST_C).length;
    return {
      c: moved.map((value) => Math.max(value, SMALLEST_C)), m, v, iterations: t,
      clamped: (state['clamped'] as number) + clamped,
    };
  },
};
