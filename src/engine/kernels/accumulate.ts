/**
 * Adding up the gradients of a batch's parts: in place by a host kernel or our own WGSL, or a stock op that
 * makes a new tensor.
 */
import * as tf from '../tf';
import { hasHostKernels, hostKernel } from './host';
import { addTo } from './webgpu/elementwise';
import { addInPlace, onGpu } from './webgpu/ops';

export const ACCUMULATE = 'EquipoiseAccumulate';

const add = hostKernel<object>({
  name: ACCUMULATE,
  outputs: () => [],
  compute: ([sum, more]) => {
    for (let i = 0; i < sum!.length; i++) sum![i] = sum![i]! + more![i]!;
  },
});

/** sum + more; both are taken over, the result is the caller's. */
export function accumulate(sum: tf.Tensor, more: tf.Tensor): tf.Tensor {
  if (onGpu(addTo)) {
    addInPlace(sum, more);
    more.dispose();
    return sum;
  }
  if (!hasHostKernels()) {
    const total = tf.add(sum, more);
    tf.dispose([sum, more]);
    return total;
  }
  add([sum, more], {});
  more.dispose();
  return sum;
}
