/** Averages over windows of a picture, over all of it, or over time, and their gradients, out of stock ops. */
import * as tf from '../../tf';

export interface AverageGeometry {
  readonly kernel: number;
  readonly stride: number;
}

/** @param x [n, h, w, c]; what no whole window covers is left out, as PyTorch leaves it out */
export const averagePool = (x: tf.Tensor, { kernel, stride }: AverageGeometry): tf.Tensor =>
  tf.avgPool(x as tf.Tensor4D, kernel, stride, 'valid');

/** @param inputShape [n, h, w, c] */
export function averagePoolGradient(
  dy: tf.Tensor,
  inputShape: readonly number[],
  { kernel, stride }: AverageGeometry,
): tf.Tensor {
  return tf.tidy(() => {
    const [, h, w] = inputShape as readonly [number, number, number, number];
    const [, rows, columns] = dy.shape as [number, number, number, number];
    const share = tf.mul(dy, 1 / kernel ** 2);
    // Every position of the window gets the same share: one shifted, spread-out copy of it for each.
    const spread = stretched(stretched(share, 1, stride), 2, stride);
    const copies = Array.from({ length: kernel ** 2 }, (_, i) => {
      const [top, left] = [Math.floor(i / kernel), i % kernel];
      const [height, width] = [(rows - 1) * stride + 1, (columns - 1) * stride + 1];
      return tf.pad(spread as tf.Tensor4D, [
        [0, 0],
        [top, h - top - height],
        [left, w - left - width],
        [0, 0],
      ]);
    });
    // One by one: a graphics device takes eight arrays at a time, and a window of 3x3 makes nine.
    return copies.reduce((sum, copy) => tf.add(sum, copy));
  });
}

/** Puts `stride - 1` zeros between neighbours along an axis. */
function stretched(x: tf.Tensor, axis: number, stride: number): tf.Tensor {
  if (stride === 1) return x;
  const length = x.shape[axis]!;
  const apart = tf.expandDims(x, axis + 1);
  const zeros = tf.zeros(apart.shape.with(axis + 1, stride - 1));
  const merged = tf.reshape(tf.concat([apart, zeros], axis + 1), x.shape.with(axis, length * stride));
  return tf.slice(
    merged,
    x.shape.map(() => 0),
    x.shape.with(axis, (length - 1) * stride + 1),
  );
}

/** Mean over everything between examples and channels: [n, h, w, c] or [n, t, c] -> [n, c]. */
export const globalAveragePool = (x: tf.Tensor): tf.Tensor =>
  tf.tidy(() => tf.mean(tf.reshape(x, [x.shape[0], -1, x.shape.at(-1)!]), 1));

/** @param inputShape of what was averaged */
export function globalAveragePoolGradient(dy: tf.Tensor, inputShape: readonly number[]): tf.Tensor {
  return tf.tidy(() => {
    const [n, channels] = [inputShape[0]!, inputShape.at(-1)!];
    const positions = inputShape.slice(1, -1).reduce((a, b) => a * b, 1);
    const share = tf.reshape(tf.mul(dy, 1 / positions), [n, 1, channels]);
    return tf.reshape(tf.tile(share, [1, positions, 1]), [...inputShape]);
  });
}
