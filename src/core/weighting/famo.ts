/**
 * FAMO: fast adaptive multitask optimisation. All losses are to fall at the same rate; whether they did is seen by a second
 * forward pass on the same batch, with the same masks, after the step. Liu, Feng, Stone, Liu, NeurIPS 2023 (arXiv 2306.03792).
 */
import { learn, listOf, startLearning } from './learned';
import { derivative, plain, sumOf } from './notation';
import { dot, LEAST_LOSS, noteOfFloor, softmax, sum } from './numerics';
import { number } from './options';
import { AT_REST, type Strategy } from './types';

/** The loss above its known minimum, which is 0 here; the published code adds 1e-8. */
const above = (losses: readonly number[]): number[] => losses.map((loss) => loss + LEAST_LOSS);

/**
 * z = softmax(w), c = sg(Σ z_i / D_i), D_i = L_i + 1e-8, L = Σ (z_i / c) ln D_i; effective weight (z_i / D_i) / c, sum 1.
 * After the step δ_i = ln D_i(before) − ln D_i(after) and w moves by Adam along J_softmaxᵀ δ + decay·w.
 */
export const famo: Strategy = {
  id: 'famo',
  needs: () => 'losses',
  lossFree: false,
  looksAgain: true,
  options: [
    { key: 'learningRate', kind: 'number', min: 0.001, max: 0.5, step: 0.001, default: 0.025, live: true },
    { key: 'decay', kind: 'number', min: 0, max: 0.1, step: 0.001, default: 0.001, live: true },
  ],
  formula: () => 'L = (1/c) Σᵢ zᵢ·ln Lᵢ,  z = softmax(w),  c = sg(Σᵢ zᵢ/Lᵢ),  ∂L/∂Lᵢ = zᵢ / (c·Lᵢ)',
  formulaWithNumbers: (losses, step) => {
    const c = dot(step.nominal, above(losses).map((d) => 1 / d));
    return `L = (${sumOf(losses.map((loss, i) => `${plain(step.nominal[i]!)}·ln ${plain(loss)}`))}) / ${plain(c)} = ${plain(step.total)}${derivative(step.effective)}`;
  },
  init: (taskCount) => startLearning('w', Array.from({ length: taskCount }, () => 0)),
  weigh: (losses, _options, state) => {
    const d = above(losses);
    const z = softmax(listOf(state, 'w'));
    const rates = z.map((share, i) => share / d[i]!);
    const c = sum(rates);
    return { total: sum(z.map((share, i) => share * Math.log(d[i]!))) / c, nominal: z, effective: rates.map((rate) => rate / c), ...noteOfFloor(losses) };
  },
  update: (losses, options, state, { after } = AT_REST) => {
    if (!after) return state;
    const [before, now] = [above(losses), above(after)];
    const delta = before.map((d, i) => Math.log(d) - Math.log(now[i]!));
    const w = listOf(state, 'w');
    const z = softmax(w);
    const common = dot(z, delta);
    const decay = number(options, 'decay', 0.001);
    return learn(state, 'w', z.map((share, i) => share * (delta[i]! - common) + decay * w[i]!), number(options, 'learningRate', 0.025));
  },
};
