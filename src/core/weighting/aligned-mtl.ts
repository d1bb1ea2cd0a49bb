/** Aligned-MTL: the task gradients are made orthogonal and equally long before they are added. Senushkin et al., CVPR 2023 (arXiv 2305.19000). */
import { gramStrategy, noteOfRank } from './gram-strategy';
import { dot, ones } from './numerics';
import { choice } from './options';
import { eigen, RANK_TOLERANCE } from './solvers/linear-algebra';

const REDUCTIONS = ['sum', 'mean'] as const;

/** α = √λ_min V Λ^(−1/2) Vᵀ 1 with G = V Λ Vᵀ; eigenvalues below 1e-7 of the largest are left out. `mean` divides by T. */
export const alignedMtl = gramStrategy({
  id: 'aligned-mtl', heads: 'unweighted',
  options: [{ key: 'reduction', kind: 'choice', choices: REDUCTIONS, default: 'sum', live: true }],
  formula: () => 'L = Σᵢ αᵢ·Lᵢ,  α = √λₘᵢₙ·V·Λ^(−1/2)·Vᵀ·1,  G = V·Λ·Vᵀ',
  solve: (gram, options, losses) => {
    const { values, vectors } = eigen(gram);
    const least = RANK_TOLERANCE * Math.max(...values);
    const kept = values.map((value) => value > least);
    const smallest = Math.min(...values.filter((_, k) => kept[k]));
    const by = choice(options, 'reduction', REDUCTIONS) === 'mean' ? losses.length : 1;
    const weights = losses.map((_, i) => vectors.reduce((total, vector, k) =>
      (kept[k] ? total + Math.sqrt(smallest / values[k]!) * vector[i]! * dot(vector, ones(vector)) : total), 0) / by);
    return { weights, ...noteOfRank(kept.includes(false)) };
  },
});
