/** Batch normalisation that is not followed by a ReLU alone, out of stock TensorFlow.js operations. */
import * as tf from '../tf';
import { BATCH_NORM } from '../kernels/shared/batch-norm';
import { normOf } from './conv';
import { only, type Operation } from './operation';
import { replace } from './parameters';

/** All axes but the channels'. */
const axesOf = (x: tf.Tensor): number[] => x.shape.slice(0, -1).map((_, axis) => axis);

export const batchNorm: Operation = {
  forward: (step, [x], mode) => {
    const { scale, offset, runningMean, runningVariance } = normOf(only(step));
    if (!mode.training) {
      const y = tf.tidy(() => {
        const a = tf.mul(scale.value, tf.rsqrt(tf.add(runningVariance.value, BATCH_NORM.epsilon)));
        return tf.add(tf.mul(tf.sub(x!, runningMean.value), a), offset.value);
      });
      return { y, kept: [] };
    }
    const momentum = mode.momentum ?? BATCH_NORM.momentum;
    const count = x!.size / scale.value.size;
    const mean = tf.mean(x!, axesOf(x!));
    const centred = tf.sub(x!, mean);
    const variance = tf.tidy(() => tf.mean(tf.square(centred), axesOf(x!)));
    const inverseStd = tf.tidy(() => tf.rsqrt(tf.add(variance, BATCH_NORM.epsilon)));
    const y = tf.tidy(() => tf.add(tf.mul(centred, tf.mul(scale.value, inverseStd)), offset.value));
    const moved = (old: tf.Tensor, now: tf.Tensor, factor: number): tf.Tensor =>
      tf.tidy(() => tf.add(tf.mul(old, 1 - momentum), tf.mul(now, momentum * factor)));
    replace(runningMean, moved(runningMean.value, mean, 1));
    replace(runningVariance, moved(runningVariance.value, variance, count / Math.max(1, count - 1)));
    tf.dispose([centred, variance]);
    return { y, kept: [x!, mean, inverseStd] };
  },
  backward: (step, { kept: [x, mean, inverseStd] }, dy, { gradients, wanted }) => {
    const { scale, offset } = normOf(only(step));
    const axes = axesOf(dy);
    const count = dy.size / scale.value.size;
    // An array at a time, for they are large: dy less its mean and its projection on the normalised values.
    const normalised = tf.tidy(() => tf.mul(tf.sub(x!, mean!), inverseStd!));
    const dOffset = tf.sum(dy, axes);
    const dScale = tf.tidy(() => tf.sum(tf.mul(dy, normalised), axes));
    const share = tf.tidy(() => tf.div(dScale, count));
    const projection = tf.mul(normalised, share);
    normalised.dispose();
    const centred = tf.tidy(() => tf.sub(dy, tf.div(dOffset, count)));
    gradients.add(scale.spec.name, dScale);
    gradients.add(offset.spec.name, dOffset);
    const inner = tf.sub(centred, projection);
    tf.dispose([share, projection, centred]);
    const factor = tf.mul(scale.value, inverseStd!);
    const dx = wanted[0] ? tf.mul(inner, factor) : null;
    tf.dispose([inner, factor]);
    return [dx];
  },
};
