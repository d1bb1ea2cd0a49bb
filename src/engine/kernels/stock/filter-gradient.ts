/**
 * The filter gradient of a convolution out of stock ops: batch and channels change places, dy becomes the
 * filter and the stride the dilation. The stock gradient kernel gives each filter element to one invocation
 * that walks over every position of the batch, which leaves a graphics processor almost idle.
 */
import * as tf from '../../tf';
import type { ConvGeometry } from '../kernels';

/** @param x [n, h, w, i] @param dy [n, h', w', o] @param filterShape [k, k, i, o] */
export function composedFilterGradient(
  x: tf.Tensor,
  dy: tf.Tensor,
  filterShape: readonly number[],
  { stride, padding }: ConvGeometry,
): tf.Tensor {
  return tf.tidy(() => {
    const images = tf.transpose(x, [3, 1, 2, 0]) as tf.Tensor4D;
    const filter = tf.transpose(dy, [1, 2, 0, 3]) as tf.Tensor4D;
    const [k, , i, o] = filterShape as [number, number, number, number];
    const sums = tf.conv2d(images, filter, 1, padding, 'NHWC', stride);
    // Rows of x that no output read make the result larger than the filter.
    return tf.transpose(tf.slice(sums, [0, 0, 0, 0], [i, k, k, o]), [1, 2, 0, 3]);
  });
}
