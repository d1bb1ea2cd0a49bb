/**
 * IMTL-L: learned scales that bring all weighted losses to 1. Liu et al., "Towards impartial multi-task
 * learning", ICLR 2021.
 */
import { learn, listOf, startLearning } from '../learned';
import { plain, sumOf } from '../notation';
import { dot, sum } from '../numerics';
import { learningRate, LEARNING_RATE } from '../options';
import type { Strategy } from '../types';

/** s stays within ±ln 10⁶, as in kendall-uncertainty.ts. */
const LIMIT = Math.log(1e6);
const bounded = (s: number): number => (s > LIMIT ? LIMIT : s < -LIMIT ? -LIMIT : s);

/** L = Σ e^{s_i} L_i − s_i; effective weight e^{s_i}, at rest 1/L_i; s starts at 0. */
export const imtlL: Strategy = {
  id: 'imtl-l',
  group: 'learned',
  misleadingTotal: 'falls',
  words: {
    name: 'IMTL-L',
    note: 'learned scales; Liu 2021',
    explain: 'Learned factors that bring every weighted loss to 1, whatever its unit.',
    options: {
      learningRate: 'Learning rate of the weights',
      learningRateHint: 'Of the Adam that moves the sᵢ.',
    },
  },
  needs: () => 'losses',
  lossFree: true,
  options: { learningRate: LEARNING_RATE },
  formula: () => 'L = Σᵢ e^(sᵢ)·Lᵢ − sᵢ',
  formulaWithNumbers: (losses, step) =>
    `L = ${sumOf(losses.map((loss, i) => `${plain(step.nominal[i]!)}·${plain(loss)} − (${plain(Math.log(step.nominal[i]!))})`))} = ${plain(step.total)}`,
  init: (taskCount) =>
    startLearning(
      's',
      Array.from({ length: taskCount }, () => 0),
    ),
  weigh: (losses, _options, state) => {
    const s = listOf(state, 's');
    const weights = s.map((value) => Math.exp(value));
    return {
      total: dot(weights, losses) - sum(s),
      nominal: weights,
      effective: weights,
      ...(s.some((value) => Math.abs(value) >= LIMIT) ? { fallback: 'weights-clamped' as const } : {}),
    };
  },
  update: (losses, options, state) => {
    const moved = learn(
      state,
      's',
      listOf(state, 's').map((s, i) => Math.exp(s) * losses[i]! - 1),
      learningRate(options),
    );
    return { ...moved, s: listOf(moved, 's').map(bounded) };
  },
};
