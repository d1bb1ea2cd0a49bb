/**
 * MGDA: the shortest convex combination of the task gradients, a direction that makes no task worse. Sener
 * and Koltun, NeurIPS 2018 (arXiv 1810.04650); at the shared representation it is their MGDA-UB.
 */
import { choiceField } from '../../options/field';
import { gramStrategy, noteOfRank } from '../gram-strategy';
import { reader } from '../options';
import { isSingular } from '../solvers/angles';
import { minNorm } from '../solvers/min-norm';

const NORMS = ['none', 'l2', 'loss', 'loss+'] as const;

const OPTIONS = { normalisation: choiceField({ choices: NORMS, default: 'none', live: true }) };
const read = reader(OPTIONS);

/**
 * α = argmin over the simplex of ‖Σ α_i g_i/n_i‖², applied to the raw losses; n_i is 1, ‖g_i‖, L_i or
 * ‖g_i‖·L_i. Sum 1.
 */
export const mgda = gramStrategy({
  id: 'mgda',
  firstVersion: 'zeros',
  words: {
    name: 'MGDA',
    note: 'the shortest combination; Sener and Koltun 2018',
    explain:
      'The one convex combination that makes no task worse. It leans towards tasks with small gradients. At the shared representation it is the published MGDA-UB.',
    options: {
      normalisation: 'Normalise gradients',
      normalisationHint: 'For finding the weights only; they act on the raw losses.',
    },
  },
  version: 2,
  heads: 'weighted',
  options: OPTIONS,
  formula: () => 'L = Σᵢ αᵢ·Lᵢ,  α = argmin ‖Σᵢ αᵢ·gᵢ‖²,  αᵢ ≥ 0, Σα = 1',
  solve: (gram, options, losses) => {
    const kind = read(options).normalisation;
    const lengths = losses.map((loss, i) => {
      const norm = Math.sqrt(gram[i]![i]!);
      const by = kind === 'none' ? 1 : kind === 'l2' ? norm : kind === 'loss' ? loss : norm * loss;
      return by === 0 ? 1 : by;
    });
    return {
      weights: minNorm(gram.map((row, i) => row.map((value, j) => value / (lengths[i]! * lengths[j]!)))),
      ...noteOfRank(isSingular(gram)),
    };
  },
});
