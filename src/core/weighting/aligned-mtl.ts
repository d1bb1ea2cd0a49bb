/** Aligned-MTL: the task gradients are made orthogonal and equally long before they are added. Senushkin et al., CVPR 2023 (arXiv 2305.19000). */
import { gramStrategy, noteOfRank } from './gram-strategy';
import { dot, ones, sum } from './numerics';
import { choice } from './options';
import { eigen, RANK_TOLERANCE } from './solvers/linear-algebra';

const REDUCTIONS = ['sum', 'mean'] as const;
const SCALES = ['min', 'median', 'rmse'] as const;

/** The lower middle of an even number of values, as PyTorch has it. */
const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[Math.floor((values.length - 1) / 2)]!;

/** α = √λ_min V Λ^(−1/2) Vᵀ 1 with G = V Λ Vᵀ; eigenvalues below 1e-7 of the largest are left out. `mean` divides by T. In place of λ_min the authors' code also takes the median or the mean. */
export const alignedMtl = gramStrategy({
  id: 'aligned-mtl', heads: 'unweighted',
  options: [{ key: 'reduction', kind: 'choice', choices: REDUCTIONS, default: 'sum', live: true }, { key: 'scale', kind: 'choice', choices: SCALES, default: 'min', live: true }],
  formula: (options) => `L = Σᵢ αᵢ·Lᵢ,  α = √${{ min: 'λₘᵢₙ', median: 'median(λ)', rmse: 'mean(λ)' }[choice(options, 'scale', SCALES)]}·V·Λ^(−1/2)·Vᵀ·1,  G = V·Λ·Vᵀ`,
  solve: (gram, options, losses) => {
    const { values, vectors } = eigen(gram);
    const least = RANK_TOLERANCE * Math.max(...values);
    const kept = values.map((value) => value > least);
    const taken = values.filter((_, k) => kept[k]);
    const scale = choice(options, 'scale', SCALES);
    const common = scale === 'min' ? Math.min(...taken) : scale === 'median' ? median(taken) : sum(taken) / taken.length;
    const by = choice(options, 'reduction', REDUCTIONS) === 'mean' ? losses.length : 1;
    const weights = losses.map((_, i) => vectors.reduce((total, vector, k) =>
      (kept[k] ? total + Math.sqrt(common / values[k]!) * vector[i]! * dot(vector, ones(vector)) : total), 0) / by);
    return { weights, ...noteOfRank(kept.includes(false)) };
  },
});
