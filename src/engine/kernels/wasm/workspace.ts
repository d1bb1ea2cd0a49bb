/**
 * Where products are computed: on the backend's own heap, in place, by one thread; or in memory that several
 * threads share, to which the operands are copied and from which the results are fetched (team.ts). Kernels
 * are written once, for both.
 */
import type { PROGRAMS } from './programs';

export type ProgramName = keyof typeof PROGRAMS;
export type Programs = Readonly<Record<ProgramName, (...parameters: readonly number[]) => void>>;

/**
 * A program with its parameters. The calls of one list touch nothing of each other's results: any order, any
 * thread.
 */
export interface Call {
  readonly program: ProgramName;
  readonly parameters: readonly number[];
}

/** A piece of workspace that stands for a piece of the heap; on the heap itself it is that piece. */
export interface Slot {
  /** Where the heap's data can be read. */
  fetch(heapAddress: number, bytes: number): number;
  /** Where to compute what belongs at this address of the heap. */
  target(heapAddress: number): number;
  /** What was computed there arrives at the heap. */
  store(heapAddress: number, bytes: number): void;
}

export interface Workspace {
  readonly threads: number;
  /** For small things, on this thread. */
  readonly run: Programs;
  /** Until the kernel returns; contents undefined, at the beginning of a cache line. Invalidates views. */
  allocate(bytes: number): number;
  slot(bytes: number): Slot;
  /** The whole memory as float32, and a part of it as integers; valid until the next allocation. */
  floats(): Float32Array;
  integersAt(address: number, length: number): Int32Array;
  /** Two where one piece can be made ready while the other is computed, else one. */
  readonly buffers: 1 | 2;
  /**
   * Has the calls made, perhaps by others while this thread does something else, until {@link finish}
   * returns.
   */
  begin(calls: readonly Call[]): void;
  finish(): void;
}
