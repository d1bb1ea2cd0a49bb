/** Max pooling by the stock kernels, whose gradient needs input and output again. */
import * as tf from '../../tf';
import type { Pooled } from '../kernels';
import type { PoolGeometry } from '../shared/max-pool';

/** @param x [n, h, w, c] */
export const maxPool = (x: tf.Tensor, { kernel, stride }: PoolGeometry): tf.Tensor =>
  tf.maxPool(x as tf.Tensor4D, kernel, stride, 'valid');

/** @param x [n, h, w, c] */
export function maxPoolTraining(x: tf.Tensor, { kernel, stride }: PoolGeometry): Pooled {
  const y = tf.maxPool(x as tf.Tensor4D, kernel, stride, 'valid');
  const output = y.clone();
  return {
    y,
    kept: [x, output],
    gradient: (dy) =>
      tf
        .engine()
        .runKernel(
          tf.MaxPoolGrad,
          { dy, input: x, output },
          { filterSize: kernel, strides: stride, pad: 'valid' },
        ),
  };
}
