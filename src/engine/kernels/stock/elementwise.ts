/** Number by number, and sums over channels, out of stock operations. */
import { NORMALISE } from '../../../core/spectrogram/image';
import * as tf from '../../tf';

export const relu = (x: tf.Tensor): tf.Tensor => tf.relu(x);

export const reluGradient = (dy: tf.Tensor, y: tf.Tensor): tf.Tensor => tf.tidy(() => tf.mul(dy, tf.step(y)));

/** sum + more as a new tensor; takes both over. */
export function accumulate(sum: tf.Tensor, more: tf.Tensor): tf.Tensor {
  const total = tf.add(sum, more);
  tf.dispose([sum, more]);
  return total;
}

/** x times a factor; takes x over, and returns it where the factor is 1. */
export function scaled(x: tf.Tensor, factor: number): tf.Tensor {
  if (factor === 1) return x;
  const y = tf.mul(x, factor);
  x.dispose();
  return y;
}

/** [c] from [..., c]. */
export const channelSum = (x: tf.Tensor): tf.Tensor =>
  tf.sum(
    x,
    x.shape.slice(0, -1).map((_, axis) => axis),
  );

/** Grey levels as the numbers of a model's input, looked up on the host. @param pixels as many as `shape` has numbers */
export function images(pixels: Uint8Array, shape: readonly [number, number, number, number]): tf.Tensor {
  const values = new Float32Array(pixels.length);
  for (let i = 0; i < values.length; i++) values[i] = NORMALISE[pixels[i]!]!;
  return tf.tensor4d(values, [...shape]);
}
