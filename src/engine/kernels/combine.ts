/** Sums of gradients with factors, and the inner products of the tasks' gradients. */
import { kernelTable } from '../backends/kernels/current';
import * as tf from '../tf';

/**
 * Σ factors_i x_i; all are taken over. Tensors over the same memory as the first are one zero that nobody
 * writes, and left out.
 */
export function combined(xs: readonly tf.Tensor[], factors: readonly number[]): tf.Tensor {
  const { scaled, accumulate } = kernelTable();
  const [first, ...rest] = xs;
  let sum = scaled(first!, factors[0]!);
  rest.forEach((x, i) => {
    if (x.dataId === first!.dataId) x.dispose();
    else sum = accumulate(sum, scaled(x, factors[i + 1]!));
  });
  return sum;
}

/** Σ factors_i x_i; takes nothing over. */
export function weightedSum(xs: readonly tf.Tensor[], factors: readonly number[]): tf.Tensor {
  const { accumulate } = kernelTable();
  const [first, ...rest] = xs.map((x, i) => () => tf.mul(x, factors[i]!));
  return rest.reduce((sum, next) => accumulate(sum, next()), first!());
}

/**
 * Inner products of several gradients, each given as the same arrays in the same order. On the device in
 * float32, of which only the result is read back; on the host in float64. Takes nothing over.
 */
export async function gramMatrixOf(gradients: readonly (readonly tf.Tensor[])[]): Promise<number[][]> {
  const gram = await kernelTable().gram(gradients);
  const tasks = gradients.length;
  return gradients.map((_, i) => gradients.map((_unused, j) => gram[i * tasks + j]!));
}
