/**
 * Max pooling. Host kernels and our own WGSL keep the position of each maximum; the stock gradient kernel
 * behind them needs input and output again. The wasm backend's own pooling is slower than ours even without
 * it.
 */
import { outputSize } from '../../core/model/graph';
import * as tf from '../tf';
import { hasHostKernels, hostKernel } from './host';
import { maxPool as maxPoolKernel, maxPoolGradient } from './webgpu/max-pool';
import { maxPooled, onGpu, poolGradient } from './webgpu/ops';
import { maxPool, maxPoolBackward, type PoolGeometry } from './shared/max-pool';

type Shape4 = readonly [number, number, number, number];

const pooledShape = ([n, h, w, c]: Shape4, { kernel, stride }: PoolGeometry): Shape4 => [
  n,
  outputSize(h, kernel, stride),
  outputSize(w, kernel, stride),
  c,
];

export const MAX_POOL = 'EquipoiseMaxPool';

const forward = hostKernel<PoolGeometry>({
  name: MAX_POOL,
  outputs: ([x], geometry) => {
    const shape = pooledShape(x as Shape4, geometry);
    return [
      { shape, dtype: 'float32' },
      { shape, dtype: 'int32' },
    ];
  },
  compute: ([x], [y, source], geometry, [shape]) =>
    maxPool(
      x as Float32Array,
      y as Float32Array,
      source as Int32Array,
      shape as Shape4,
      pooledShape(shape as Shape4, geometry),
      geometry,
    ),
});

const backward = hostKernel<{ readonly shape: readonly number[] }>({
  name: 'EquipoiseMaxPoolBackward',
  outputs: (_shapes, { shape }) => [{ shape, dtype: 'float32' }],
  compute: ([dy, source], [dx]) =>
    maxPoolBackward(dy as Float32Array, source as Int32Array, dx as Float32Array),
});

export interface Pooled {
  readonly y: tf.Tensor;
  /** To be disposed once the gradient is taken; may contain x itself. */
  readonly kept: readonly tf.Tensor[];
  /** dx from dy. */
  gradient(dy: tf.Tensor): tf.Tensor;
}

/** @param x [n, h, w, c] */
export function maxPoolInference(x: tf.Tensor, geometry: PoolGeometry): tf.Tensor {
  if (onGpu(maxPoolKernel)) return maxPooled(x, geometry, false).y;
  if (!hasHostKernels()) return tf.maxPool(x as tf.Tensor4D, geometry.kernel, geometry.stride, 'valid');
  const [y, source] = forward([x], geometry);
  source!.dispose();
  return y!;
}

/** @param x [n, h, w, c] */
export function maxPoolTraining(x: tf.Tensor, geometry: PoolGeometry): Pooled {
  const { kernel, stride } = geometry;
  if (hasHostKernels()) {
    const [y, source] = forward([x], geometry);
    const { shape } = x;
    return { y: y!, kept: [source!], gradient: (dy) => backward([dy, source!], { shape })[0]! };
  }
  if (onGpu(maxPoolKernel, maxPoolGradient)) {
    const { y, taps } = maxPooled(x, geometry, true);
    const { shape } = x;
    return { y, kept: [taps!], gradient: (dy) => poolGradient(dy, taps!, shape, geometry) };
  }
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
