/**
 * Runs our own WGSL on TensorFlow.js' device, command encoder and buffers, so that its kernels and ours
 * follow each other in one queue. Unlike `runWebGPUProgram`, a pass may have any number of outputs, write in
 * place, and use part of a buffer. Not here: which kernel runs (registry.ts) and what it computes.
 */
import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import * as tf from '../../tf';
import { flush, isSlice, traitsOf, type Slice, type Traits } from './backend';

export type Operand = tf.TensorInfo | Slice;

export interface Bound {
  /** The variable's name in WGSL, and the type of its elements. */
  readonly name: string;
  readonly type: 'f32' | 'vec4f' | 'u32';
  readonly operand: Operand;
  readonly write: boolean;
}

/** A storage buffer that a pass reads. */
export const reads = (name: string, type: Bound['type'], operand: Operand): Bound => ({
  name,
  type,
  operand,
  write: false,
});
/** A storage buffer that a pass writes (and may read). */
export const writes = (name: string, type: Bound['type'], operand: Operand): Bound => ({
  name,
  type,
  operand,
  write: true,
});

export interface Pass {
  /**
   * Names the WGSL: two passes with the same label have the same code, bindings and uniforms (their values
   * aside).
   */
  readonly label: string;
  readonly bindings: readonly Bound[];
  /** Whole numbers, `u.name` in WGSL. Few different values in the life of a device: they are kept on it. */
  readonly sizes: Readonly<Record<string, number>>;
  /** Numbers that change from step to step, `v.name` in WGSL. */
  readonly values?: Readonly<Record<string, number>>;
  /** The same for whole numbers up to 2^32 - 1; also `v.name`. */
  readonly words?: Readonly<Record<string, number>>;
  readonly workgroups: readonly [number, number, number];
  /** The code uses subgroup operations. */
  readonly subgroups?: boolean;
  /** Everything behind the declarations. */
  readonly code: () => string;
}

/** Members of the backend that its types keep private. */
interface Internals {
  readonly commandEncoder: GPUCommandEncoder;
  computePassEncoder: GPUComputePassEncoder | null;
  dispatchCountInPass: number;
  readonly uniformPendingDisposal: GPUBuffer[];
}

/** Threads a workgroup of the kernels that work element by element. */
export const GROUP = 64;

/** Workgroups for `count` independent elements; `flatIndex` is the WGSL that numbers them. */
export const flat = (count: number): readonly [number, number, number] => {
  const groups = Math.ceil(count / GROUP);
  const x = Math.min(groups, 32_768);
  return [x, Math.ceil(groups / x), 1];
};
export const flatIndex = `
@compute @workgroup_size(${GROUP})
fn main(@builtin(global_invocation_id) id: vec3u, @builtin(num_workgroups) groups: vec3u) {
  let index = id.x + id.y * groups.x * ${GROUP}u;`;

interface Compiled {
  readonly pipeline: GPUComputePipeline;
  readonly layout: GPUBindGroupLayout;
}

export class Gpu {
  readonly backend: WebGPUBackend;
  readonly traits: Traits;
  private readonly internals: Internals;
  private readonly pipelines = new Map<string, Compiled>();
  private readonly sizes = new Map<string, GPUBuffer>();
  private held = false;

  constructor(backend: WebGPUBackend, software: boolean) {
    this.backend = backend;
    this.internals = backend as unknown as Internals;
    this.traits = traitsOf(backend.device, software);
  }

  /** The part of a buffer behind a tensor, uploaded if need be. */
  slice(operand: Operand): Slice {
    if (!('dataId' in operand)) return operand;
    this.backend.uploadToGPU(operand.dataId);
    const { resource } = this.backend.tensorMap.get(operand.dataId);
    if (isSlice(resource)) return resource;
    const buffer = resource as GPUBuffer;
    return { buffer, offset: 0, size: buffer.size };
  }

  /** A tensor with undefined contents. It is the caller's. */
  empty(shape: readonly number[], dtype: 'float32' | 'int32' = 'float32'): tf.Tensor {
    const info = this.backend.makeTensorInfo([...shape], dtype);
    this.backend.uploadToGPU(info.dataId);
    return tf.engine().makeTensorFromTensorInfo(info);
  }

  /** A tensor over a part of a buffer that belongs to somebody else: disposing it frees nothing. */
  view(slice: Slice, shape: readonly number[]): tf.Tensor {
    const info = this.backend.makeTensorInfo([...shape], 'float32');
    const data = this.backend.tensorMap.get(info.dataId);
    // The backend hands a resource that is neither buffer nor texture to WebGPU as it is, which is what a
    // slice is for.
    data.resource = slice as unknown as GPUBuffer;
    data.external = true;
    return tf.engine().makeTensorFromTensorInfo(info);
  }

  /** Whether a tensor is a {@link view}. */
  isView(tensor: tf.TensorInfo): boolean {
    return isSlice(this.backend.tensorMap.get(tensor.dataId).resource);
  }

  /** Copies a tensor over a view. */
  assign(view: tf.TensorInfo, from: tf.TensorInfo): void {
    const [target, source] = [this.slice(view), this.slice(from)];
    this.backend.ensureCommandEncoderReady();
    this.backend.endComputePassEncoder();
    this.internals.commandEncoder.copyBufferToBuffer(
      source.buffer,
      source.offset,
      target.buffer,
      target.offset,
      target.size,
    );
  }

  /** Overwrites a view with numbers from the host. */
  fill(view: tf.TensorInfo, values: Float32Array): void {
    const { buffer, offset } = this.slice(view);
    this.flush(); // what was recorded must not come after what is written now
    this.backend.queue.writeBuffer(buffer, offset, values as Float32Array<ArrayBuffer>);
  }

  /** Records one dispatch behind whatever was recorded before. */
  run(pass: Pass): void {
    const { pipeline, layout } = this.pipeline(pass);
    const resources: Slice[] = pass.bindings.map(({ operand }) => this.slice(operand));
    resources.push(this.sizeBuffer(Object.values(pass.sizes)));
    if (hasValues(pass)) resources.push(this.valueBuffer(pass));
    const group = this.backend.device.createBindGroup({
      layout,
      entries: resources.map((resource, binding) => ({ binding, resource })),
    });
    this.backend.ensureCommandEncoderReady();
    this.internals.computePassEncoder ??= this.internals.commandEncoder.beginComputePass();
    const encoder = this.internals.computePassEncoder;
    encoder.setPipeline(pipeline);
    encoder.setBindGroup(0, group);
    encoder.dispatchWorkgroups(...pass.workgroups);
    this.internals.dispatchCountInPass++;
    if (
      !this.held &&
      this.internals.dispatchCountInPass >= tf.env().getNumber('WEBGPU_DEFERRED_SUBMIT_BATCH_SIZE')
    )
      this.flush();
  }

  /** Sends everything recorded so far on its way. */
  flush(): void {
    flush(this.backend);
  }

  /**
   * Records everything `record` does as one compute pass between two timestamps, entries 0 and 1 of the set,
   * and sends it.
   */
  between(timestamps: GPUQuerySet, record: () => void): void {
    this.flush();
    this.backend.ensureCommandEncoderReady();
    this.internals.computePassEncoder = this.internals.commandEncoder.beginComputePass({
      timestampWrites: { querySet: timestamps, beginningOfPassWriteIndex: 0, endOfPassWriteIndex: 1 },
    });
    this.held = true;
    try {
      record();
    } finally {
      this.held = false;
      this.flush();
    }
  }

  private pipeline(pass: Pass): Compiled {
    const known = this.pipelines.get(pass.label);
    if (known) return known;
    const { device } = this.backend;
    const { label } = pass;
    // Spelled out, because a layout made from the code leaves out what the code happens not to use.
    const types: GPUBufferBindingType[] = pass.bindings.map(({ write }) =>
      write ? 'storage' : 'read-only-storage',
    );
    types.push('uniform');
    if (hasValues(pass)) types.push('uniform');
    const layout = device.createBindGroupLayout({
      label,
      entries: types.map((type, binding) => ({
        binding,
        visibility: GPUShaderStage.COMPUTE,
        buffer: { type },
      })),
    });
    const module = device.createShaderModule({
      label,
      code: `${pass.subgroups ? 'enable subgroups;\n' : ''}${declarations(pass)}\n${pass.code()}`,
    });
    const pipeline = device.createComputePipeline({
      label,
      layout: device.createPipelineLayout({ bindGroupLayouts: [layout] }),
      compute: { module, entryPoint: 'main' },
    });
    const compiled = { pipeline, layout };
    this.pipelines.set(label, compiled);
    return compiled;
  }

  private sizeBuffer(numbers: readonly number[]): Slice {
    const key = numbers.join();
    let buffer = this.sizes.get(key);
    if (!buffer) {
      const data = Uint32Array.from(numbers);
      buffer = this.backend.device.createBuffer({
        size: rounded(data.byteLength),
        usage: GPUBufferUsage.UNIFORM | GPUBufferUsage.COPY_DST,
      });
      this.backend.queue.writeBuffer(buffer, 0, data);
      this.sizes.set(key, buffer);
    }
    return { buffer, offset: 0, size: buffer.size };
  }

  /**
   * Back in the pool when what was recorded has been sent: until then, a write would overtake its readers.
   */
  private valueBuffer({ values = {}, words = {} }: Pass): Slice {
    const [numbers, whole] = [Object.values(values), Object.values(words)];
    const data = new Uint32Array(numbers.length + whole.length);
    new Float32Array(data.buffer).set(numbers);
    data.set(whole, numbers.length);
    const buffer = this.backend.bufferManager.acquireBuffer(
      rounded(data.byteLength),
      GPUBufferUsage.UNIFORM | GPUBufferUsage.COPY_DST,
    );
    this.backend.queue.writeBuffer(buffer, 0, data);
    this.internals.uniformPendingDisposal.push(buffer);
    return { buffer, offset: 0, size: buffer.size };
  }
}

const rounded = (bytes: number): number => Math.max(16, Math.ceil(bytes / 16) * 16);

const hasValues = ({ values, words }: Pass): boolean => values !== undefined || words !== undefined;

function declarations(pass: Pass): string {
  const { bindings, sizes, values = {}, words = {} } = pass;
  const fields = (type: string, record: object): string[] =>
    Object.keys(record).map((name) => `${name}: ${type}`);
  const struct = (name: string, members: readonly string[]): string =>
    `struct ${name} { ${members.join(', ')} }`;
  const lines = bindings.map(
    ({ name, type, write }, i) =>
      `@group(0) @binding(${i}) var<storage, ${write ? 'read_write' : 'read'}> ${name}: array<${type}>;`,
  );
  lines.push(
    struct('Sizes', fields('u32', sizes)),
    `@group(0) @binding(${bindings.length}) var<uniform> u: Sizes;`,
  );
  if (hasValues(pass))
    lines.push(
      struct('Values', [...fields('f32', values), ...fields('u32', words)]),
      `@group(0) @binding(${bindings.length + 1}) var<uniform> v: Values;`,
    );
  return lines.join('\n');
}

let software = false;
const known = new WeakMap<object, Gpu>();

/** Said by backend.ts when it has looked at the adapter; decides which variants come first. */
export function setSoftwareAdapter(value: boolean): void {
  software = value;
}

/** The current backend's, which must be webgpu. */
export function gpu(): Gpu {
  const backend = tf.backend() as WebGPUBackend;
  let one = known.get(backend);
  if (!one) known.set(backend, (one = new Gpu(backend, software)));
  return one;
}
