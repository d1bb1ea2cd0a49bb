/**
 * How much memory a run may plan with on this machine. Browsers tell little: the rounded size of the main
 * memory (some of them), and of a graphics adapter only its largest buffer. What they do not tell is assumed,
 * on the careful side.
 */
import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import type { MemoryLimits } from '../../core/training/memory/memory-plan';
import type { BackendId } from '../../core/config/run-config';
import * as tf from '../tf';

const GIB = 2 ** 30;

/** Share of the main memory that a page may take for itself. */
const SHARE = 0.5;
/**
 * A 32-bit address space, and how much more of it the heap takes than is in use at the peak (measured: 1.1 to
 * 1.3).
 */
const [ADDRESS_SPACE, FRAGMENTATION] = [4 * GIB, 1.35];
/** Graphics memory that is taken for granted; adapters do not say how much they have. */
const GRAPHICS = 3 * GIB;

/** What of an adapter's or device's limits matters here. */
export interface BufferLimits {
  readonly maxBufferSize: number;
  readonly maxStorageBufferBindingSize: number;
}

/**
 * @param buffers of the graphics adapter; without them, of the device of the current backend, which asks for
 * all its adapter has
 */
export function memoryLimits(id: BackendId, buffers?: BufferLimits): MemoryLimits {
  const { deviceMemory = 8 } = (globalThis.navigator ?? {}) as { readonly deviceMemory?: number };
  const main = SHARE * deviceMemory * GIB;
  if (id === 'wasm')
    return { bytes: Math.floor(Math.min(ADDRESS_SPACE, main) / FRAGMENTATION), largest: 2 * GIB };
  if (id === 'cpu') return { bytes: main, largest: 2 * GIB };
  const { maxBufferSize, maxStorageBufferBindingSize } =
    buffers ?? (tf.backend() as WebGPUBackend).device.limits;
  return { bytes: GRAPHICS, largest: Math.min(maxBufferSize, maxStorageBufferBindingSize) };
}
