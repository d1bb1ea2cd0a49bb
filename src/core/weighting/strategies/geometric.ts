/**
 * Geometric mean of the losses. Chennupati, Sistu, Yogamani, Rawashdeh, CVPR Workshops 2019 (arXiv
 * 1904.08492).
 */
import { derivative, plain } from '../notation';
import { floored, noteOfFloor, sum } from '../numerics';
import type { Strategy } from '../types';

/**
 * L = (Π L_i)^(1/T), as exp of the mean logarithm; effective weight L / (T L_i). Losses below 1e-8 count as
 * 1e-8.
 */
export const geometric: Strategy = {
  id: 'geometric',
  group: 'losses',
  misleadingTotal: 'logarithms',
  words: {
    name: 'Geometric mean (GLS)',
    note: 'Chennupati 2019',
    explain:
      'Scale-invariant as the logarithm, but shrinking with the losses: the weights fall as the run gets better.',
  },
  needs: () => 'losses',
  lossFree: false,
  options: {},
  formula: () => 'L = (Πᵢ Lᵢ)^(1/T),  ∂L/∂Lᵢ = L / (T·Lᵢ)',
  formulaWithNumbers: (losses, step) =>
    `L = (${losses.map((loss) => plain(loss)).join(' · ')})^(1/${losses.length}) = ${plain(step.total)}${derivative(step.effective)}`,
  init: () => ({}),
  weigh: (losses) => {
    const safe = floored(losses);
    const total = Math.exp(sum(safe.map((loss) => Math.log(loss))) / losses.length);
    return {
      total,
      nominal: losses.map(() => 1 / losses.length),
      effective: safe.map((loss) => total / (losses.length * loss)),
      ...noteOfFloor(losses),
    };
  },
  update: (_losses, _options, state) => state,
};
