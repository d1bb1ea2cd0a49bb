/**
 * UPGrad: each task gradient is projected onto the cone of directions that make no task worse, then all are
 * added. Quinton and Rey, "Jacobian descent for multi-objective optimization" (arXiv 2406.16232).
 */
import { gramStrategy, noteOfRank } from '../gram-strategy';
import { leastAbove } from '../solvers/dual-cone';
import { isSingular } from '../solvers/angles';
import { scaled, shifted, trace } from '../solvers/linear-algebra';

/** Makes the matrix, divided by its trace, positive definite, as in the authors' code. */
const RIDGE = 1e-4;

/** w = Σ_i argmin over v ≥ e_i/T of vᵀGv, G divided by its trace, 1e-4 added to its diagonal. */
export const upgrad = gramStrategy({
  id: 'upgrad',
  words: {
    name: 'UPGrad',
    note: 'no task is made worse; Quinton and Rey 2024',
    explain: 'Each gradient is first turned so far that it makes no task worse; then all are added.',
  },
  heads: 'unweighted',
  takesZeros: true,
  formula: () => 'L = Σᵢ wᵢ·Lᵢ,  w = Σᵢ argmin vᵀGv,  v ≥ eᵢ/T',
  solve: (gram, _options, losses) => {
    const even = shifted(scaled(gram, 1 / trace(gram)), RIDGE);
    const weights = losses.map(() => 0);
    losses.forEach((_, i) => {
      leastAbove(
        even,
        losses.map((_unused, j) => (i === j ? 1 / losses.length : 0)),
      ).forEach((value, j) => {
        weights[j]! += value;
      });
    });
    return { weights, ...noteOfRank(isSingular(gram)) };
  },
});
