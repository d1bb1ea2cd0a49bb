/**
 * Max pooling of a picture with a border (PyTorch's `padding`): the border holds the smallest number, so that it
 * is never a maximum, and the pooling without padding does the rest.
 */
import * as tf from '../../tf';
import { kernelTable } from '../../backends/kernels/current';
import type { Pooled } from '../kernels';

export interface PaddedGeometry {
  readonly kernel: number;
  readonly stride: number;
  readonly padding: number;
}

const LOWEST = -3.4028234663852886e38;

const border = (x: tf.Tensor, padding: number): tf.Tensor =>
  tf.pad(
    x as tf.Tensor4D,
    [
      [0, 0],
      [padding, padding],
      [padding, padding],
      [0, 0],
    ],
    LOWEST,
  );

/** @param x [n, h, w, c] */
export function paddedMaxPool(x: tf.Tensor, { kernel, stride, padding }: PaddedGeometry): Pooled {
  const wide = border(x, padding);
  const { shape } = x;
  const pooled = kernelTable().maxPoolTraining(wide, { kernel, stride });
  if (!pooled.kept.includes(wide)) wide.dispose();
  return {
    y: pooled.y,
    kept: pooled.kept,
    gradient: (dy) =>
      tf.tidy(() => {
        const d = pooled.gradient(dy);
        return tf.slice(d, [0, padding, padding, 0], shape);
      }),
  };
}

/** @param x [n, h, w, c] */
export function paddedMaxPoolInference(x: tf.Tensor, { kernel, stride, padding }: PaddedGeometry): tf.Tensor {
  return tf.tidy(() => kernelTable().maxPool(border(x, padding), { kernel, stride }));
}
