/**
 * Counts one training step of either side of a benchmark on a silent device. In a process of its own kind: it
 * replaces the webgpu backend.
 */
import type { StepCase } from '../../src/core/bench/cases';
import { prepareOurs } from '../../src/engine/bench/ours';
import { prepareShipped } from '../../src/engine/bench/shipped';
import type { Ready } from '../../src/engine/bench/side';
import { makeBackend } from '../../src/engine/kernels/webgpu/backend';
import { setSoftwareAdapter } from '../../src/engine/kernels/webgpu/gpu';
import * as tf from '../../src/engine/tf';
import { count, type Counts } from './counting';
import { silentDevice } from './silent-device';

const SIDES = { ours: prepareOurs, shipped: prepareShipped } as const;

/**
 * Counts of the second step (the first one also makes what stays), and the peak of both with everything the
 * model holds. Kernels are chosen as on a graphics adapter in hardware that nobody has tuned.
 * @param device what is counted; silent unless given
 */
export async function countStep(
  side: keyof typeof SIDES,
  one: StepCase,
  device = silentDevice(),
  software = false,
): Promise<Counts> {
  const counter = count(device);
  if (tf.findBackendFactory('webgpu')) tf.removeBackend('webgpu');
  // Our backend is the package's own, but for reading parts of buffers; both sides may run on it.
  tf.registerBackend('webgpu', () => makeBackend(device));
  setSoftwareAdapter(software);
  await tf.setBackend('webgpu');
  await tf.ready();
  const ready: Ready = SIDES[side](one);
  await ready.run();
  counter.reset();
  await ready.run();
  await ready.settle();
  const counts = counter.counts();
  ready.dispose();
  return counts;
}
