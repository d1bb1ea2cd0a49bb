/** Sum over all axes but the last, in float64: the gradient of a bias. */
import type * as tf from '../../tf';
import { hostKernel } from './kernel';

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
export const channelSum = (x: tf.Tensor): tf.Tensor => sum([x], {})[0]!;
