/**
 * Threads for the products of the wasm engine: workers that share one memory with this thread and take calls of programs
 * from a ring in it, as this thread does itself. No call is given to anyone in particular, so a thread that the machine has
 * no time for slows nothing down, and no result depends on who computed it: the bits are those of one thread.
 * Not here: making workers (whoever owns the thread gives them), and whether threads pay (threads.ts).
 */
import { BackendError } from '../../../core/errors/errors';
import type { Machine } from './simd';
import { PROGRAMS } from './programs';
import type { Call, ProgramName, Programs, Slot, Workspace } from './workspace';

/** What a member is started with. */
export interface TeamData {
  readonly memory: WebAssembly.Memory;
  /** The programs, for a shared memory of {@link PAGES}. */
  readonly module: WebAssembly.Module;
  /** 1 for the first thread beside the owner's. */
  readonly index: number;
}

export type Member = { terminate(): unknown };

/** Most of the shared memory there may be, 1 GiB in pages of 64 KiB; it grows to what the largest layer needs. */
export const PAGES = 16_384;

/** Words of the control block: calls given out so far, taken, finished; members that are there; how many may take calls. */
const [GIVEN, TAKEN, FINISHED, READY, LIMIT] = [0, 16, 32, 48, 64];
const [FIRST_CALL, RING, CALL_WORDS] = [80, 1024, 12];
/** Where the workspace begins. */
const BASE = 64 * 1024;
const LINE = 64;
/** Looks before a thread lies down to wait: a few microseconds, in which the next call often comes. */
const LOOKS = 2000;
/** Milliseconds without any progress after which a member is taken for dead. */
const PATIENCE = 20_000;

const NAMES = Object.keys(PROGRAMS) as ProgramName[];

const instantiate = ({ memory, module }: TeamData): Programs => new WebAssembly.Instance(module, { env: { memory } }).exports as unknown as Programs;

/** Takes calls until there is none left. Counters run round at 2^32, hence the differences. */
function takeCalls(control: Int32Array, programs: Programs): void {
  for (;;) {
    const [next, given] = [Atomics.load(control, TAKEN), Atomics.load(control, GIVEN)];
    if (((given - next) | 0) <= 0) return;
    if (Atomics.compareExchange(control, TAKEN, next, (next + 1) | 0) !== next) continue;
    const at = FIRST_CALL + ((next >>> 0) % RING) * CALL_WORDS;
    programs[NAMES[control[at]!]!](...control.subarray(at + 1, at + CALL_WORDS));
    if (((Atomics.add(control, FINISHED, 1) + 1) | 0) === given) Atomics.notify(control, FINISHED);
  }
}

/** Until `word` no longer is `seen`. @returns false where that took longer than `patience` */
function waitWhile(control: Int32Array, word: number, seen: number, patience?: number): boolean {
  for (let look = 0; look < LOOKS; look++) if (Atomics.load(control, word) !== seen) return true;
  return Atomics.wait(control, word, seen, patience) !== 'timed-out';
}

/** A member's whole life; it ends with its worker. */
export function serveTeam(data: TeamData): never {
  const control = new Int32Array(data.memory.buffer, 0, BASE / 4);
  const programs = instantiate(data);
  Atomics.add(control, READY, 1);
  for (;;) {
    const given = Atomics.load(control, GIVEN);
    if (data.index < Atomics.load(control, LIMIT)) takeCalls(control, programs);
    waitWhile(control, GIVEN, given);
  }
}

export class Team {
  private readonly memory: WebAssembly.Memory;
  private readonly control: Int32Array;
  private readonly programs: Programs;
  private readonly members: Member[];
  private used = BASE;
  private size = 1;

  /** @param module the programs for shared memory  @param others members beside this thread */
  constructor(module: WebAssembly.Module, others: number, start: (data: TeamData) => Member) {
    this.memory = new WebAssembly.Memory({ initial: (2 * BASE) / 65_536, maximum: PAGES, shared: true });
    this.control = new Int32Array(this.memory.buffer, 0, BASE / 4);
    this.programs = instantiate({ memory: this.memory, module, index: 0 });
    this.members = Array.from({ length: others }, (_, i) => start({ memory: this.memory, module, index: i + 1 }));
  }

  get threads(): number {
    return this.size;
  }

  /** How many threads, this one included, take calls from now on. */
  set threads(size: number) {
    this.size = size;
    Atomics.store(this.control, LIMIT, size);
  }

  /** Members that have started. */
  get ready(): number {
    return Atomics.load(this.control, READY);
  }

  /** Ends the members that take no calls; all of them with one thread. */
  dismiss(): void {
    for (const member of this.members.splice(this.size - 1)) member.terminate();
  }

  /** Everything allocated is free again. */
  release(): void {
    this.used = BASE;
  }

  compute(calls: readonly Call[]): void {
    const { control } = this;
    for (let first = 0; first < calls.length; first += RING) {
      const some = calls.slice(first, first + RING);
      const given = control[GIVEN]!;
      some.forEach(({ program, parameters }, i) => {
        const at = FIRST_CALL + (((given + i) >>> 0) % RING) * CALL_WORDS;
        control[at] = NAMES.indexOf(program);
        control.set(parameters, at + 1);
      });
      const all = (given + some.length) | 0;
      Atomics.store(control, GIVEN, all);
      if (this.size > 1) Atomics.notify(control, GIVEN);
      takeCalls(control, this.programs);
      for (let finished = Atomics.load(control, FINISHED); finished !== all; finished = Atomics.load(control, FINISHED))
        if (!waitWhile(control, FINISHED, finished, PATIENCE) && Atomics.load(control, FINISHED) === finished)
          throw new BackendError('backend-crashed', 'A thread of the wasm engine does not answer any more.', 'Continue from the last checkpoint.', { backend: 'wasm', message: 'thread' });
    }
  }

  allocate(bytes: number): number {
    const address = this.used;
    this.used = Math.ceil((address + bytes) / LINE) * LINE;
    const missing = this.used - this.memory.buffer.byteLength;
    if (missing > 0) this.memory.grow(Math.ceil(missing / 65_536));
    return address;
  }

  floats(): Float32Array {
    return new Float32Array(this.memory.buffer);
  }

  /** The shared memory as a workspace; operands come from the heap of `machine` and results go there. */
  workspaceFor(machine: Machine): Workspace {
    const slot = (bytes: number): Slot => {
      const own = this.allocate(bytes);
      return {
        fetch: (address, length) => {
          this.floats().set(machine.floatsAt(address, length / 4), own / 4);
          return own;
        },
        target: () => own,
        store: (address, length) => machine.floatsAt(address, length / 4).set(new Float32Array(this.memory.buffer, own, length / 4)),
      };
    };
    return {
      threads: this.size, run: this.programs, slot, allocate: (bytes) => this.allocate(bytes), floats: () => this.floats(),
      integersAt: (address, length) => new Int32Array(this.memory.buffer, address, length), compute: (calls) => this.compute(calls),
    };
  }
}
