/**
 * Clipping by the norm of all gradients together, as `torch.nn.utils.clip_grad_norm_`, without reading the norm
 * back.
 */
import * as tf from '../../tf';
import { sumOf } from '../sum';

/** PyTorch's: added to the norm before it is divided by. */
export const CLIP_EPSILON = 1e-6;

/** Leaves gradients whose joint norm is below `limit` as they are, and shortens others to it; takes them over. */
export const clipped = (gradients: readonly tf.Tensor[], limit: number): readonly tf.Tensor[] =>
  tf.tidy(() => {
    const norm = tf.sqrt(sumOf(gradients.map((gradient) => tf.sum(tf.square(gradient)))));
    const factor = tf.minimum(tf.div(limit, tf.add(norm, CLIP_EPSILON)), 1);
    const after = gradients.map((gradient) => tf.mul(gradient, factor));
    tf.dispose([...gradients]);
    return after;
  });
