/**
 * UW-O: uncertainty weighting at its optimum, without the inertia of learned parameters. Kirchdorfer et al.,
 * "Analytical uncertainty-based loss weighting in multi-task learning", GCPR 2024 (arXiv 2408.07985).
 */
import { weightedSum } from '../notation';
import { dot, floored, noteOfFloor } from '../numerics';
import type { Strategy } from '../types';

/**
 * w_i = 1 / sg(L_i): held constant in the backward pass, the total is always T. Losses below 1e-8 count as
 * 1e-8.
 */
export const uwO: Strategy = {
  id: 'uw-o',
  group: 'losses',
  misleadingTotal: 'constant',
  words: {
    name: 'UW-O',
    note: 'uncertainty at its optimum; Kirchdorfer 2024',
    explain:
      'What uncertainty weighting would learn if it had no inertia: 1/L, constant in the backward pass. The total is always T.',
  },
  needs: () => 'losses',
  lossFree: false,
  options: {},
  formula: () => 'L = Σᵢ wᵢ·Lᵢ,  wᵢ = 1 / sg(Lᵢ)',
  formulaWithNumbers: (losses, step) => weightedSum(losses, step.nominal, step.total),
  init: () => ({}),
  weigh: (losses) => {
    const weights = floored(losses).map((loss) => 1 / loss);
    return { total: dot(weights, losses), nominal: weights, effective: weights, ...noteOfFloor(losses) };
  },
  update: (_losses, _options, state) => state,
};
