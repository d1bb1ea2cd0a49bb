/**
 * Puts the SIMD programs in place of the host kernels on the wasm backend. They run on the backend's own
 * memory, so nothing is copied. Shapes they are not made for (channels not in fours, outputs not in eights)
 * and engines without SIMD keep the kernels that were registered before.
 */
import { BackendError } from '../../../core/errors/errors';
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import * as tf from '../../tf';
import { kernelsChanged, Switches } from '../switches';
import { assemble } from './assembler';
import { PROGRAMS } from './programs';
import { UPDATE_PROGRAMS } from './update';
import type { Team } from './team';
import type { Call, Programs, Slot, Workspace } from './workspace';

/** The members of the backend's Emscripten module that are used here; its types leave them out. */
interface WasmModule {
  readonly HEAPU8: Uint8Array;
  readonly HEAPF32: Float32Array;
  _malloc(bytes: number): number;
  _free(address: number): void;
  /** The module's exports, its memory among them. */
  readonly asm?: Readonly<Record<string, unknown>>;
  readonly tfjs: {
    disposeData(id: number): void;
    registerTensor(id: number, size: number, address: number): void;
  };
}

/** The members of the backend that number its tensors; its types call them private. */
interface Numbered {
  dataIdNextNumber: number;
  readonly dataIdMap: { get(dataId: object): { id: number; readonly memoryOffset: number } };
}

const LINE = 64;

const IN_PLACE: Slot = { fetch: (address) => address, target: (address) => address, store: () => undefined };

/**
 * What a SIMD kernel works with: the programs, and memory by address (bytes). As a workspace, it is the heap.
 */
export class Machine implements Workspace {
  readonly threads = 1;
  readonly buffers = 1;
  readonly run: Programs;
  /** Programs of the optimisers' rules (update.ts). */
  readonly updates: Readonly<Record<string, (...parameters: readonly number[]) => void>>;
  /** Other threads, where there are some and they pay. */
  team: Team | null = null;
  /**
   * Products of fewer operations are done before other threads have woken up; with fewer operations for each
   * byte that goes to the shared memory and back, copying takes longer than it saves (the first layer, of one
   * channel, has 4.5).
   */
  worthSharing = { operations: 2e7, perByte: 20 };
  private readonly backend: BackendWasm;
  private readonly wasm: WasmModule;
  private scratch: number[] = [];

  constructor(backend: BackendWasm, exports: WebAssembly.Exports) {
    this.backend = backend;
    this.wasm = backend.wasm as unknown as WasmModule;
    this.run = exports as unknown as Programs;
    this.updates = exports as unknown as Machine['updates'];
  }

  /** A new tensor, contents undefined. Invalidates views. */
  output(shape: readonly number[], dtype: 'float32' | 'int32' = 'float32'): tf.TensorInfo {
    return this.backend.makeOutput([...shape], dtype);
  }

  address(info: tf.TensorInfo): number {
    return this.backend.getMemoryOffset(info.dataId);
  }

  /** @param operations floating-point  @param floats that are read and written */
  workspace(operations: number, floats: number): Workspace {
    const { operations: least, perByte } = this.worthSharing;
    return this.team && operations >= Math.max(least, perByte * 4 * floats)
      ? this.team.workspaceFor(this)
      : this;
  }

  begin(calls: readonly Call[]): void {
    for (const { program, parameters } of calls) this.run[program](...parameters);
  }

  finish(): void {
    // Done when they were begun.
  }

  slot(): Slot {
    return IN_PLACE;
  }

  /** Temporary memory until the kernel returns, at the beginning of a cache line. Invalidates views. */
  allocate(bytes: number): number {
    const address = this.wasm._malloc(bytes + LINE) >>> 0;
    if (address === 0) throw new BackendError('out-of-memory', { backend: 'wasm' });
    this.scratch.push(address);
    return Math.ceil(address / LINE) * LINE;
  }

  /**
   * To be called when a tensor's values were overwritten: it gets another number, because the backend's own
   * kernels keep packed copies of filters and weights by that number. The copies are freed, the values stay
   * where they are.
   */
  renew(info: tf.TensorInfo): void {
    const inner = this.backend as unknown as Numbered;
    const data = inner.dataIdMap.get(info.dataId);
    this.wasm.tfjs.disposeData(data.id);
    data.id = inner.dataIdNextNumber++;
    this.wasm.tfjs.registerTensor(data.id, tf.util.sizeFromShape(info.shape), data.memoryOffset);
  }

  free(): void {
    this.team?.release();
    for (const address of this.scratch) this.wasm._free(address);
    this.scratch = [];
  }

  /** The whole memory as float32; valid until the next allocation. */
  floats(): Float32Array {
    return this.wasm.HEAPF32;
  }

  floatsAt(address: number, length: number): Float32Array {
    return new Float32Array(this.wasm.HEAPU8.buffer, address, length);
  }

  doublesAt(address: number, length: number): Float64Array {
    return new Float64Array(this.wasm.HEAPU8.buffer, address, length);
  }

  integersAt(address: number, length: number): Int32Array {
    return new Int32Array(this.wasm.HEAPU8.buffer, address, length);
  }
}

/** Returns null where this shape is left to the plain kernel. */
export type SimdKernel = (
  machine: Machine,
  inputs: readonly tf.TensorInfo[],
  attributes: tf.NamedAttrMap,
) => tf.TensorInfo[] | null;

const machines = new WeakMap<BackendWasm, Machine>();

/** What TensorFlow.js runs by a name on wasm: the kernel that was there before, if any, and ours. */
interface Entry {
  readonly plain: tf.KernelConfig | undefined;
  readonly ours: tf.KernelConfig;
}
const entries = new Map<string, Entry>();
const switches = new Switches();

/** Puts the plain kernel in the place of ours, or ours back. */
export function switchSimdKernel(name: string, on: boolean): void {
  switches.set(name, on);
  const entry = entries.get(name);
  if (entry) enter(name, entry);
}

/** Whether a kernel is in use, where SIMD kernels are. */
export const isSimdKernelOn = (name: string): boolean => switches.isOn(name);

function enter(name: string, { plain, ours }: Entry): void {
  if (tf.getKernel(name, 'wasm')) tf.unregisterKernel(name, 'wasm');
  const config = switches.isOn(name) ? ours : plain;
  if (config) tf.registerKernel(config);
}

/** Makes `kernel` the first choice for a kernel of wasm, or the only one where none is registered. */
function register(name: string, kernel: SimdKernel): void {
  if (entries.has(name)) return;
  const plain = tf.getKernel(name, 'wasm') as tf.KernelConfig | undefined;
  const kernelFunc: tf.KernelFunc = (given) => {
    const machine = machines.get(given.backend as BackendWasm);
    try {
      const made =
        machine &&
        kernel(machine, Object.values(given.inputs) as tf.TensorInfo[], given.attrs as tf.NamedAttrMap);
      if (!made && !plain) throw new BackendError('program-fault', { why: 'shape', kernel: name });
      return made ? (made.length === 1 ? made[0]! : made) : plain!.kernelFunc(given);
    } finally {
      machine?.free();
    }
  };
  const entry = { plain, ours: { ...plain, kernelName: name, backendName: 'wasm', kernelFunc } };
  entries.set(name, entry);
  enter(name, entry);
}

/**
 * Compiles the programs for a started wasm backend and registers the kernels.
 * @returns false where the processor or browser has no SIMD, or the backend does not show its memory
 */
export function installSimdKernels(
  backend: BackendWasm,
  kernels: Readonly<Record<string, SimdKernel>>,
): boolean {
  const exported = Object.values((backend.wasm as unknown as WasmModule).asm ?? {});
  const memory = exported.find((item) => item instanceof WebAssembly.Memory);
  const module = assemble({ ...PROGRAMS, ...UPDATE_PROGRAMS });
  if (!memory || !WebAssembly.validate(module)) return false;
  const instance = new WebAssembly.Instance(new WebAssembly.Module(module), { env: { memory } });
  machines.set(backend, new Machine(backend, instance.exports));
  for (const [name, kernel] of Object.entries(kernels)) register(name, kernel);
  kernelsChanged();
  return true;
}

/** Whether {@link installSimdKernels} succeeded for this backend. */
export const hasSimdKernels = (backend: BackendWasm): boolean => machines.has(backend);

/** What the kernels of this backend work with; null where {@link installSimdKernels} did not succeed. */
export const machineOf = (backend: BackendWasm): Machine | null => machines.get(backend) ?? null;
