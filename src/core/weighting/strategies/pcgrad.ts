/**
 * PCGrad: where two task gradients conflict, each loses its part along the other. Yu et al., "Gradient
 * surgery for multi-task learning", NeurIPS 2020 (arXiv 2001.06782, algorithm 1), on the Gram matrix alone.
 */
import { choiceField } from '../../options/field';
import { RandomStream } from '../../random/streams';
import { gramStrategy } from '../gram-strategy';
import { dot } from '../numerics';
import { reader } from '../options';
import type { Gram } from '../types';

const REDUCTIONS = ['sum', 'mean'] as const;
const ORDERS = ['random', 'fixed'] as const;

/**
 * The factor of each original gradient in the sum of the projected ones.
 * @param orders for each task the order in which it meets the others (itself is passed over)
 */
export function projected(gram: Gram, orders: readonly (readonly number[])[]): number[] {
  const total = gram.map(() => 0);
  gram.forEach((_, i) => {
    const own = gram.map((_unused, j) => (j === i ? 1 : 0));
    for (const j of orders[i]!) {
      const along = dot(own, gram[j]!);
      if (j !== i && along < 0) own[j]! -= along / gram[j]![j]!; // conflicting, so g_j is not zero
    }
    own.forEach((value, j) => {
      total[j]! += value;
    });
  });
  return total;
}

const OPTIONS = {
  reduction: choiceField({ choices: REDUCTIONS, default: 'sum', live: true }),
  order: choiceField({ choices: ORDERS, default: 'random', live: true }),
};
const read = reader(OPTIONS);

/**
 * The orders are drawn anew for each step from the run's stream; `fixed`: the tasks' own, which is what the
 * authors' code comes to.
 */
export const pcgrad = gramStrategy({
  id: 'pcgrad',
  words: {
    name: 'PCGrad',
    note: 'gradient surgery; Yu 2020',
    explain:
      'Where two gradients conflict, each loses its part along the other. Without a conflict it is the plain sum.',
    options: {
      reduction: 'Projected gradients',
      reductionHint: 'A popular port always takes the mean, whatever it is told.',
      order: 'Order of projections',
      orderHint:
        'Published: drawn, here from the run’s seed. The authors’ code shuffles and then keeps the order.',
    },
  },
  heads: 'unweighted',
  takesZeros: true,
  options: OPTIONS,
  formula: () => 'L = Σᵢ wᵢ·Lᵢ,  Σᵢ wᵢ·gᵢ = Σᵢ gᵢ′,  gᵢ′ ← gᵢ′ − (gᵢ′·gⱼ / ‖gⱼ‖²)·gⱼ (gᵢ′·gⱼ < 0)',
  solve: (gram, options, losses, { seed, step }) => {
    const stream = new RandomStream(seed, 'strategy', 'pcgrad', step);
    const tasks = losses.map((_, i) => i);
    const factors = projected(
      gram,
      tasks.map(() => (read(options).order === 'fixed' ? tasks : stream.shuffled(tasks))),
    );
    return {
      weights: read(options).reduction === 'mean' ? factors.map((value) => value / losses.length) : factors,
    };
  },
});
