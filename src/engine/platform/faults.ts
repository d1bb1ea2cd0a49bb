/**
 * Gives the breakdowns of a backend their names: a lost graphics device, results that cannot be read back,
 * memory that ran out. What TensorFlow.js lets pass in silence - a failed allocation, an error of the device
 * - is made audible here. Not here: what becomes of the run (trainer.ts, the page).
 */
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import { BackendError, EquipoiseError } from '../../core/errors/errors';
import * as tf from '../tf';

const MEMORY = /out of memory|\boom\b|no memory left|allocation failed|enlarge memory/i;

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

export const outOfMemory = (backend: string, cause?: unknown): BackendError =>
  new BackendError('out-of-memory', { backend }, cause);

/** Losses ask for a change, and every gradient is exactly zero. */
export const zeroGradients = (step: number): BackendError =>
  new BackendError('zero-gradients', { step, backend: tf.getBackend() });

/** The error of a failed computation under a name of its own; anything unknown stays as it is. */
export function nameFault(error: unknown): unknown {
  if (error instanceof EquipoiseError) return error;
  const backend = tf.getBackend();
  const message = reasonOf(error);
  if (MEMORY.test(message)) return outOfMemory(backend, error);
  if (error instanceof WebAssembly.RuntimeError)
    return new BackendError('backend-crashed', { backend, message }, error);
  if (backend === 'webgpu' && error instanceof DOMException)
    return new BackendError('read-back', { backend, message }, error);
  return error;
}

/** Tells, once, when the device is lost or reports an error that no call returned. */
export function watchDevice({ device }: WebGPUBackend, tell: (error: BackendError) => void): void {
  let told = false;
  const once = (error: BackendError): void => {
    if (told) return;
    told = true;
    tell(error);
  };
  const at = { backend: 'webgpu' };
  void device.lost.then(({ message, reason }) =>
    once(
      new BackendError('device-lost', message ? { ...at, reason, why: 'said', message } : { ...at, reason }),
    ),
  );
  device.addEventListener('uncapturederror', (event) => {
    event.preventDefault();
    const { message } = event.error;
    once(
      event.error instanceof GPUOutOfMemoryError
        ? outOfMemory('webgpu', message)
        : new BackendError('device-error', { backend: 'webgpu', message }),
    );
  });
}

/**
 * The wasm backend writes a tensor to address 0 when there is no memory for it, over whatever is there. With
 * this it throws.
 * @throws BackendError `out-of-memory`, from any allocation that fails from now on
 */
export function guardMemory(backend: BackendWasm): void {
  const module = backend.wasm as unknown as {
    _malloc: (bytes: number) => number;
    readonly _free: (address: number) => void;
  };
  module._free(module._malloc(8)); // with their first call, both put the real function in their own place
  const allocate = module._malloc;
  module._malloc = (bytes) => {
    const address = allocate(bytes);
    if (address === 0 && bytes > 0) throw outOfMemory('wasm');
    return address;
  };
}
