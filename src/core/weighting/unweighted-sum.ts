/** Unweighted sum: every task counts as its loss counts. The baseline of the paper and of this workbench. */
import { plain, sumOf } from './notation';
import type { Strategy } from './types';

/** L = Σ L_i; effective weight 1. Reference: the paper's option a. */
export const unweightedSum: Strategy = {
  id: 'unweighted-sum',
  needs: 'losses',
  lossFree: true,
  options: [],
  formula: () => 'L = Σᵢ Lᵢ',
  formulaWithNumbers: (losses, step) => `L = ${sumOf(losses.map((loss) => plain(loss)))} = ${plain(step.total)}`,
  init: () => ({}),
  weigh: (losses) => {
    const ones = losses.map(() => 1);
    return { total: losses.reduce((sum, loss) => sum + loss, 0), nominal: ones, effective: ones };
  },
  update: (_losses, _options, state) => state,
};
