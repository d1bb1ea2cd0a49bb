/**
 * A WebGPU device that takes every command and computes nothing; what is read back is zero. With it,
 * TensorFlow.js - and our kernels - run through a whole training step of a model of any size within moments,
 * so that what they ask for can be counted.
 */

const LIMITS = {
  maxStorageBufferBindingSize: 2 ** 32 - 4,
  maxBufferSize: 2 ** 32,
  maxComputeWorkgroupStorageSize: 32_768,
  maxComputeWorkgroupsPerDimension: 65_535,
  maxComputeInvocationsPerWorkgroup: 256,
  maxComputeWorkgroupSizeX: 256,
};

/** Stands in for the browser's class of that name, which the backend recognises its buffers by. */
class SilentBuffer {
  mapState: GPUBufferMapState;
  private mapped: ArrayBuffer | null = null;

  constructor(
    readonly size: number,
    readonly usage: number,
    mappedAtCreation: boolean,
  ) {
    this.mapState = mappedAtCreation ? 'mapped' : 'unmapped';
  }

  getMappedRange(): ArrayBuffer {
    return (this.mapped ??= new ArrayBuffer(this.size));
  }

  async mapAsync(): Promise<void> {
    this.mapState = 'mapped';
  }

  unmap(): void {
    this.mapState = 'unmapped';
    this.mapped = null;
  }

  destroy(): void {
    this.mapped = null;
  }
}

/** The backend asks whether a resource is one; none is ever made here. */
class SilentTexture {
  readonly size = 0;
}

/**
 * Node knows nothing of WebGPU: what the backend needs of it is put into the global scope where it is
 * missing.
 */
function constants(): void {
  const missing = {
    GPUBuffer: SilentBuffer,
    GPUTexture: SilentTexture,
    GPUBufferUsage: {
      MAP_READ: 1,
      MAP_WRITE: 2,
      COPY_SRC: 4,
      COPY_DST: 8,
      INDEX: 16,
      VERTEX: 32,
      UNIFORM: 64,
      STORAGE: 128,
      INDIRECT: 256,
      QUERY_RESOLVE: 512,
    },
    GPUShaderStage: { VERTEX: 1, FRAGMENT: 2, COMPUTE: 4 },
    GPUMapMode: { READ: 1, WRITE: 2 },
  };
  // In a browser the real class is there: it must recognise ours, or the backend takes our buffers for
  // textures.
  if ('GPUBuffer' in globalThis && GPUBuffer !== (SilentBuffer as unknown))
    Object.setPrototypeOf(SilentBuffer.prototype, GPUBuffer.prototype);
  for (const [name, value] of Object.entries(missing))
    if (!(name in globalThis)) Object.defineProperty(globalThis, name, { value, configurable: true });
  const { navigator = {} } = globalThis as { readonly navigator?: object };
  if (!('navigator' in globalThis))
    Object.defineProperty(globalThis, 'navigator', { value: navigator, configurable: true });
  if (!('gpu' in navigator)) Object.defineProperty(navigator, 'gpu', { value: {}, configurable: true });
}

/** @param features what the adapter claims to have */
export function silentDevice(features: readonly string[] = ['subgroups']): GPUDevice {
  constants();
  const nothing = (): void => undefined;
  const pass = () => ({
    setPipeline: nothing,
    setBindGroup: nothing,
    dispatchWorkgroups: nothing,
    end: nothing,
  });
  const device = {
    features: new Set(features),
    limits: LIMITS,
    lost: new Promise(nothing),
    destroy: nothing,
    addEventListener: nothing,
    pushErrorScope: nothing,
    popErrorScope: async () => null,
    queue: { submit: nothing, writeBuffer: nothing, onSubmittedWorkDone: async () => undefined },
    createBuffer: ({ size, usage, mappedAtCreation = false }: GPUBufferDescriptor) =>
      new SilentBuffer(size, usage, mappedAtCreation),
    createShaderModule: () => ({}),
    createBindGroupLayout: () => ({}),
    createPipelineLayout: () => ({}),
    createBindGroup: () => ({}),
    createComputePipeline: () => ({ getBindGroupLayout: () => ({}) }),
    createQuerySet: () => ({ destroy: nothing }),
    createCommandEncoder: () => ({
      beginComputePass: pass,
      copyBufferToBuffer: nothing,
      resolveQuerySet: nothing,
      finish: () => ({}),
    }),
  };
  return device as unknown as GPUDevice;
}
