/**
 * The table of kernels of the current backend: made when a backend is used for the first time, and anew when a
 * kernel of ours was found wrong or switched.
 */
import type { Kernels } from '../../kernels/kernels';
import { onKernelsChanged } from '../../kernels/switches';
import * as tf from '../../tf';
import { CPU } from './cpu';
import { wasmKernels } from './wasm';
import { webgpuKernels } from './webgpu';

const TABLES: Readonly<Record<string, () => Kernels>> = {
  cpu: () => CPU,
  wasm: wasmKernels,
  webgpu: webgpuKernels,
};

let made = new WeakMap<object, Kernels>();
onKernelsChanged(() => {
  made = new WeakMap();
});

export function kernelTable(): Kernels {
  const backend = tf.backend();
  let table = made.get(backend);
  if (!table) made.set(backend, (table = TABLES[tf.getBackend()]!()));
  return table;
}
