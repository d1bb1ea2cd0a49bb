/**
 * FairGrad: α-fair shares of the progress, between the sum (α small) and the worst-off task (α large). Ban
 * and Ji, ICML 2024 (arXiv 2402.15638).
 */
import { numberField } from '../../options/field';
import { gramStrategy, noteOfRank } from '../gram-strategy';
import { reader } from '../options';
import { equilibrium } from '../solvers/equilibrium';

const OPTIONS = { alpha: numberField({ min: 0.1, max: 10, step: 0.1, default: 1, live: true }) };
const read = reader(OPTIONS);

/** w > 0 with G w = w^(−1/α); α = 1 is Nash-MTL. Dependent gradients get a ridge first. */
export const fairgrad = gramStrategy({
  id: 'fairgrad',
  firstVersion: 'rank',
  words: {
    name: 'FairGrad',
    note: 'α-fair progress; Ban and Ji 2024',
    explain: 'Between the sum (α near 0) and the worst-off task (α large). α = 1 is Nash-MTL.',
    options: {
      alpha: 'Fairness α',
    },
  },
  version: 2,
  heads: 'weighted',
  options: OPTIONS,
  formula: () => 'L = Σᵢ wᵢ·Lᵢ,  (Gw)ᵢ = wᵢ^(−1/α),  Gᵢⱼ = gᵢ·gⱼ',
  solve: (gram, options) => {
    const { weights, ridged } = equilibrium(gram, read(options).alpha);
    return { weights, ...noteOfRank(ridged) };
  },
});
