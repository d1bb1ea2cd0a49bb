/** The table of operations of the current backend. */
import * as tf from '../tf';
import type { Backend } from './backend';
import { host } from './host';
import { webgpu } from './webgpu';

const BACKENDS: Readonly<Record<string, () => Backend>> = { cpu: () => host, wasm: () => host, webgpu };

export const operations = (): Backend => BACKENDS[tf.getBackend()]!();
