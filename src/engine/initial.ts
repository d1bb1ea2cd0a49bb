/**
 * Initial values as torchvision's VGG has them: convolutions Kaiming normal (fan-out, ReLU), linear N(0,
 * 0.01), biases 0, normalisation 1 and 0, running statistics 0 and 1. One random stream per parameter name,
 * so that a parameter starts the same whatever else the model contains.
 */
import { sizeOf } from '../core/model/parameters';
import type { ParameterSpec } from '../core/model/types';
import { RandomStream } from '../core/random/streams';

export function initialValue(spec: ParameterSpec, seed: number): Float32Array {
  const values = new Float32Array(sizeOf(spec.shape));
  if (spec.role === 'scale' || spec.role === 'runningVariance') return values.fill(1);
  if (spec.role !== 'weight') return values;
  const deviation =
    spec.layer === 'conv' ? Math.sqrt(2 / (spec.shape[0]! * spec.shape[1]! * spec.shape[3]!)) : 0.01;
  const stream = new RandomStream(seed, 'init', spec.name);
  for (let i = 0; i < values.length; i++) values[i] = stream.normal() * deviation;
  return values;
}
