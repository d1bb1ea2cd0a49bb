/** Tensors of the wasm backend: parts of its heap. */
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import type { TensorMemory } from '../../kernels/kernels';
import * as tf from '../../tf';
import { allZero, replace, writerOf } from './loose';

const backend = (): BackendWasm => tf.backend() as BackendWasm;

export const wasmMemory: TensorMemory = {
  read: ({ dataId }, start, end) => Promise.resolve(backend().readSync(dataId, start, end) as Float32Array),
  writer: writerOf(
    (shape) => backend().makeOutput(shape, 'float32'),
    (info) => backend().typedArrayFromHeap(info) as Float32Array,
  ),
  unshared: (data) => data,
  replace,
  readsForFree: true,
  allZero,
};
