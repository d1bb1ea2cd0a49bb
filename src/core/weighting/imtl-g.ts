/** IMTL-G: the combination whose projections on all task gradients are equal. Liu et al., ICLR 2021, equation 3. */
import { gramStrategy, noteOfRank } from './gram-strategy';
import { ones, sum } from './numerics';
import { diagonal, isSingular, leastSquares } from './solvers/linear-algebra';

/**
 * α ∝ G⁺ √diag G, sum 1; weights may be negative. Where the solution sums to zero (gradients that cancel) 1/T each.
 */
export const imtlG = gramStrategy({
  id: 'imtl-g', heads: 'unweighted',
  formula: () => 'L = Σᵢ αᵢ·Lᵢ,  g·gᵢ/‖gᵢ‖ = g·gⱼ/‖gⱼ‖,  Σα = 1',
  solve: (gram, _options, losses) => {
    const found = leastSquares(gram, diagonal(gram).map((square) => Math.sqrt(square)));
    const total = sum(found);
    const size = sum(found.map((value) => Math.abs(value)));
    if (Math.abs(total) <= 1e-9 * size) return { weights: ones(losses).map(() => 1 / losses.length), fallback: 'no-direction' };
    return { weights: found.map((value) => value / total), ...noteOfRank(isSingular(gram)) };
  },
});
