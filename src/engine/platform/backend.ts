/**
 * Which backends there are, and choosing one: webgpu on a hardware adapter, else wasm, else cpu. A software
 * adapter (SwiftShader, llvmpipe) is reported as such and only used when asked for. A backend must pass the
 * self-check before anything is computed on it: first every kernel of ours, where a wrong one gives way to
 * the backend's own, then a small network as a whole. The webgpu and wasm packages are loaded only when they
 * are needed.
 */
import type { Reason } from '../../core/errors/catalogue';
import { BackendError, toWire } from '../../core/errors/errors';
import { inWords } from '../../core/training/backend-details';
import type { BackendReport } from '../../core/training/events';
import type { BackendId } from '../../core/config/run-config';
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import { guardMemory, watchDevice } from './faults';
import { registerWebGpu } from '../kernels/webgpu/backend';
import { checkWebGpuKernels, type KernelCheck } from '../kernels/webgpu/check';
import { gpu, setSoftwareAdapter } from '../kernels/webgpu/gpu';
import { checkSimdKernels } from '../kernels/wasm/check';
import { registerWasmConvolutionGradients } from '../kernels/wasm/convolution';
import { hasSimdKernels, installSimdKernels } from '../kernels/wasm/simd';
import { SIMD_KERNELS } from '../kernels/wasm/simd-kernels';
import type { ThreadChoice } from '../kernels/wasm/threads';
import { memoryLimits, type BufferLimits } from './memory-limits';
import { selfCheck } from './self-check';
import * as tf from '../tf';
import { wasmReport, withThreads } from './wasm-threads';

/** The few members of WebGPU's `GPU` and `GPUAdapter` that are read here. */
interface Adapter {
  readonly info?: {
    readonly vendor?: string;
    readonly architecture?: string;
    readonly device?: string;
    readonly description?: string;
    readonly isFallbackAdapter?: boolean;
  };
  readonly isFallbackAdapter?: boolean;
  readonly limits?: BufferLimits;
}
interface WithGpu {
  readonly gpu?: {
    requestAdapter(options?: { powerPreference: 'high-performance' }): Promise<Adapter | null>;
  };
}

const SOFTWARE = /swiftshader|llvmpipe|lavapipe|softpipe|software|basic render|\bwarp\b/i;

/** What an adapter says of itself, and whether it computes on the processor. */
export function describeAdapter(adapter: Adapter): Pick<BackendReport, 'detail' | 'said' | 'software'> {
  const { vendor, architecture, device, description } = adapter.info ?? {};
  const words = [description || device, vendor, architecture].filter(Boolean).join(', ');
  const fallback = adapter.info?.isFallbackAdapter === true || adapter.isFallbackAdapter === true;
  return {
    ...(words ? { detail: words } : inWords('unnamed-adapter')),
    software: fallback || SOFTWARE.test(words),
  };
}

async function webgpuReport(): Promise<BackendReport> {
  const missing = (words: ReturnType<typeof inWords>): BackendReport => ({
    id: 'webgpu',
    available: false,
    software: false,
    ...words,
  });
  const { gpu: offered } = (globalThis.navigator ?? {}) as WithGpu;
  if (!offered) return missing(inWords('no-webgpu'));
  try {
    const adapter = await offered.requestAdapter({ powerPreference: 'high-performance' });
    return adapter
      ? {
          id: 'webgpu',
          available: true,
          ...describeAdapter(adapter),
          ...(adapter.limits ? { limits: memoryLimits('webgpu', adapter.limits) } : {}),
        }
      : missing(inWords('no-adapter'));
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return missing(inWords('no-answer', { message }));
  }
}

/** Every backend in order of preference, with what it is or what it lacks. Loads none of them. */
export async function availableBackends(): Promise<BackendReport[]> {
  return [
    await webgpuReport(),
    wasmReport(),
    {
      id: 'cpu',
      available: true,
      software: false,
      ...inWords('javascript'),
      limits: memoryLimits('cpu'),
    },
  ];
}

type WasmFiles = Readonly<Record<string, string>>;
let wasmFiles: WasmFiles | null = null;

/**
 * Where the wasm backend's binaries are; needed wherever a bundler moved them. Before the first
 * `chooseBackend`.
 */
export function setWasmFiles(files: WasmFiles): void {
  wasmFiles = files;
}

/** Loads a backend's package and whatever of ours belongs to it. */
async function load(id: BackendId): Promise<void> {
  if (id === 'webgpu') await registerWebGpu();
  if (id === 'wasm') {
    const { setWasmPaths } = await import('@tensorflow/tfjs-backend-wasm');
    // The library's own threads do not survive a minifier and are no faster on few cores; ours are in
    // kernels/wasm/team.ts.
    tf.env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);
    if (wasmFiles) setWasmPaths({ ...wasmFiles });
    registerWasmConvolutionGradients();
  }
}

const checked = new Map<BackendId, KernelCheck>();
const prepared = new WeakSet<object>();
let tellBreakdown: (error: BackendError) => void = () => undefined;

/**
 * Called when a backend that was chosen breaks down outside any call: it cannot be used in this realm any
 * more.
 */
export function onBreakdown(tell: (error: BackendError) => void): void {
  tellBreakdown = tell;
}

/** What is done once to a backend that has started. */
function prepare(id: BackendId, backend: object): void {
  if (prepared.has(backend)) return;
  prepared.add(backend);
  if (id === 'webgpu') watchDevice(backend as WebGPUBackend, (error) => tellBreakdown(error));
  if (id !== 'wasm') return;
  guardMemory(backend as BackendWasm);
  if (!hasSimdKernels(backend as BackendWasm)) installSimdKernels(backend as BackendWasm, SIMD_KERNELS);
}

/** Why a backend that is not there is not. */
const reasonOf = ({ said, detail }: BackendReport): Reason =>
  said ? ({ ...said.values, why: said.key } as Reason) : { reason: detail };

async function start(report: BackendReport, threads: ThreadChoice): Promise<BackendReport> {
  const { id } = report;
  const failed = (reason: Reason, cause?: unknown): BackendError =>
    new BackendError('backend-missing', { backend: id, ...reason }, cause);
  if (!report.available) throw failed(reasonOf(report));
  try {
    if (id === 'webgpu') setSoftwareAdapter(report.software);
    await load(id);
    if (!(await tf.setBackend(id))) throw failed({ why: 'not-started' });
    await tf.ready();
    prepare(id, tf.backend());
  } catch (error) {
    if (error instanceof BackendError) throw error;
    throw failed({ reason: error instanceof Error ? error.message : String(error) }, error);
  }
  const { replaced, avoided } = checked.get(id) ?? (await check(id));
  const found = {
    ...report,
    ...(replaced.length > 0 ? { replaced } : {}),
    ...(avoided.length > 0 ? { avoided: avoided.map(({ kernel, variant }) => `${kernel}/${variant}`) } : {}),
  };
  return id === 'wasm' ? withThreads(found, threads) : found;
}

/** Kernel by kernel, then the network with what is left of ours. @throws BackendError `self-check` */
async function check(id: BackendId): Promise<KernelCheck> {
  const found = await checkKernels(id);
  await selfCheck(id);
  checked.set(id, found);
  return found;
}

async function checkKernels(id: BackendId): Promise<KernelCheck> {
  if (id === 'webgpu') return checkWebGpuKernels(gpu());
  const simd = id === 'wasm' && hasSimdKernels(tf.backend() as BackendWasm);
  return { replaced: simd ? checkSimdKernels() : [], avoided: [] };
}

/**
 * Makes a backend the current one.
 * @param wanted `auto`: webgpu on a hardware adapter, else wasm, else cpu; one that fails is passed over
 * @param threads of wasm: as many as are measured to pay, or a number of them (1 to compare with others that
 * have one)
 * @throws BackendError `backend-missing`; `self-check` when it computes wrong numbers
 */
export async function chooseBackend(
  wanted: BackendId | 'auto',
  threads: ThreadChoice = 'measured',
): Promise<BackendReport> {
  const reports = await availableBackends();
  if (wanted !== 'auto')
    return start(
      reports.find((r) => r.id === wanted)!,
      threads,
    );
  const candidates = reports.filter((r) => r.available && !r.software);
  const passedOver: PassedOver[] = [];
  for (const candidate of candidates.slice(0, -1)) {
    try {
      return withReasons(await start(candidate, threads), passedOver);
    } catch (error) {
      if (!(error instanceof BackendError)) throw error;
      passedOver.push({ id: candidate.id, error: toWire(error) });
    }
  }
  return withReasons(await start(candidates.at(-1)!, threads), passedOver);
}

type PassedOver = NonNullable<BackendReport['passedOver']>[number];

/** A better backend that failed must not be passed over in silence. */
const withReasons = (report: BackendReport, passedOver: readonly PassedOver[]): BackendReport =>
  passedOver.length > 0 ? { ...report, passedOver } : report;

/** What the engine holds at this moment. */
export function memory(): { readonly tensors: number; readonly bytes: number } {
  const { numTensors, numBytes } = tf.memory();
  return { tensors: numTensors, bytes: numBytes };
}
