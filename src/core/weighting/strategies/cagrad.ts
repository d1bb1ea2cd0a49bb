/**
 * CAGrad: near the mean gradient, the direction that helps the task most that is helped least. Liu, Liu, Jin,
 * Stone, Liu, NeurIPS 2021 (arXiv 2110.14048).
 */
import { choiceField, numberField } from '../../options/field';
import { gramStrategy } from '../gram-strategy';
import { reader } from '../options';
import { conflictAverse } from '../solvers/conflict-averse';
import { quadratic } from '../solvers/linear-algebra';

const RESCALES = ['1+c2', '1+c', 'none'] as const;

const OPTIONS = {
  c: numberField({ min: 0, max: 2, step: 0.05, default: 0.5, live: true }),
  rescale: choiceField({ choices: RESCALES, default: '1+c2', live: true }),
};
const read = reader(OPTIONS);

/**
 * d = g0 + (c‖g0‖ / ‖g_w‖) g_w, g0 the mean gradient, w = argmin over the simplex of g_w·g0 + c‖g0‖‖g_w‖;
 * divided by 1 + c² as in the authors' code. Where g_w is zero (no direction helps all) d = g0. The authors'
 * code can also divide by 1 + c, or not at all.
 */
export const cagrad = gramStrategy({
  id: 'cagrad',
  firstVersion: 'zeros',
  words: {
    name: 'CAGrad',
    note: 'conflict-averse; Liu 2021',
    explain: 'Stays within a distance of the mean gradient and helps there the task that is helped least.',
    options: {
      c: 'Distance c',
      cHint: '0: the mean gradient.',
      rescale: 'Rescale',
    },
  },
  version: 2,
  heads: 'unweighted',
  isMean: () => true,
  options: OPTIONS,
  formula: () => 'L = Σᵢ wᵢ·Lᵢ,  Σᵢ wᵢ·gᵢ = g₀ + (c‖g₀‖/‖gᵤ‖)·gᵤ,  u = argmin gᵤ·g₀ + c‖g₀‖‖gᵤ‖',
  solve: (gram, options, losses) => {
    const c = read(options).c;
    const share = 1 / losses.length;
    const radius =
      c *
      Math.sqrt(
        Math.max(
          0,
          quadratic(
            gram,
            losses.map(() => share),
          ),
        ),
      );
    const { weights: u, none } = conflictAverse(gram, radius);
    const pull = none ? 0 : radius / Math.sqrt(quadratic(gram, u));
    const by = { '1+c2': 1 + c * c, '1+c': 1 + c, none: 1 }[read(options).rescale];
    return {
      weights: u.map((value) => (share + pull * value) / by),
      fallback: none && c > 0 ? 'no-direction' : undefined,
    };
  },
});
