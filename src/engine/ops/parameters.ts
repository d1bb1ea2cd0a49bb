/** Replacing the values of a parameter or running statistic. */
import { kernelTable } from '../backends/kernels/current';
import type * as tf from '../tf';
import type { Parameter } from './gradients';

/** Gives it other values; takes the tensor over. */
export const replace = (parameter: Parameter, value: tf.Tensor): void =>
  kernelTable().memory.replace(parameter, value);
