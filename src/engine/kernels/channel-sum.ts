/** Sum over all axes but the last: the gradient of a bias. */
import * as tf from '../tf';
import { hasHostKernels, hostKernel } from './host';

const sum = hostKernel<object>({
  name: 'EquipoiseChannelSum',
  outputs: ([x]) => [{ shape: x!.slice(-1), dtype: 'float32' }],
  compute: ([x], [out]) => {
    const channels = out!.length;
    const total = new Float64Array(channels);
    for (let i = 0; i < x!.length;) for (let c = 0; c < channels; c++, i++) total[c] = total[c]! + x![i]!;
    out!.set(total);
  },
});

/** @returns [c] from [..., c] */
export function channelSum(x: tf.Tensor): tf.Tensor {
  return hasHostKernels()
    ? sum([x], {})[0]!
    : tf.sum(
        x,
        x.shape.slice(0, -1).map((_, axis) => axis),
      );
}
