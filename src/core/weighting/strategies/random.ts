/**
 * Random loss weighting: new weights every step, from the run's own stream. The test of whether a clever
 * strategy is better than noise. Lin, Ye, Zhang, Tsang, TMLR 2022 (arXiv 2111.10603).
 */
import { RandomStream } from '../../random/streams';
import { weightedSum } from '../notation';
import { dot, softmax } from '../numerics';
import { AT_REST, type Strategy } from '../types';

/**
 * w = softmax(n), n_i ~ N(0, 1), drawn anew for each step; sum 1. The same seed and step give the same
 * weights.
 */
export const random: Strategy = {
  id: 'random',
  group: 'fixed',
  misleadingTotal: 'moves',
  words: {
    name: 'Random weights (RLW)',
    note: 'new ones every step; Lin 2022',
    explain:
      'Drawn from the run’s seed. A strategy that is not better than this has not shown that it does anything.',
  },
  needs: () => 'losses',
  lossFree: true,
  options: {},
  formula: () => 'L = Σᵢ wᵢ·Lᵢ,  w = softmax(n),  nᵢ ~ N(0, 1)',
  formulaWithNumbers: (losses, step) => weightedSum(losses, step.nominal, step.total),
  init: () => ({}),
  weigh: (losses, _options, _state, { seed, step } = AT_REST) => {
    const stream = new RandomStream(seed, 'strategy', 'random', step);
    const weights = softmax(losses.map(() => stream.normal()));
    return { total: dot(weights, losses), nominal: weights, effective: weights };
  },
  update: (_losses, _options, state) => state,
};
