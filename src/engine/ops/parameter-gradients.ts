/**
 * The gradients of a layer's weight and bias on any backend: in one go where our own kernel computes both,
 * else one after the other.
 */
import { channelSum } from '../kernels/channel-sum';
import { convolutionFilterGradient, type ConvGeometry } from '../kernels/convolution';
import { linearWeightGradient } from '../kernels/linear';
import { convolutionFilterGradient as kernel } from '../kernels/webgpu/convolution-filter-gradient';
import { onGpu, parameterGradients } from '../kernels/webgpu/ops';
import type * as tf from '../tf';
import type { Gradients, Parameter } from './gradients';

export interface WeightAndBias {
  readonly weight: Parameter;
  /** Undefined for a layer without. */
  readonly bias: Parameter | undefined;
}

/**
 * @param geometry null for a fully connected layer  @param withBias false where the bias' gradient is known
 * otherwise
 */
export function addParameterGradients(
  { weight, bias }: WeightAndBias,
  geometry: ConvGeometry | null,
  x: tf.Tensor,
  dy: tf.Tensor,
  gradients: Gradients,
  withBias = true,
): void {
  const summed = withBias ? bias : undefined;
  if (onGpu(kernel)) {
    const out = parameterGradients(x, dy, weight.value.shape, geometry, summed !== undefined, {
      weight: gradients.room(weight),
      bias: summed && gradients.room(summed),
    });
    gradients.add(weight.spec.name, out.weight);
    if (out.bias) gradients.add(summed!.spec.name, out.bias);
    return;
  }
  gradients.add(
    weight.spec.name,
    geometry ? convolutionFilterGradient(x, dy, weight.value.shape, geometry) : linearWeightGradient(x, dy),
  );
  if (summed) gradients.add(summed.spec.name, channelSum(dy));
}
