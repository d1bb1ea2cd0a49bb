/**
 * Clipping by the norm of all gradients together, as `torch.nn.utils.clip_grad_norm_`: a host kernel sums the
 * squares in float64; where there is none, tensor operations do without reading the norm back.
 */
import * as tf from '../tf';
import { scaled } from './combine';
import { hasHostKernels, hostKernel } from './host';
import { sumOf } from './sum';

/** PyTorch's: added to the norm before it is divided by. */
export const CLIP_EPSILON = 1e-6;

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

/**
 * Leaves gradients whose joint norm is below `limit` as they are, and shortens others to it. They are taken over;
 * what is returned, in the same order, is the caller's.
 */
export function clipped(gradients: readonly tf.Tensor[], limit: number): readonly tf.Tensor[] {
  if (hasHostKernels()) {
    const sum = { total: 0 };
    for (const gradient of gradients) addSquares([gradient], sum);
    const factor = Math.min(1, limit / (Math.sqrt(sum.total) + CLIP_EPSILON));
    return gradients.map((gradient) => scaled(gradient, factor));
  }
  return tf.tidy(() => {
    const norm = tf.sqrt(sumOf(gradients.map((gradient) => tf.sum(tf.square(gradient)))));
    const factor = tf.minimum(tf.div(limit, tf.add(norm, CLIP_EPSILON)), 1);
    const after = gradients.map((gradient) => tf.mul(gradient, factor));
    tf.dispose([...gradients]);
    return after;
  });
}
