/**
 * Floating-point operations of a model, a multiplication and an addition counted as two: convolutions and
 * linear layers only, which are all but a hundredth of the work.
 */
import { outputSize } from './architectures';
import type { Layer, ModelSpec } from './types';

/**
 * Operations for a batch: `forward`, and `step` for forward and both gradients (the first layer's input has
 * none).
 */
export function modelFlops(
  spec: ModelSpec,
  batch: number,
): { readonly forward: number; readonly step: number } {
  let [size, forward, first] = [spec.inputSize, 0, 0];
  const visit = (layer: Layer): void => {
    if (layer.kind === 'conv' || layer.kind === 'maxPool')
      size = outputSize(size, layer.kernel, layer.stride, layer.kind === 'conv' ? layer.padding : 0);
    const own =
      layer.kind === 'conv'
        ? 2 * size ** 2 * layer.kernel ** 2 * layer.inChannels * layer.outChannels
        : layer.kind === 'linear'
          ? 2 * layer.inFeatures * layer.outFeatures
          : 0;
    if (forward === 0) first = own;
    forward += own;
  };
  spec.trunk.forEach(visit);
  for (const { layers } of spec.heads) layers.forEach(visit);
  return { forward: batch * forward, step: batch * (3 * forward - first) };
}
