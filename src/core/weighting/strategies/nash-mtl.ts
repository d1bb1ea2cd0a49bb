/**
 * Nash-MTL: the tasks bargain; the direction maximises the product of their gains. Navon et al., ICML 2022
 * (arXiv 2202.01017).
 */
import { numberField } from '../../options/field';
import { gramStrategy, noteOfRank } from '../gram-strategy';
import { listOf, numberOf } from '../learned';
import { reader } from '../options';
import { equilibrium } from '../solvers/equilibrium';
import { quadratic } from '../solvers/linear-algebra';
import type { Strategy } from '../types';

const OPTIONS = {
  every: numberField({ min: 1, max: 100, step: 1, default: 1, live: true }),
  maxNorm: numberField({ min: 0, max: 100, step: 0.1, default: 0, live: true }),
};
const read = reader(OPTIONS);

const base = gramStrategy({
  id: 'nash-mtl',
  firstVersion: 'scale',
  words: {
    name: 'Nash-MTL',
    note: 'Nash bargaining; Navon 2022',
    explain: 'The tasks bargain for the direction; the product of their gains is as large as can be.',
    options: {
      every: 'Bargain every … steps',
      everyHint: 'Published: 1. In between the weights stay.',
      maxNorm: 'Longest shared gradient',
      maxNormHint:
        'The authors clip at 1. 0: no clipping. At the representation the length is the one there.',
    },
  },
  version: 2,
  heads: 'weighted',
  options: OPTIONS,
  formula: () => 'L = Σᵢ αᵢ·Lᵢ,  (Gα)ᵢ = 1/αᵢ,  Gᵢⱼ = gᵢ·gⱼ',
  solve: (gram, options, _losses, _context, state) => {
    const bargained = listOf(state, 'alpha');
    // One that had left the bargain and has a gradient again makes a new one.
    const holds =
      bargained.length > 0 &&
      bargained.every((weight) => weight > 0) &&
      numberOf(state, 'steps') % read(options).every !== 0;
    const { weights, ridged } = holds ? { weights: bargained, ridged: false } : equilibrium(gram, 1);
    const most = read(options).maxNorm;
    const length = Math.sqrt(Math.max(0, quadratic(gram, weights)));
    const clipped =
      most > 0 && length > most
        ? { weights: weights.map((weight) => (weight * most) / length), heads: weights }
        : { weights };
    return { ...clipped, ...noteOfRank(ridged) };
  },
});

/**
 * α > 0 with G α = 1/α, so that the sum of the gradients is √T long whatever they are, and gradients c times
 * as long have weights c times as small. (The authors' code divides G by its Frobenius norm for its solver
 * only; version 1 of this file left the factor in the weights.) Dependent gradients get a ridge first.
 * Between two bargains α stays. What is shared gets no longer gradient than `maxNorm` (0: as long as it is);
 * the heads do not see that.
 */
export const nashMtl: Strategy = {
  ...base,
  update: (losses, options, state, context) => {
    const moved = base.update(losses, options, state, context);
    if (!context?.gram) return moved;
    const { effective, heads = effective } = base.weigh(
      losses,
      { ...options, heads: 'weighted' },
      state,
      context,
    );
    return {
      ...moved,
      alpha: effective.map((weight, i) => (weight === 0 ? 0 : heads[i]!)),
      steps: numberOf(state, 'steps') + 1,
    };
  },
};
