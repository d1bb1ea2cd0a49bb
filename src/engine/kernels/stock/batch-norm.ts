/**
 * Batch normalisation with ReLU out of stock TensorFlow.js ops, for backends without host kernels and where
 * our own are switched off.
 */
import * as tf from '../../tf';
import type { BatchNormForward, BatchNormGradients, BatchNormInputs } from '../kernels';
import type { BatchNormSetting } from '../shared/batch-norm';

const AXES = [0, 1, 2];

export function composedBatchNormRelu(
  x: tf.Tensor,
  { scale, offset }: BatchNormInputs,
  runningMean: tf.Tensor,
  runningVariance: tf.Tensor,
  { epsilon, momentum }: BatchNormSetting,
): BatchNormForward {
  return tf.tidy(() => {
    const count = x.size / scale.size;
    const mean = tf.mean(x, AXES);
    const centred = tf.sub(x, mean);
    const variance = tf.mean(tf.square(centred), AXES);
    const inverseStd = tf.rsqrt(tf.add(variance, epsilon));
    const a = tf.mul(scale, inverseStd);
    const y = tf.relu(tf.add(tf.mul(centred, a), offset));
    const moved = (old: tf.Tensor, now: tf.Tensor, factor: number): tf.Tensor =>
      tf.add(tf.mul(old, 1 - momentum), tf.mul(now, momentum * factor));
    return {
      y,
      mean,
      inverseStd,
      runningMean: moved(runningMean, mean, 1),
      runningVariance: moved(runningVariance, variance, count / Math.max(1, count - 1)),
    };
  });
}

export function composedBatchNormReluBackward(
  dy: tf.Tensor,
  x: tf.Tensor,
  mean: tf.Tensor,
  inverseStd: tf.Tensor,
  { scale, offset }: BatchNormInputs,
): BatchNormGradients {
  return tf.tidy(() => {
    const normalised = tf.mul(tf.sub(x, mean), inverseStd);
    const g = tf.mul(dy, tf.step(tf.add(tf.mul(normalised, scale), offset)));
    const dOffset = tf.sum(g, AXES);
    const dScale = tf.sum(tf.mul(g, normalised), AXES);
    const count = x.size / scale.size;
    const centred = tf.sub(g, tf.div(tf.add(dOffset, tf.mul(normalised, dScale)), count));
    return { dx: tf.mul(tf.mul(scale, inverseStd), centred), dScale, dOffset };
  });
}
