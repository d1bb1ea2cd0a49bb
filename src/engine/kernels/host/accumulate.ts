/** Adding up the gradients of a batch's parts, in place. */
import type * as tf from '../../tf';
import { hostKernel } from './kernel';

export const ACCUMULATE = 'EquipoiseAccumulate';

const add = hostKernel<object>({
  name: ACCUMULATE,
  outputs: () => [],
  compute: ([sum, more]) => {
    for (let i = 0; i < sum!.length; i++) sum![i] = sum![i]! + more![i]!;
  },
});

/** sum + more in the memory of `sum`; takes both over. */
export function accumulate(sum: tf.Tensor, more: tf.Tensor): tf.Tensor {
  add([sum, more], {});
  more.dispose();
  return sum;
}
