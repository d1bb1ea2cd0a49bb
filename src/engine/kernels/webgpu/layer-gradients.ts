/** The gradients of a layer's weight and bias in one go, in their places in flat memory where these are free. */
import type { Kernels } from '../kernels';
import { parameterGradients } from './ops';

export const layerGradients: Kernels['layerGradients'] = (
  { weight, bias },
  geometry,
  x,
  dy,
  gradients,
  withBias,
) => {
  const summed = withBias ? bias : undefined;
  const out = parameterGradients(x, dy, weight.value.shape, geometry, summed !== undefined, {
    weight: gradients.room(weight),
    bias: summed && gradients.room(summed),
  });
  gradients.add(weight.spec.name, out.weight);
  if (out.bias) gradients.add(summed!.spec.name, out.bias);
};
