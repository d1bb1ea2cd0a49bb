/** Max pooling on the host, which keeps the position of each maximum. The wasm backend's own pooling is slower. */
import { outputSize } from '../../../core/model/graph';
import type * as tf from '../../tf';
import type { Pooled } from '../kernels';
import { maxPool as pool, maxPoolBackward, type PoolGeometry } from '../shared/max-pool';
import { hostKernel } from './kernel';

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
    pool(
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

/** @param x [n, h, w, c] */
export function maxPool(x: tf.Tensor, geometry: PoolGeometry): tf.Tensor {
  const [y, source] = forward([x], geometry);
  source!.dispose();
  return y!;
}

/** @param x [n, h, w, c] */
export function maxPoolTraining(x: tf.Tensor, geometry: PoolGeometry): Pooled {
  const [y, source] = forward([x], geometry);
  const { shape } = x;
  return { y: y!, kept: [source!], gradient: (dy) => backward([dy, source!], { shape })[0]! };
}
