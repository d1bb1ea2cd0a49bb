/** Mean of the losses: the unweighted sum at a learning rate T times smaller, and nothing else. */
import { weightedSum } from '../notation';
import { sum } from '../numerics';
import type { Strategy } from '../types';

/** L = (1/T) Σ L_i; effective weight 1/T. */
export const mean: Strategy = {
  id: 'mean',
  group: 'fixed',
  misleadingTotal: null,
  words: {
    name: 'Mean',
    note: 'every task with weight 1/T',
    explain:
      'The unweighted sum, a third as long: with Adam nearly the same run, with other optimisers a smaller learning rate.',
  },
  needs: () => 'losses',
  lossFree: true,
  options: {},
  formula: () => 'L = (1/T) Σᵢ Lᵢ',
  formulaWithNumbers: (losses, step) => weightedSum(losses, step.nominal, step.total),
  init: () => ({}),
  weigh: (losses) => {
    const weights = losses.map(() => 1 / losses.length);
    return { total: sum(losses) / losses.length, nominal: weights, effective: weights };
  },
  update: (_losses, _options, state) => state,
};
