/**
 * Homoscedastic uncertainty: one learned s_i = ln σ_i² per task. Kendall, Gal, Cipolla, CVPR 2018 (arXiv
 * 1705.07115), in the three forms that are in use: for regression, for classification, and as in the authors'
 * notebook.
 */
import { choiceField, numberField } from '../../options/field';
import { learn, listOf, startLearning } from '../learned';
import { plain, sumOf } from '../notation';
import { dot, sum } from '../numerics';
import { LEARNING_RATE, learningRate, reader } from '../options';
import type { Strategy, StrategyOptions, StrategyState } from '../types';

const FORMS = ['classification', 'regression', 'notebook'] as const;
/** weight = factor·e^{-s}, total = Σ weight·L + penalty·s. */
const SHAPE = {
  classification: { factor: 1, penalty: 0.5 },
  regression: { factor: 0.5, penalty: 0.5 },
  notebook: { factor: 1, penalty: 1 },
} as const;
const FORMULA = {
  classification: 'L = Σᵢ e^(−sᵢ)·Lᵢ + sᵢ/2,  sᵢ = ln σᵢ²',
  regression: 'L = Σᵢ e^(−sᵢ)·Lᵢ/2 + sᵢ/2,  sᵢ = ln σᵢ²',
  notebook: 'L = Σᵢ e^(−sᵢ)·Lᵢ + sᵢ,  sᵢ = ln σᵢ²',
} as const;
/** s stays within ±ln 10⁶: a task whose loss is 0 would otherwise raise its weight without end. */
const LIMIT = Math.log(1e6);

const OPTIONS = {
  form: choiceField({ choices: FORMS, default: 'classification', live: true }),
  learningRate: LEARNING_RATE,
  initial: numberField({ min: -3, max: 3, step: 0.1, default: 0 }),
};
const read = reader(OPTIONS);

const shapeOf = (options: StrategyOptions) => SHAPE[read(options).form];
const bounded = (s: number): number => (s > LIMIT ? LIMIT : s < -LIMIT ? -LIMIT : s);

/** Effective weight e^{-s} or half of it; s starts at 0 and comes to rest at ln L, ln 2L (classification). */
export const kendallUncertainty: Strategy = {
  id: 'kendall-uncertainty',
  group: 'learned',
  misleadingTotal: 'falls',
  words: {
    name: 'Uncertainty',
    note: 'Kendall, Gal, Cipolla 2018',
    explain:
      'One learned sᵢ per task, the logarithm of its noise: a noisy task lowers its own weight. At rest the weights are 1/L or half of it, but they get there slowly.',
    options: {
      form: 'Form',
      formHint: 'Three forms are in use under this name; they differ in factors of two.',
      learningRate: 'Learning rate of the weights',
      learningRateHint: 'Of the Adam that moves the sᵢ.',
      initial: 'Initial s',
    },
  },
  needs: () => 'losses',
  lossFree: true,
  options: OPTIONS,
  formula: (options) => FORMULA[read(options).form],
  formulaWithNumbers: (losses, step, options) => {
    const { factor, penalty } = shapeOf(options);
    return `L = ${sumOf(
      losses.map((loss, i) => {
        const s = -Math.log(step.nominal[i]! / factor);
        return `${plain(step.nominal[i]!)}·${plain(loss)} + ${penalty === 1 ? '' : `${plain(penalty)}·`}(${plain(s)})`;
      }),
    )} = ${plain(step.total)}`;
  },
  init: (taskCount, options) =>
    startLearning(
      's',
      Array.from({ length: taskCount }, () => read(options).initial),
    ),
  weigh: (losses, options, state) => {
    const { factor, penalty } = shapeOf(options);
    const s = listOf(state, 's');
    const weights = s.map((value) => factor * Math.exp(-value));
    return {
      total: dot(weights, losses) + penalty * sum(s),
      nominal: weights,
      effective: weights,
      ...(s.some((value) => Math.abs(value) >= LIMIT) ? { fallback: 'weights-clamped' as const } : {}),
    };
  },
  update: (losses, options, state): StrategyState => {
    const { factor, penalty } = shapeOf(options);
    const gradient = listOf(state, 's').map((s, i) => penalty - factor * Math.exp(-s) * losses[i]!);
    const moved = learn(state, 's', gradient, learningRate(options));
    return { ...moved, s: listOf(moved, 's').map(bounded) };
  },
};
