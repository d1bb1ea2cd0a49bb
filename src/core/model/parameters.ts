/**
 * What a model owns in numbers: its named parameters and running statistics, in the order of the layers,
 * and their count. Shapes are in the engine's layout (channels last), not PyTorch's.
 * Not here: the values (src/engine/network.ts).
 */
import type { Layer, ModelSpec, ParameterSpec } from './types';

function ofLayer(layer: Layer): ParameterSpec[] {
  const named = (
    suffix: string,
    role: ParameterSpec['role'],
    kind: ParameterSpec['layer'],
    shape: readonly number[],
  ): ParameterSpec => ({
    name: `${'name' in layer ? layer.name : ''}.${suffix}`,
    shape,
    role,
    layer: kind,
    trainable: !role.startsWith('running'),
  });
  switch (layer.kind) {
    case 'conv': {
      const { kernel, inChannels, outChannels } = layer;
      return [
        named('weight', 'weight', 'conv', [kernel, kernel, inChannels, outChannels]),
        named('bias', 'bias', 'conv', [outChannels]),
      ];
    }
    case 'linear':
      return [
        named('weight', 'weight', 'linear', [layer.inFeatures, layer.outFeatures]),
        named('bias', 'bias', 'linear', [layer.outFeatures]),
      ];
    case 'batchNorm': {
      const shape = [layer.channels];
      return [
        named('weight', 'scale', 'batchNorm', shape),
        named('bias', 'offset', 'batchNorm', shape),
        named('running_mean', 'runningMean', 'batchNorm', shape),
        named('running_var', 'runningVariance', 'batchNorm', shape),
      ];
    }
    default:
      return [];
  }
}

/** Every array of the model, trunk first, then head by head; running statistics have `trainable: false`. */
export function parameters(spec: ModelSpec): ParameterSpec[] {
  return [...spec.trunk, ...spec.heads.flatMap((head) => head.layers)].flatMap(ofLayer);
}

/** Number of elements of a shape. */
export const sizeOf = (shape: readonly number[]): number => shape.reduce((product, n) => product * n, 1);

/** Trainable numbers: what the paper's tables count (running statistics are not parameters). */
export function parameterCount(spec: ModelSpec): number {
  return parameters(spec).reduce((sum, p) => sum + (p.trainable ? sizeOf(p.shape) : 0), 0);
}
