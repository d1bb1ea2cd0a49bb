/**
 * A network's weights from and to PyTorch's: strict loading of a state dict, and the safetensors file of what
 * the network holds. The layouts are core/model/pytorch-layout.ts, the file is core/weights.
 */
import { fromPyTorch } from '../../core/model/pytorch-layout';
import { requireFit, type NamedShape } from '../../core/weights/match';
import type { NamedArray, Network } from '../network/network';

/**
 * Replaces every parameter and running statistic.
 * @param shapes of all that `arrays` will bring, in PyTorch's layout; checked before the network is touched
 * @throws WeightsError `weights-mismatch` unless they are exactly this model's
 */
export async function loadStateDict(
  network: Network,
  shapes: readonly NamedShape[],
  arrays: AsyncIterable<NamedArray>,
): Promise<void> {
  requireFit(network.spec, shapes);
  const byName = new Map(network.spec.parameters.map((parameter) => [parameter.name, parameter]));
  for await (const { name, data } of arrays) network.write(name, fromPyTorch(byName.get(name)!, data));
}
