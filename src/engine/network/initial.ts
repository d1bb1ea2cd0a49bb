/**
 * Initial values as the operations declare them (core/model/ops; torchvision's for those of VGG). One random
 * stream per parameter name, so that a parameter starts the same whatever else the model contains.
 */
import { sizeOf } from '../../core/model/graph';
import type { ParameterSpec } from '../../core/model/plan';
import { RandomStream } from '../../core/random/streams';

export function initialValue({ name, shape, initial }: ParameterSpec, seed: number): Float32Array {
  const values = new Float32Array(sizeOf(shape));
  if (initial.kind === 'constant') return values.fill(initial.value);
  const stream = new RandomStream(seed, 'init', name);
  const draw =
    initial.kind === 'normal'
      ? (): number => stream.normal() * initial.deviation
      : (): number => (2 * stream.uniform() - 1) * initial.bound;
  for (let i = 0; i < values.length; i++) values[i] = draw();
  return values;
}
