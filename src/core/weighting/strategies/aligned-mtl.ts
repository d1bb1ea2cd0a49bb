/**
 * Aligned-MTL: the task gradients are made orthogonal and equally long before they are added. Senushkin et
 * al., CVPR 2023 (arXiv 2305.19000).
 */
import { choiceField } from '../../options/field';
import { gramStrategy, noteOfRank } from '../gram-strategy';
import { sum } from '../numerics';
import { reader } from '../options';
import { spanOf } from '../solvers/angles';
import { eigen, type Vector } from '../solvers/linear-algebra';

const REDUCTIONS = ['sum', 'mean'] as const;
const SCALES = ['min', 'median', 'rmse'] as const;

/** The lower middle of an even number of values, as PyTorch has it. */
const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor((values.length - 1) / 2)]!;

const OPTIONS = {
  reduction: choiceField({ choices: REDUCTIONS, default: 'sum', live: true }),
  scale: choiceField({ choices: SCALES, default: 'min', live: true }),
};
const read = reader(OPTIONS);

/**
 * α = √λ_min V Λ^(−1/2) Vᵀ 1 with G = V Λ Vᵀ; combinations of gradients that cancel are left out. `mean`
 * divides by T. In place of λ_min the authors' code also takes the median or the mean.
 */
export const alignedMtl = gramStrategy({
  id: 'aligned-mtl',
  firstVersion: 'rank',
  words: {
    name: 'Aligned-MTL',
    note: 'orthogonal gradients; Senushkin 2023',
    explain:
      'Makes the gradients orthogonal and equally long before adding them, at the length of the weakest direction.',
    options: {
      reduction: 'Reduction',
      scale: 'Length',
      scaleHint: 'Of the principal directions, whose lengths become equal. Published: the weakest.',
    },
  },
  version: 2,
  heads: 'unweighted',
  isMean: (options) => read(options).reduction === 'mean',
  options: OPTIONS,
  formula: (options) =>
    `L = Σᵢ αᵢ·Lᵢ,  α = √${{ min: 'λₘᵢₙ', median: 'median(λ)', rmse: 'mean(λ)' }[read(options).scale]}·V·Λ^(−1/2)·Vᵀ·1,  G = V·Λ·Vᵀ`,
  solve: (gram, options, losses) => {
    const { basis, inner, singular } = spanOf(gram);
    const { values, vectors } = eigen(inner);
    const scale = read(options).scale;
    const common =
      scale === 'min'
        ? Math.min(...values)
        : scale === 'median'
          ? median(values)
          : sum(values) / values.length;
    const by = read(options).reduction === 'mean' ? losses.length : 1;
    const principal: readonly Vector[] = singular
      ? vectors.map((vector) => losses.map((_, i) => sum(vector.map((value, k) => value * basis[k]![i]!))))
      : vectors;
    const along = principal.map((vector) => sum(vector));
    const weights = losses.map(
      (_, i) =>
        sum(principal.map((vector, k) => Math.sqrt(common / values[k]!) * vector[i]! * along[k]!)) / by,
    );
    return { weights, ...noteOfRank(singular) };
  },
});
