/**
 * Weighted average by loss share, the paper's best strategy, in both forms: with the shares held constant in
 * the backward pass (detached), and differentiated through as in the first author's source, where an easy
 * task's effective weight turns negative.
 */
import { booleanField } from '../../options/field';
import { derivative, weightedSum } from '../notation';
import { dot, sum } from '../numerics';
import { reader } from '../options';
import type { Strategy } from '../types';

const OPTIONS = { detached: booleanField({ default: false, live: true }) };
const read = reader(OPTIONS);

/**
 * L = Σ p_i L_i with p_i = L_i / Σ_j L_j. Effective weight p_i when detached, else dL/dL_i = 2 p_i − Σ_j
 * p_j². All losses zero: p_i = 1/T, by continuity along equal losses.
 */
export const weightedAverage: Strategy = {
  id: 'weighted-average',
  group: 'losses',
  misleadingTotal: null,
  words: {
    name: 'Weighted average',
    note: 'by share of the loss; the paper’s best',
    explain:
      'A task weighs as much as its share of all losses. Differentiated through, as in the authors’ source, an easy task’s effective weight falls below zero.',
    options: {
      detached: 'Detach the shares',
      detachedHint: 'Hold pᵢ constant in the backward pass: effective = nominal.',
    },
  },
  needs: () => 'losses',
  lossFree: false,
  turns: (options) => !read(options).detached,
  options: OPTIONS,
  formula: (options) =>
    read(options).detached
      ? 'L = Σᵢ sg(pᵢ)·Lᵢ,  pᵢ = Lᵢ / Σⱼ Lⱼ,  ∂L/∂Lᵢ = pᵢ'
      : 'L = Σᵢ pᵢ·Lᵢ,  pᵢ = Lᵢ / Σⱼ Lⱼ,  ∂L/∂Lᵢ = 2pᵢ − Σⱼ pⱼ²',
  formulaWithNumbers: (losses, step) =>
    weightedSum(losses, step.nominal, step.total) + derivative(step.effective),
  init: () => ({}),
  weigh: (losses, options) => {
    const all = sum(losses);
    const shares = losses.map((loss) => (all === 0 ? 1 / losses.length : loss / all));
    const step = {
      total: dot(shares, losses),
      nominal: shares,
      ...(all === 0 ? { fallback: 'zero-loss' as const } : {}),
    };
    if (read(options).detached) return { ...step, effective: shares };
    const squares = dot(shares, shares);
    return { ...step, effective: shares.map((p) => 2 * p - squares) };
  },
  update: (_losses, _options, state) => state,
};
