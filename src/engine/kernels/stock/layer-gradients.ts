/** The gradients of a layer's weight and bias, one after the other. */
import type { Kernels } from '../kernels';

/** By these kernels. */
export const oneAfterTheOther =
  ({
    convolutionFilterGradient,
    linearWeightGradient,
    channelSum,
  }: Pick<
    Kernels,
    'convolutionFilterGradient' | 'linearWeightGradient' | 'channelSum'
  >): Kernels['layerGradients'] =>
  ({ weight, bias }, geometry, x, dy, gradients, withBias) => {
    gradients.add(
      weight.spec.name,
      geometry ? convolutionFilterGradient(x, dy, weight.value.shape, geometry) : linearWeightGradient(x, dy),
    );
    if (withBias && bias) gradients.add(bias.spec.name, channelSum(dy));
  };
