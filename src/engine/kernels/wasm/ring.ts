/**
 * The memory that the threads of the wasm engine share, and a member's whole life in it. Its beginning is a
 * control block with a ring of calls, from which every thread takes the next one; behind it lies the
 * workspace. No call is given to anyone in particular, so a thread that the machine has no time for slows
 * nothing down, and no result depends on who computed it. Not here: the thread that gives the calls out
 * (team.ts). Free of TensorFlow.js: members load nothing else.
 */
import { PROGRAMS } from './programs';
import type { ProgramName, Programs } from './workspace';

/** What a member is started with. */
export interface MemberData {
  readonly memory: WebAssembly.Memory;
  /** The programs, for a shared memory of {@link PAGES}. */
  readonly module: WebAssembly.Module;
  /** 1 for the first thread beside the owner's. */
  readonly index: number;
}

/**
 * Most of the shared memory there may be, 512 MiB in pages of 64 KiB; it grows to what the largest layer
 * needs.
 */
export const PAGES = 8192;

/**
 * Words of the control block: calls given out so far, taken, finished; members that are there; how many may
 * take calls.
 */
export const [GIVEN, TAKEN, FINISHED, READY, LIMIT] = [0, 16, 32, 48, 64];
export const [FIRST_CALL, RING, CALL_WORDS] = [80, 1024, 12];
/** Where the workspace begins. */
export const BASE = 64 * 1024;
/** Looks before a thread lies down to wait: a few microseconds, in which the next call often comes. */
const LOOKS = 2000;

export const NAMES = Object.keys(PROGRAMS) as ProgramName[];

export const controlOf = (memory: WebAssembly.Memory): Int32Array =>
  new Int32Array(memory.buffer, 0, BASE / 4);

export const instantiate = ({ memory, module }: MemberData): Programs =>
  new WebAssembly.Instance(module, { env: { memory } }).exports as unknown as Programs;

/** Takes calls until there is none left. Counters run round at 2^32, hence the differences. */
export function takeCalls(control: Int32Array, programs: Programs): void {
  for (;;) {
    const [next, given] = [Atomics.load(control, TAKEN), Atomics.load(control, GIVEN)];
    if (((given - next) | 0) <= 0) return;
    if (Atomics.compareExchange(control, TAKEN, next, (next + 1) | 0) !== next) continue;
    const at = FIRST_CALL + ((next >>> 0) % RING) * CALL_WORDS;
    programs[NAMES[control[at]!]!](...control.subarray(at + 1, at + CALL_WORDS));
    if (((Atomics.add(control, FINISHED, 1) + 1) | 0) === given) Atomics.notify(control, FINISHED);
  }
}

/**
 * Until `word` no longer is `seen`. @returns false where that took longer than `patience`, in milliseconds
 */
export function waitWhile(control: Int32Array, word: number, seen: number, patience?: number): boolean {
  for (let look = 0; look < LOOKS; look++) if (Atomics.load(control, word) !== seen) return true;
  return Atomics.wait(control, word, seen, patience) !== 'timed-out';
}

/** A member's whole life; it ends with its worker. */
export function serveMember(data: MemberData): never {
  const control = controlOf(data.memory);
  const programs = instantiate(data);
  Atomics.add(control, READY, 1);
  for (;;) {
    const given = Atomics.load(control, GIVEN);
    if (data.index < Atomics.load(control, LIMIT)) takeCalls(control, programs);
    waitWhile(control, GIVEN, given);
  }
}
