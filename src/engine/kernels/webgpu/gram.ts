/** Inner products of the tasks' gradients on the device, in float32; only the result is read back. */
import * as tf from '../../tf';
import { addInPlace, gramOf } from './ops';

/**
 * Numbers of a task's gradient that are stacked at once, so that no buffer is larger than a device allows.
 */
const CHUNK = 4 * 1024 * 1024;

/** @returns [n x n] of n gradients, row by row; takes nothing over */
export async function gram(gradients: readonly (readonly tf.Tensor[])[]): Promise<ArrayLike<number>> {
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
      if (sum) {
        addInPlace(sum, one);
        one.dispose();
      } else sum = one;
    }
  }
  return sum!.data().finally(() => sum!.dispose());
}
