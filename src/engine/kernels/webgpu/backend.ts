/**
 * TensorFlow.js' webgpu backend on a device that we ask for ourselves, because the package's own registration
 * leaves out
 * `subgroups`; and with tensors that are views: a part of a larger buffer instead of one of their own.
 * Not here: running kernels (gpu.ts).
 */
import { BackendError } from '../../../core/errors/errors';
import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import * as tf from '../../tf';

/**
 * A part of a buffer: what WebGPU takes as a binding, and what a view tensor has in the place of its own
 * buffer.
 */
export interface Slice {
  readonly buffer: GPUBuffer;
  readonly offset: number;
  /** Bytes. */
  readonly size: number;
}

/** What there is to know of an adapter when a variant is chosen. */
export interface Traits {
  /** Computes on the processor. */
  readonly software: boolean;
  readonly subgroups: boolean;
  readonly workgroupBytes: number;
  readonly invocationsPerWorkgroup: number;
  readonly workgroupsPerDimension: number;
  /** Largest part of a buffer that a kernel can be given. */
  readonly bindingBytes: number;
}

const FEATURES = ['timestamp-query', 'subgroups'] as const;
const LIMITS = [
  'maxComputeWorkgroupStorageSize',
  'maxComputeWorkgroupsPerDimension',
  'maxStorageBufferBindingSize',
  'maxBufferSize',
  'maxComputeWorkgroupSizeX',
  'maxComputeInvocationsPerWorkgroup',
] as const;

/** @param software whether the adapter computes on the processor */
export const traitsOf = (
  { features, limits }: Pick<GPUDevice, 'features' | 'limits'>,
  software: boolean,
): Traits => ({
  software,
  subgroups: features.has('subgroups'),
  workgroupBytes: limits.maxComputeWorkgroupStorageSize,
  invocationsPerWorkgroup: limits.maxComputeInvocationsPerWorkgroup,
  workgroupsPerDimension: limits.maxComputeWorkgroupsPerDimension,
  bindingBytes: Math.min(limits.maxStorageBufferBindingSize, limits.maxBufferSize),
});

export const isSlice = (resource: unknown): resource is Slice =>
  typeof resource === 'object' && resource !== null && 'offset' in resource;

/** A device with everything the kernels can make use of. @throws where there is no adapter */
async function requestDevice(): Promise<{ device: GPUDevice; info: GPUAdapterInfo | undefined }> {
  const adapter = await navigator.gpu.requestAdapter({ powerPreference: 'high-performance' });
  if (!adapter) throw new BackendError('backend-missing', { backend: 'webgpu', why: 'no-adapter' });
  const device = await adapter.requestDevice({
    requiredFeatures: FEATURES.filter((name) => adapter.features.has(name)),
    requiredLimits: Object.fromEntries(LIMITS.map((name) => [name, adapter.limits[name]])),
  });
  return { device, info: (adapter as { info?: GPUAdapterInfo }).info };
}

/**
 * The backend's class, made when the package is loaded. Reading a view copies its part of the buffer only.
 */
async function backendClass() {
  const { WebGPUBackend: Stock } = await import('@tensorflow/tfjs-backend-webgpu');
  return class extends Stock {
    override async read(dataId: object): Promise<tf.BackendValues> {
      const { resource, values } = this.tensorMap.get(dataId);
      const view: unknown = resource;
      if (!isSlice(view) || values) return super.read(dataId);
      // Not kept on the host as the package does with its own: a view's contents change in place.
      return new Float32Array(await this.readSlice(view));
    }

    async readSlice({ buffer, offset, size }: Slice): Promise<ArrayBuffer> {
      const staging = this.device.createBuffer({
        size,
        usage: GPUBufferUsage.COPY_DST | GPUBufferUsage.MAP_READ,
      });
      try {
        const encoder = this.device.createCommandEncoder();
        encoder.copyBufferToBuffer(buffer, offset, staging, 0, size);
        flush(this);
        this.queue.submit([encoder.finish()]);
        await staging.mapAsync(GPUMapMode.READ);
        return staging.getMappedRange().slice(0);
      } finally {
        staging.destroy();
      }
    }
  };
}

/** Whether a backend can deal with views. */
export const isOurs = (backend: object): boolean => 'readSlice' in backend;

/** Sends everything recorded so far on its way. */
export function flush(backend: WebGPUBackend): void {
  backend.ensureCommandEncoderReady();
  backend.endComputePassEncoder();
  backend.submitQueue();
}

/**
 * A backend on a given device; a counting device in the tests and benchmarks, a real one in {@link
 * registerWebGpu}.
 */
export async function makeBackend(device: GPUDevice, info?: GPUAdapterInfo): Promise<WebGPUBackend> {
  return new (await backendClass())(device, info);
}

let registered = false;

/** Puts our backend in the place of the package's registration. Once; before `tf.setBackend('webgpu')`. */
export async function registerWebGpu(): Promise<void> {
  if (registered) return;
  await import('@tensorflow/tfjs-backend-webgpu');
  if (tf.findBackendFactory('webgpu')) tf.removeBackend('webgpu');
  tf.registerBackend(
    'webgpu',
    async () => {
      const { device, info } = await requestDevice();
      return makeBackend(device, info);
    },
    3,
  );
  registered = true;
}
