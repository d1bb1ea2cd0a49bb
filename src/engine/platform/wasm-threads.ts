/**
 * How many threads wasm computes with in this realm: decided once, measured or asked for, and told in the
 * backend's report. Not here: the measurement (kernels/wasm/threads.ts) and starting workers (whoever calls
 * `setThreadSource`).
 */
import { inWords } from '../../core/training/backend-details';
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

/** How many threads compute and why. */
function detailOf(threads: ThreadReport | undefined): ReturnType<typeof inWords> {
  if (!threads)
    return inWords(source && source.most > 1 && canShareMemory() ? 'threads-later' : 'one-thread');
  const { used, measured, failure } = threads;
  if (measured) return inWords(used > 1 ? 'threads-faster' : 'threads-no-gain', { ...measured });
  if (used > 1) return inWords('threads-pinned', { threads: used });
  return failure ? inWords('threads-failed', failure) : inWords('one-thread');
}

/** wasm as it is known before it is started; with its threads where they were measured already. */
export function wasmReport(): BackendReport {
  const limits = memoryLimits('wasm');
  if (typeof WebAssembly !== 'object')
    return {
      id: 'wasm',
      available: false,
      software: false,
      ...inWords('no-webassembly'),
      limits,
    };
  const threads = decided?.wanted === 'measured' ? decided.report : undefined;
  const mostThreads = source && canShareMemory() ? Math.min(source.most, MOST) : 1;
  return {
    id: 'wasm',
    available: true,
    software: false,
    ...detailOf(threads),
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
  return { ...report, ...detailOf(threads), threads };
}
