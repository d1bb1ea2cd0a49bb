/**
 * Attention pooling over time, out of stock ops: every frame is scored by one product, the softmax of the
 * scores over time says how much of each frame goes into the sum (Chen et al. 2018, equations 3 and 4).
 */
import * as tf from '../../tf';

export interface AttentionForward {
  /** [n, d]. */
  readonly y: tf.Tensor;
  /** How much of each frame is in it, [n, t]; a row sums to 1. */
  readonly shares: tf.Tensor;
}

/** @param x [n, t, d] @param weight [d, 1] */
export function attentionPool(x: tf.Tensor, weight: tf.Tensor): AttentionForward {
  return tf.tidy(() => {
    const [n, t, d] = x.shape as [number, number, number];
    const scores = tf.reshape(tf.matMul(tf.reshape(x, [n * t, d]), weight as tf.Tensor2D), [n, t]);
    const shares = tf.softmax(scores);
    return { y: tf.sum(tf.mul(x, tf.expandDims(shares, 2)), 1), shares };
  });
}

/** @param dy [n, d] */
export function attentionPoolGradients(
  dy: tf.Tensor,
  x: tf.Tensor,
  weight: tf.Tensor,
  shares: tf.Tensor,
): { readonly dx: tf.Tensor; readonly dWeight: tf.Tensor } {
  return tf.tidy(() => {
    const [n, t, d] = x.shape as [number, number, number];
    const each = tf.expandDims(dy, 1);
    const dShares = tf.sum(tf.mul(x, each), 2);
    const dScores = tf.mul(shares, tf.sub(dShares, tf.sum(tf.mul(shares, dShares), 1, true)));
    const column = tf.reshape(dScores, [n, t, 1]);
    return {
      dx: tf.add(tf.mul(tf.expandDims(shares, 2), each), tf.mul(column, tf.reshape(weight, [1, 1, d]))),
      dWeight: tf.reshape(tf.sum(tf.mul(x, column), [0, 1]), [d, 1]),
    };
  });
}
