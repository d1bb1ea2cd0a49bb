/**
 * Sums of gradients with factors, and the inner products of the tasks' gradients: by our own WGSL, on the
 * host, or by stock ops.
 */
import * as tf from '../tf';
import { accumulate } from './accumulate';
import { hasHostKernels } from './host';
import { addTo, scale } from './webgpu/elementwise';
import { gramMatrix } from './webgpu/gram-matrix';
import { gramOf, onGpu, scaleInPlace } from './webgpu/ops';

/** x times a factor; x is taken over, the result is the caller's. */
export function scaled(x: tf.Tensor, factor: number): tf.Tensor {
  if (factor === 1) return x;
  if (onGpu(scale)) {
    scaleInPlace(x, factor);
    return x;
  }
  const y = tf.mul(x, factor);
  x.dispose();
  return y;
}

/**
 * Σ factors_i x_i; all are taken over. Tensors over the same memory as the first are one zero that nobody
 * writes, and left out.
 */
export function combined(xs: readonly tf.Tensor[], factors: readonly number[]): tf.Tensor {
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
  const [first, ...rest] = xs.map((x, i) => () => tf.mul(x, factors[i]!));
  return rest.reduce((sum, next) => accumulate(sum, next()), first!());
}

/**
 * Numbers of a task's gradient that are stacked at once on the device, so that no buffer is larger than a
 * device allows.
 */
const CHUNK = 4 * 1024 * 1024;

/**
 * Inner products of several gradients, each given as the same arrays in the same order. On the device in
 * float32, of which only the result is read back; on the host in float64. Takes nothing over.
 */
export async function gramMatrixOf(gradients: readonly (readonly tf.Tensor[])[]): Promise<number[][]> {
  const tasks = gradients.length;
  const gram = onGpu(gramMatrix, addTo) ? await onDevice(gradients) : await onHost(gradients);
  return Array.from({ length: tasks }, (_, i) =>
    Array.from({ length: tasks }, (_unused, j) => gram[i * tasks + j]!),
  );
}

async function onDevice(gradients: readonly (readonly tf.Tensor[])[]): Promise<ArrayLike<number>> {
  let sum: tf.Tensor | null = null;
  for (let k = 0; k < gradients[0]!.length; k++) {
    const { size } = gradients[0]![k]!;
    for (let from = 0; from < size; from += CHUNK) {
      const stack = tf.tidy(() =>
        tf.stack(
          gradients.map((arrays) => {
            const flat = tf.reshape(arrays[k]!, [size]);
            return size <= CHUNK ? flat : tf.slice(flat, [from], [Math.min(CHUNK, size - from)]);
          }),
        ),
      );
      const one = gramOf(stack);
      stack.dispose();
      sum = sum ? accumulate(sum, one) : one;
    }
  }
  return sum!.data().finally(() => sum!.dispose());
}

async function onHost(gradients: readonly (readonly tf.Tensor[])[]): Promise<ArrayLike<number>> {
  const tasks = gradients.length;
  const gram = new Float64Array(tasks * tasks);
  for (let k = 0; k < gradients[0]!.length; k++) {
    const arrays = hasHostKernels()
      ? gradients.map((one) => one[k]!.dataSync())
      : await Promise.all(gradients.map((one) => one[k]!.data()));
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
}
