/**
 * Whether threads pay on this machine, and how many: decided by a short measurement, because nothing that a
 * browser tells says it - cores may be busy, throttled or two halves of one. Convolutions and their gradients
 * are timed in turns with one thread on the backend's heap and with several in the shared memory, copies
 * included, and must agree to the last bit. Not here: how threads compute (team.ts) and who starts them
 * (whoever calls `setThreadSource` in backend.ts).
 */
import { BackendError, type ErrorDetails } from '../../../core/errors/errors';
import type { ThreadReport } from '../../../core/training/events';
import * as tf from '../../tf';
import { kernelTable } from '../../backends/kernels/current';
import { assemble } from './assembler';
import { PROGRAMS } from './programs';
import { PAGES } from './ring';
import type { Machine } from './simd';
import { Team, type StartMember } from './team';

/** Where threads come from. */
export interface ThreadSource {
  /** Threads at most, the calling one included. */
  readonly most: number;
  readonly start: StartMember;
  /** Milliseconds in which they must have started. */
  readonly within: number;
}

/** `measured`: as many as pay; a number: just so many, whether they pay or not. */
export type ThreadChoice = 'measured' | number;

/** Numbers of threads that are tried. More were never seen to help layers of these sizes. */
const TRIED = [2, 3, 4, 6, 8] as const;
/** The largest of them. */
export const MOST = 8;
/**
 * Below this gain one thread is left alone: it leaves the other cores to samplers and to the rest of the
 * machine.
 */
const WORTH = 1.15;
/** A smaller number of threads is preferred where it is nearly as fast. */
const NEARLY = 1.05;
/**
 * Rounds go on until so many in a row have made nothing faster by more than a few per cent - engines compile
 * what runs often a second time, while it runs - or for so many milliseconds.
 */
const [SETTLED, FASTER, MEASURE_MS] = [8, 0.97, 500];
/** A layer in the middle of the compact model: 5 ms on one thread for all three products. */
const LAYER = { batch: 8, size: 16, channels: 32 } as const;

/** Whether this realm may share memory with others and wait for them. */
export function canShareMemory(): boolean {
  try {
    const memory = new WebAssembly.Memory({ initial: 1, maximum: 1, shared: true });
    Atomics.wait(new Int32Array(memory.buffer), 0, 1, 0);
    // Node has none, and needs none
    const { crossOriginIsolated } = globalThis as { readonly crossOriginIsolated?: boolean };
    return crossOriginIsolated !== false && WebAssembly.validate(assemble(PROGRAMS, PAGES));
  } catch {
    return false;
  }
}

/** The products of one layer, and what they are of. The caller disposes. */
function layer() {
  const { batch, size, channels } = LAYER;
  const filled = (...shape: number[]): tf.Tensor =>
    tf.tensor(
      Float32Array.from({ length: tf.util.sizeFromShape(shape) }, (_, i) => ((i * 7919) % 257) / 257 - 0.5),
      shape,
    );
  const [x, filter, bias] = [
    filled(batch, size, size, channels),
    filled(3, 3, channels, channels),
    filled(channels),
  ];
  const geometry = { stride: 1, padding: 1 };
  return {
    compute: () => [
      kernelTable().convolution(x, filter, bias, geometry, true),
      kernelTable().convolutionInputGradient(x, filter, x.shape, geometry),
      kernelTable().convolutionFilterGradient(x, x, filter.shape, geometry),
    ],
    dispose: () => {
      tf.dispose([x, filter, bias]);
    },
  };
}

export interface Choice {
  readonly used: number;
  /** Of the numbers above one, the smallest that is nearly the fastest. */
  readonly best: { readonly threads: number; readonly gain: number };
}

/**
 * The number of threads that pays, from the milliseconds of a product with each number; 1 and another are
 * among them.
 */
export function fewestThatPay(times: ReadonlyMap<number, number>): Choice {
  const several = [...times].filter(([threads]) => threads > 1).sort(([a], [b]) => a - b);
  const fastest = Math.min(...several.map(([, ms]) => ms));
  const [threads, ms] = several.find(([, time]) => time <= NEARLY * fastest)!;
  const gain = times.get(1)! / ms;
  return { used: gain >= WORTH ? threads : 1, best: { threads, gain } };
}

/**
 * Milliseconds with each number of threads, in turns: the fastest time of each, because whatever else the
 * machine does while a page starts can only add to it.
 * @throws Error where the bits differ; BackendError where a thread does not answer
 */
function measure(machine: Machine, team: Team, counts: readonly number[]): ReadonlyMap<number, number> {
  const { compute, dispose } = layer();
  const withThreads = <T>(threads: number, read: (made: tf.Tensor[], ms: number) => T): T => {
    team.threads = threads;
    machine.team = threads > 1 ? team : null;
    const began = performance.now();
    const made = compute();
    const ms = performance.now() - began;
    const result = read(made, ms);
    tf.dispose(made);
    return result;
  };
  const bits = (threads: number): string =>
    withThreads(threads, (made) =>
      made.map((t) => new Int32Array((t.dataSync() as Float32Array).slice().buffer).join()).join(';'),
    );
  try {
    const expected = bits(1);
    if (counts.some((threads) => bits(threads) !== expected))
      throw new BackendError('threads-failed', { why: 'threads-differ' });
    const fastest = new Map(counts.map((threads) => [threads, Number.POSITIVE_INFINITY]));
    const until = performance.now() + MEASURE_MS;
    for (let settled = 0; settled < SETTLED && performance.now() < until; settled++)
      for (const [threads, before] of fastest) {
        const ms = withThreads(threads, (_made, taken) => taken);
        if (ms < FASTER * before) settled = -1;
        fastest.set(threads, Math.min(ms, before));
      }
    return fastest;
  } finally {
    machine.team = null;
    dispose();
  }
}

const failureOf = (error: unknown): ErrorDetails =>
  error instanceof BackendError && 'why' in error.details
    ? error.details
    : { message: error instanceof Error ? error.message : String(error) };

async function started(team: Team, members: number, within: number): Promise<void> {
  for (const until = performance.now() + within; team.ready < members;) {
    if (performance.now() > until)
      throw new BackendError('threads-failed', { why: 'threads-late', seconds: within / 1000 });
    await new Promise((resolve) => {
      setTimeout(resolve, 2);
    });
  }
}

/**
 * Gives the machine as many threads as pay, or as were asked for, and ends those it does not use; an earlier
 * team is ended. wasm is the current backend.
 */
export async function chooseThreads(
  machine: Machine,
  source: ThreadSource | null,
  wanted: ThreadChoice,
): Promise<ThreadReport> {
  machine.team?.end();
  machine.team = null;
  if (wanted === 1) return { used: 1, reason: 'pinned' };
  const most = wanted === 'measured' ? Math.min(source?.most ?? 1, MOST) : wanted;
  if (!source || most < 2 || !canShareMemory()) return { used: 1, reason: 'impossible' };
  let team: Team | null = null;
  try {
    team = new Team(new WebAssembly.Module(assemble(PROGRAMS, PAGES)), most - 1, source.start);
    await started(team, most - 1, source.within);
    const choice =
      wanted === 'measured'
        ? fewestThatPay(measure(machine, team, [1, ...TRIED.filter((count) => count < most), most]))
        : null;
    const used = choice?.used ?? most;
    team.threads = used;
    team.dismiss();
    if (used > 1) machine.team = team;
    return choice
      ? { used, reason: used > 1 ? 'faster' : 'no-gain', measured: choice.best }
      : { used, reason: 'pinned' };
  } catch (error) {
    team?.end();
    return { used: 1, reason: 'failed', failure: failureOf(error) };
  }
}
