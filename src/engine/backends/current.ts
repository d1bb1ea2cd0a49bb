/**
 * The operations of the current backend: its table is made when it is used for the first time, and anew when a
 * kernel of ours was found wrong or switched.
 */
import { onKernelsChanged } from '../kernels/switches';
import * as tf from '../tf';
import type { Backend } from './backend';
import { host } from './host';
import { webgpu } from './webgpu';

const BACKENDS: Readonly<Record<string, () => Backend>> = { cpu: () => host, wasm: () => host, webgpu };

let made = new WeakMap<object, Backend>();
onKernelsChanged(() => {
  made = new WeakMap();
});

export function operations(): Backend {
  const backend = tf.backend();
  let found = made.get(backend);
  if (!found) made.set(backend, (found = BACKENDS[tf.getBackend()]!()));
  return found;
}
