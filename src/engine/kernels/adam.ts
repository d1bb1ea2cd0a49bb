/**
 * The Adam update of one parameter: a host kernel that overwrites what it is given, or composed ops that make
 * new tensors.
 */
import * as tf from '../tf';
import { hasHostKernels, hostKernel } from './host';
import { adamUpdate, type AdamStep } from './shared/adam';

export const ADAM = 'EquipoiseAdam';

const update = hostKernel<AdamStep>({
  name: ADAM,
  outputs: () => [],
  compute: (inputs, _outputs, step) => {
    const [w, g, m, v] = inputs as Float32Array[];
    adamUpdate(w!, g!, m!, v!, step);
  },
});

export interface Updated {
  readonly w: tf.Tensor;
  readonly m: tf.Tensor;
  readonly v: tf.Tensor;
}

/**
 * New value and moments; all four inputs have one shape. Where there are host kernels the inputs `w`, `m` and
 * `v` hold the new values and are returned; elsewhere they are freed and new tensors returned. The gradient
 * is the caller's in both cases.
 */
export function adam(w: tf.Tensor, g: tf.Tensor, m: tf.Tensor, v: tf.Tensor, step: AdamStep): Updated {
  if (hasHostKernels()) {
    update([w, g, m, v], step);
    return { w, m, v };
  }
  const { learningRate, beta1, beta2, epsilon, iteration } = step;
  const updated = tf.tidy(() => {
    const newM = tf.add(tf.mul(m, beta1), tf.mul(g, 1 - beta1));
    const newV = tf.add(tf.mul(v, beta2), tf.mul(tf.square(g), 1 - beta2));
    const root = tf.mul(tf.sqrt(newV), 1 / Math.sqrt(1 - beta2 ** iteration));
    const newW = tf.sub(
      w,
      tf.mul(tf.div(newM, tf.add(root, epsilon)), learningRate / (1 - beta1 ** iteration)),
    );
    return { w: newW, m: newM, v: newV };
  });
  tf.dispose([w, m, v]);
  return updated;
}
