/**
 * Smooth activations and their gradients out of stock ops, element by element: sigmoid, tanh, SiLU and GELU
 * (the exact one, PyTorch's default, not the tanh approximation). They return new tensors and free nothing
 * that they are given.
 */
import * as tf from '../../tf';

export interface Activation {
  forward(x: tf.Tensor): tf.Tensor;
  /** @param x what went in @param y what came out */
  gradient(dy: tf.Tensor, x: tf.Tensor, y: tf.Tensor): tf.Tensor;
}

/** y (1 - y) dy. */
export const sigmoid: Activation = {
  forward: (x) => tf.sigmoid(x),
  gradient: (dy, _x, y) => tf.tidy(() => tf.mul(dy, tf.mul(y, tf.sub(1, y)))),
};

/** (1 - y²) dy. */
export const tanh: Activation = {
  forward: (x) => tf.tanh(x),
  gradient: (dy, _x, y) => tf.tidy(() => tf.mul(dy, tf.sub(1, tf.square(y)))),
};

/** x σ(x); its slope is σ + y (1 - σ). */
export const silu: Activation = {
  forward: (x) => tf.tidy(() => tf.mul(x, tf.sigmoid(x))),
  gradient: (dy, x, y) =>
    tf.tidy(() => {
      const s = tf.sigmoid(x);
      return tf.mul(dy, tf.add(s, tf.mul(y, tf.sub(1, s))));
    }),
};

/** Φ(x), the standard normal distribution function. */
const phi = (x: tf.Tensor): tf.Tensor => tf.mul(0.5, tf.add(1, tf.erf(tf.mul(x, Math.SQRT1_2))));

/** x Φ(x); its slope is Φ(x) + x φ(x) with the normal density φ. */
export const gelu: Activation = {
  forward: (x) => tf.tidy(() => tf.mul(x, phi(x))),
  gradient: (dy, x) =>
    tf.tidy(() => {
      const density = tf.mul(tf.exp(tf.mul(-0.5, tf.square(x))), 1 / Math.sqrt(2 * Math.PI));
      return tf.mul(dy, tf.add(phi(x), tf.mul(x, density)));
    }),
};
