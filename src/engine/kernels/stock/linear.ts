/**
 * A fully connected layer and its gradients as plain matrix products. Stock kernels are slow with transposed
 * operands (wasm: a thirtieth of the speed), so the *small* operand is transposed first.
 */
import * as tf from '../../tf';

/** x [n, i], weight [i, o], bias [o] -> [n, o]. */
export const linear = (x: tf.Tensor, weight: tf.Tensor, bias: tf.Tensor): tf.Tensor =>
  tf.fused.matMul({ a: x, b: weight, bias });

/** x^T dy, [i, o]. */
export const linearWeightGradient = (x: tf.Tensor, dy: tf.Tensor): tf.Tensor =>
  tf.tidy(() => tf.matMul(tf.transpose(x), dy));

/** dy weight^T, [n, i], as (weight dy^T)^T. */
export const linearInputGradient = (dy: tf.Tensor, weight: tf.Tensor): tf.Tensor =>
  tf.tidy(() => tf.transpose(tf.matMul(weight, tf.transpose(dy))));
