/**
 * IMTL-G: the combination whose projections on all task gradients are equal. Liu et al., ICLR 2021, equation
 * 3.
 */
import { gramStrategy, noteOfRank } from '../gram-strategy';
import { ones, sum } from '../numerics';
import { solveAtAnyLength, spanOf } from '../solvers/angles';
import { diagonal, times } from '../solvers/linear-algebra';

/**
 * α ∝ G⁺ √diag G, sum 1; weights may be negative. Where the solution sums to zero (gradients that cancel) 1/T
 * each.
 */
export const imtlG = gramStrategy({
  id: 'imtl-g',
  firstVersion: 'rank',
  words: {
    name: 'IMTL-G',
    note: 'equal projections; Liu 2021',
    explain:
      'The combination whose projection on every task’s direction is the same. Weights may be negative.',
  },
  version: 2,
  heads: 'unweighted',
  formula: () => 'L = Σᵢ αᵢ·Lᵢ,  g·gᵢ/‖gᵢ‖ = g·gⱼ/‖gⱼ‖,  Σα = 1',
  solve: (gram, _options, losses) => {
    const { basis, inner, singular } = spanOf(gram);
    const inBasis = solveAtAnyLength(
      inner,
      times(
        basis,
        diagonal(gram).map((square) => Math.sqrt(square)),
      ),
    );
    const found = losses.map((_, i) => sum(inBasis.map((value, k) => value * basis[k]![i]!)));
    const total = sum(found);
    const size = sum(found.map((value) => Math.abs(value)));
    if (Math.abs(total) <= 1e-9 * size)
      return { weights: ones(losses).map(() => 1 / losses.length), fallback: 'no-direction' };
    return { weights: found.map((value) => value / total), ...noteOfRank(singular) };
  },
});
