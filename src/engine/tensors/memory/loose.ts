/** What holds of tensors that have memory of their own. */
import * as tf from '../../tf';
import type { TensorMemory } from '../../kernels/kernels';

/** The old tensor is freed. */
export const replace: TensorMemory['replace'] = (parameter, value) => {
  parameter.value.dispose();
  parameter.value = value;
};

/**
 * A writer for backends that would not notice that a tensor's values changed (they keep packed copies): the old
 * tensor is freed before its successor is made, which takes the same room.
 */
export const writerOf =
  (
    make: (shape: number[]) => tf.TensorInfo,
    values: (info: tf.TensorInfo) => Float32Array,
  ): TensorMemory['writer'] =>
  (cell) => {
    cell.tensor.dispose();
    const info = make([...cell.shape]);
    cell.tensor = tf.engine().makeTensorFromTensorInfo(info);
    return (piece, at) => values(info).set(piece, at);
  };

/** Where values are the host's. */
export const allZero: TensorMemory['allZero'] = (tensors) =>
  Promise.resolve(tensors.every((tensor) => tensor.dataSync().every((value) => value === 0)));
