/**
 * How many threads wasm computes with in this realm: decided once, measured or asked for, and told in the
 * backend's report. Not here: the measurement (kernels/wasm/threads.ts) and starting workers (whoever calls
 * `setThreadSource`).
 */
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import type { BackendReport, ThreadReport } from '../../core/training/events';
import { machineOf } from '../kernels/wasm/simd';
import {
  canShareMemory,
  chooseThreads,
  MOST,
  type ThreadChoice,
  type ThreadSource,
} from '../kernels/wasm/threads';
import { memoryLimits } from './memory-limits';
import * as tf from '../tf';

let source: ThreadSource | null = null;
let decided: { readonly wanted: ThreadChoice; readonly report: ThreadReport } | null = null;

/**
 * Where wasm's threads come from; without it, one computes. Before the first `chooseBackend`; null takes them
 * away again.
 */
export function setThreadSource(threads: ThreadSource | null): void {
  source = threads;
  decided = null;
}

const digits = (gain: number): string => gain.toFixed(gain < 10 ? 2 : 0);

/** How many threads compute and why, in plain words; the page has its own (src/ui/text/errors.ts). */
function detailOf(threads: ThreadReport | undefined): string {
  if (!threads)
    return source && source.most > 1 && canShareMemory()
      ? 'WebAssembly, threads are measured when a run begins'
      : 'WebAssembly, one thread';
  const { used, measured, message } = threads;
  if (used > 1)
    return `WebAssembly, ${used} threads${measured ? `, ${digits(measured.gain)} times as fast as one` : ''}`;
  if (measured)
    return `WebAssembly, one thread; ${measured.threads} were ${digits(measured.gain)} times as fast`;
  return `WebAssembly, one thread${message ? `; ${message}` : ''}`;
}

/** wasm as it is known before it is started; with its threads where they were measured already. */
export function wasmReport(): BackendReport {
  const limits = memoryLimits('wasm');
  if (typeof WebAssembly !== 'object')
    return {
      id: 'wasm',
      available: false,
      software: false,
      detail: 'this browser has no WebAssembly',
      limits,
    };
  const threads = decided?.wanted === 'measured' ? decided.report : undefined;
  const mostThreads = source && canShareMemory() ? Math.min(source.most, MOST) : 1;
  return {
    id: 'wasm',
    available: true,
    software: false,
    detail: detailOf(threads),
    limits,
    mostThreads,
    ...(threads ? { threads } : {}),
  };
}

/**
 * The report with its threads, which are decided anew only where something else is wanted than before. wasm
 * is the current backend.
 */
export async function withThreads(report: BackendReport, wanted: ThreadChoice): Promise<BackendReport> {
  const machine = machineOf(tf.backend() as BackendWasm);
  if (decided?.wanted !== wanted)
    decided = {
      wanted,
      report: machine ? await chooseThreads(machine, source, wanted) : { used: 1, reason: 'impossible' },
    };
  const { report: threads } = decided;
  return { ...report, detail: detailOf(threads), threads };
}
