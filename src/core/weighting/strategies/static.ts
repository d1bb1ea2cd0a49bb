/** Static weights: hand-set, one per task, and they may be moved while training runs. */
import { perTaskField } from '../../options/field';
import { weightedSum } from '../notation';
import { dot } from '../numerics';
import { reader } from '../options';
import type { Strategy } from '../types';

const OPTIONS = { weights: perTaskField({ min: 0, max: 5, step: 0.05, default: 1, live: true }) };
const read = reader(OPTIONS);

/** L = Σ w_i L_i; effective weight w_i. */
export const staticWeights: Strategy = {
  id: 'static',
  group: 'fixed',
  misleadingTotal: null,
  words: {
    name: 'Static weights',
    note: 'set by hand, also while training runs',
    explain: 'Hand-set factors. Move a slider and watch what gives.',
    options: {
      weights: 'Weights',
    },
  },
  needs: () => 'losses',
  lossFree: true,
  options: OPTIONS,
  formula: () => 'L = Σᵢ wᵢ·Lᵢ',
  formulaWithNumbers: (losses, step) => weightedSum(losses, step.nominal, step.total),
  init: () => ({}),
  weigh: (losses, options) => {
    const weights = read(options, losses.length).weights;
    return { total: dot(weights, losses), nominal: weights, effective: weights };
  },
  update: (_losses, _options, state) => state,
};
