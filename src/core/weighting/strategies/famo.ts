/**
 * FAMO: fast adaptive multitask optimisation. All losses are to fall at the same rate; whether they did is
 * seen by a second forward pass on the same batch, with the same masks, after the step. Liu, Feng, Stone,
 * Liu, NeurIPS 2023 (arXiv 2306.03792).
 */
import { numberField, perTaskField } from '../../options/field';
import { learn, listOf, startLearning } from '../learned';
import { derivative, plain, sumOf } from '../notation';
import { dot, LEAST_LOSS, noteOfFloor, softmax, sum } from '../numerics';
import { reader } from '../options';
import { AT_REST, type Strategy, type StrategyOptions } from '../types';

const OPTIONS = {
  learningRate: numberField({ min: 0.001, max: 0.5, step: 0.001, default: 0.025, live: true }),
  minimum: perTaskField({ min: 0, max: 3, step: 0.01, default: 0, live: true }),
  decay: numberField({ min: 0, max: 0.1, step: 0.001, default: 0.001, live: true }),
};
const read = reader(OPTIONS);

/** The losses above their known minima; the published code adds 1e-8. */
const above = (losses: readonly number[], options: StrategyOptions): number[] => {
  const least = read(options, losses.length).minimum;
  return losses.map((loss, i) => Math.max(0, loss - least[i]!) + LEAST_LOSS);
};

/**
 * z = softmax(w), c = sg(Σ z_i / D_i), D_i = L_i − b_i + 1e-8 with b_i the least loss that is known, 0 unless
 * set; L = Σ (z_i / c) ln D_i; effective weight (z_i / D_i) / c, sum 1. After the step δ_i = ln D_i(before) −
 * ln D_i(after) and w moves by Adam along J_softmaxᵀ δ + decay·w.
 */
export const famo: Strategy = {
  id: 'famo',
  group: 'losses',
  misleadingTotal: 'logarithms',
  words: {
    name: 'FAMO',
    note: 'all losses fall at one rate; Liu 2023',
    explain:
      'Looks at the same batch again after the step and shifts weight to the tasks that improved least: one forward pass more.',
    options: {
      learningRate: 'Learning rate of the weights',
      learningRateHint: 'Of the Adam that moves w.',
      decay: 'Weight decay of w',
      decayHint: 'Published codes use 0.01, 0.001 or 0.00001.',
      minimum: 'Least loss',
      minimumOf: 'Least loss known, {{task}}',
    },
  },
  needs: () => 'losses',
  lossFree: false,
  looksAgain: true,
  options: OPTIONS,
  formula: () =>
    'L = (1/c) Σᵢ zᵢ·ln Dᵢ,  Dᵢ = Lᵢ − bᵢ,  z = softmax(w),  c = sg(Σᵢ zᵢ/Dᵢ),  ∂L/∂Lᵢ = zᵢ / (c·Dᵢ)',
  formulaWithNumbers: (losses, step, options) => {
    const d = above(losses, options);
    const c = dot(
      step.nominal,
      d.map((one) => 1 / one),
    );
    return `L = (${sumOf(d.map((loss, i) => `${plain(step.nominal[i]!)}·ln ${plain(loss)}`))}) / ${plain(c)} = ${plain(step.total)}${derivative(step.effective)}`;
  },
  init: (taskCount) =>
    startLearning(
      'w',
      Array.from({ length: taskCount }, () => 0),
    ),
  weigh: (losses, options, state) => {
    const d = above(losses, options);
    const z = softmax(listOf(state, 'w'));
    const rates = z.map((share, i) => share / d[i]!);
    const c = sum(rates);
    return {
      total: sum(z.map((share, i) => share * Math.log(d[i]!))) / c,
      nominal: z,
      effective: rates.map((rate) => rate / c),
      ...noteOfFloor(d, 2 * LEAST_LOSS),
    };
  },
  update: (losses, options, state, { after } = AT_REST) => {
    if (!after) return state;
    const [before, now] = [above(losses, options), above(after, options)];
    const delta = before.map((d, i) => Math.log(d) - Math.log(now[i]!));
    const w = listOf(state, 'w');
    const z = softmax(w);
    const common = dot(z, delta);
    const decay = read(options).decay;
    return learn(
      state,
      'w',
      z.map((share, i) => share * (delta[i]! - common) + decay * w[i]!),
      read(options).learningRate,
    );
  },
};
