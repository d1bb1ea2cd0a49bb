/** Sums of several arrays of one shape, from the first to the last. */
import * as tf from '../tf';

/**
 * So many at once. A WebGPU shader reads eight buffers on every adapter, the result among them; beyond that
 * TensorFlow.js' `addN` gives wrong numbers without a word.
 */
const AT_ONCE = 4;

/** Σ terms; takes nothing over. @param terms at least one */
export const sumOf = (terms: readonly tf.Tensor[]): tf.Tensor =>
  tf.tidy(() => {
    let [sum, rest] = [tf.addN(terms.slice(0, AT_ONCE)), terms.slice(AT_ONCE)];
    while (rest.length > 0) {
      sum = tf.addN([sum, ...rest.slice(0, AT_ONCE - 1)]);
      rest = rest.slice(AT_ONCE - 1);
    }
    return sum;
  });
