/** Clipping by the norm of all gradients together, the squares summed in float64. */
import type * as tf from '../../tf';
import { scaled } from '../stock/elementwise';
import { CLIP_EPSILON } from '../stock/clip-norm';
import { hostKernel } from './kernel';

/** Adds up the squares of its input in `total`. */
const addSquares = hostKernel<{ total: number }>({
  name: 'EquipoiseSquares',
  outputs: () => [],
  compute: ([x], _outputs, sum) => {
    let total = 0;
    for (let i = 0; i < x!.length; i++) total += x![i]! * x![i]!;
    sum.total += total;
  },
});

/** Leaves gradients whose joint norm is below `limit` as they are, and shortens others to it; takes them over. */
export function clipped(gradients: readonly tf.Tensor[], limit: number): readonly tf.Tensor[] {
  const sum = { total: 0 };
  for (const gradient of gradients) addSquares([gradient], sum);
  const factor = Math.min(1, limit / (Math.sqrt(sum.total) + CLIP_EPSILON));
  return gradients.map((gradient) => scaled(gradient, factor));
}
