/** Unweighted sum: every task counts as its loss counts. The baseline of the paper and of this workbench. */
import { plain, sumOf } from '../notation';
import { ones, sum } from '../numerics';
import type { Strategy } from '../types';

/** L = Σ L_i; effective weight 1. Reference: the paper's option a. */
export const unweightedSum: Strategy = {
  id: 'unweighted-sum',
  group: 'fixed',
  misleadingTotal: null,
  words: {
    name: 'Unweighted sum',
    note: 'every task with weight 1; the baseline',
    explain: 'Every loss enters as it is. The task with the largest gradients dominates the shared layers.',
  },
  needs: () => 'losses',
  lossFree: true,
  baseline: true,
  options: {},
  formula: () => 'L = Σᵢ Lᵢ',
  formulaWithNumbers: (losses, step) =>
    `L = ${sumOf(losses.map((loss) => plain(loss)))} = ${plain(step.total)}`,
  init: () => ({}),
  weigh: (losses) => ({ total: sum(losses), nominal: ones(losses), effective: ones(losses) }),
  update: (_losses, _options, state) => state,
};
