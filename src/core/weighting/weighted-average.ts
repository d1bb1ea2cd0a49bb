/**
 * Weighted average by loss share, the paper's best strategy, in both forms: with the shares held constant in the
 * backward pass (detached), and differentiated through as in the first author's source, where an easy task's
 * effective weight turns negative.
 */
import { plain, sumOf } from './notation';
import { flag } from './options';
import type { Strategy } from './types';

/**
 * L = Σ p_i L_i with p_i = L_i / Σ_j L_j. Effective weight p_i when detached, else dL/dL_i = 2 p_i − Σ_j p_j².
 * All losses zero: p_i = 1/T, by continuity along equal losses.
 */
export const weightedAverage: Strategy = {
  id: 'weighted-average',
  needs: 'losses',
  lossFree: false,
  options: [{ key: 'detached', kind: 'boolean', default: false, live: true }],
  formula: (options) => flag(options, 'detached', false)
    ? 'L = Σᵢ sg(pᵢ)·Lᵢ,  pᵢ = Lᵢ / Σⱼ Lⱼ,  ∂L/∂Lᵢ = pᵢ'
    : 'L = Σᵢ pᵢ·Lᵢ,  pᵢ = Lᵢ / Σⱼ Lⱼ,  ∂L/∂Lᵢ = 2pᵢ − Σⱼ pⱼ²',
  formulaWithNumbers: (losses, step) =>
    `L = ${sumOf(losses.map((loss, i) => `${plain(step.nominal[i]!)}·${plain(loss)}`))} = ${plain(step.total)}`
    + `;  ∂L/∂Lᵢ = (${step.effective.map((w) => plain(w)).join(', ')})`,
  init: () => ({}),
  weigh: (losses, options) => {
    const sum = losses.reduce((total, loss) => total + loss, 0);
    const shares = losses.map((loss) => (sum > 0 ? loss / sum : 1 / losses.length));
    const total = losses.reduce((acc, loss, i) => acc + shares[i]! * loss, 0);
    if (flag(options, 'detached', false)) return { total, nominal: shares, effective: shares };
    const squares = shares.reduce((acc, p) => acc + p * p, 0);
    return { total, nominal: shares, effective: shares.map((p) => 2 * p - squares) };
  },
  update: (_losses, _options, state) => state,
};
