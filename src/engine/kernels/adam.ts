/** The Adam update of one parameter: a host kernel in one pass, or composed ops. Always makes new tensors. */
import * as tf from '../tf';
import { hasHostKernels, hostKernel } from './host';
import { adamUpdate, type AdamStep } from './shared/adam';

export const ADAM = 'EquipoiseAdam';

const update = hostKernel<AdamStep>({
  name: ADAM,
  outputs: ([shape]) => Array.from({ length: 3 }, () => ({ shape: shape!, dtype: 'float32' as const })),
  compute: (inputs, outputs, step) => {
    const [w, g, m, v] = inputs as Float32Array[];
    const [newW, newM, newV] = outputs as Float32Array[];
    adamUpdate(w!, g!, m!, v!, newW!, newM!, newV!, step);
  },
});

/** New value and moments from the old ones, which stay as they are. All four inputs have one shape. */
export function adam(w: tf.Tensor, g: tf.Tensor, m: tf.Tensor, v: tf.Tensor, step: AdamStep): { w: tf.Tensor; m: tf.Tensor; v: tf.Tensor } {
  if (hasHostKernels()) {
    const [newW, newM, newV] = update([w, g, m, v], step);
    return { w: newW!, m: newM!, v: newV! };
  }
  const { learningRate, beta1, beta2, epsilon, iteration } = step;
  return tf.tidy(() => {
    const newM = tf.add(tf.mul(m, beta1), tf.mul(g, 1 - beta1));
    const newV = tf.add(tf.mul(v, beta2), tf.mul(tf.square(g), 1 - beta2));
    const root = tf.mul(tf.sqrt(newV), 1 / Math.sqrt(1 - beta2 ** iteration));
    const newW = tf.sub(w, tf.mul(tf.div(newM, tf.add(root, epsilon)), learningRate / (1 - beta1 ** iteration)));
    return { w: newW, m: newM, v: newV };
  });
}
