/** Tensors of the cpu backend: ordinary arrays, which it hands out and keeps. */
import type { MathBackendCPU } from '@tensorflow/tfjs-backend-cpu';
import type { TensorMemory } from '../../kernels/kernels';
import * as tf from '../../tf';
import { allZero, replace, writerOf } from './loose';

const backend = (): MathBackendCPU => tf.backend() as MathBackendCPU;
const valuesOf = ({ dataId }: tf.TensorInfo): Float32Array =>
  backend().data.get(dataId).values as Float32Array;

export const cpuMemory: TensorMemory = {
  read: (tensor, start, end) => Promise.resolve(valuesOf(tensor).slice(start, end)),
  writer: writerOf(
    (shape) => backend().makeTensorInfo(shape, 'float32', new Float32Array(tf.util.sizeFromShape(shape))),
    valuesOf,
  ),
  // Kernels overwrite the very arrays that were handed out.
  unshared: (data) => data.slice(),
  replace,
  readsForFree: true,
  allZero,
};
