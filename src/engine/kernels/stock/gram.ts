/** Inner products of the tasks' gradients on the host, in float64, of arrays that are read one after the other. */
import type * as tf from '../../tf';

type Read = (
  tensors: readonly tf.Tensor[],
) => Promise<readonly ArrayLike<number>[]> | readonly ArrayLike<number>[];

/** Where values are the host's. */
export const readAtOnce: Read = (tensors) => tensors.map((tensor) => tensor.dataSync());
/** Where they are read back. */
export const readBack: Read = (tensors) => Promise.all(tensors.map((tensor) => tensor.data()));

/** @returns [n x n] of n gradients, row by row; takes nothing over */
export const gramBy =
  (read: Read) =>
  async (gradients: readonly (readonly tf.Tensor[])[]): Promise<ArrayLike<number>> => {
    const tasks = gradients.length;
    const gram = new Float64Array(tasks * tasks);
    for (let k = 0; k < gradients[0]!.length; k++) {
      const arrays = await read(gradients.map((one) => one[k]!));
      for (let i = 0; i < tasks; i++)
        for (let j = i; j < tasks; j++) {
          const [a, b] = [arrays[i]!, arrays[j]!];
          let sum = 0;
          for (let n = 0; n < a.length; n++) sum += a[n]! * b[n]!;
          gram[i * tasks + j]! += sum;
          if (i !== j) gram[j * tasks + i]! += sum;
        }
    }
    return gram;
  };
