/** Nash-MTL: the tasks bargain; the direction maximises the product of their gains. Navon et al., ICML 2022 (arXiv 2202.01017). */
import { gramStrategy, noteOfRank } from './gram-strategy';
import { equilibrium } from './solvers/equilibrium';
import { frobenius, scaled } from './solvers/linear-algebra';

/** α > 0 with G α = 1/α, G divided by its Frobenius norm as in the authors' code. A singular G gets a ridge first. */
export const nashMtl = gramStrategy({
  id: 'nash-mtl', heads: 'weighted',
  formula: () => 'L = Σᵢ αᵢ·Lᵢ,  (Gα)ᵢ = 1/αᵢ,  Gᵢⱼ = gᵢ·gⱼ / ‖G‖',
  solve: (gram) => {
    const { weights, ridged } = equilibrium(scaled(gram, 1 / frobenius(gram)), 1);
    return { weights, ...noteOfRank(ridged) };
  },
});
