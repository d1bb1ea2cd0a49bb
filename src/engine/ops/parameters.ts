/** Replacing the values of a parameter or running statistic. */
import { gpu, isFlat } from '../kernels/webgpu/gpu';
import type * as tf from '../tf';
import type { Parameter } from './gradients';

/**
 * Gives a parameter a new tensor and frees the old one; in flat memory, the new values take the place of the
 * old.
 */
export function replace(parameter: Parameter, value: tf.Tensor): void {
  if (isFlat(parameter.value)) {
    gpu().assign(parameter.value, value);
    value.dispose();
    return;
  }
  parameter.value.dispose();
  parameter.value = value;
}
