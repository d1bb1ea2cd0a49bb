/** Layer normalisation over the last axis (PyTorch's `LayerNorm`, eps 1e-5) and its gradients, out of stock ops. */
import * as tf from '../../tf';

const EPSILON = 1e-5;

export interface LayerNormForward {
  readonly y: tf.Tensor;
  /** (x - mean) / standard deviation, as x. */
  readonly normalised: tf.Tensor;
  /** 1 / standard deviation, as x with a last axis of 1. */
  readonly inverseStd: tf.Tensor;
}

/** @param x [..., c] @param scale [c] @param offset [c] */
export function layerNorm(x: tf.Tensor, scale: tf.Tensor, offset: tf.Tensor): LayerNormForward {
  return tf.tidy(() => {
    const centred = tf.sub(x, tf.mean(x, -1, true));
    const inverseStd = tf.rsqrt(tf.add(tf.mean(tf.square(centred), -1, true), EPSILON));
    const normalised = tf.mul(centred, inverseStd);
    return { y: tf.add(tf.mul(normalised, scale), offset), normalised, inverseStd };
  });
}

export function layerNormGradients(
  dy: tf.Tensor,
  { normalised, inverseStd }: Omit<LayerNormForward, 'y'>,
  scale: tf.Tensor,
): { readonly dx: tf.Tensor; readonly dScale: tf.Tensor; readonly dOffset: tf.Tensor } {
  return tf.tidy(() => {
    const rows = dy.shape.slice(0, -1).map((_, axis) => axis);
    const g = tf.mul(dy, scale);
    const along = tf.mul(normalised, tf.mean(tf.mul(g, normalised), -1, true));
    return {
      dx: tf.mul(inverseStd, tf.sub(tf.sub(g, tf.mean(g, -1, true)), along)),
      dScale: tf.sum(tf.mul(dy, normalised), rows),
      dOffset: tf.sum(dy, rows),
    };
  });
}
