/**
 * Threads for the products of the wasm engine: this thread gives calls of programs out in the ring of a
 * shared memory (ring.ts) and takes them itself, too. Every sum is made by one call in one order: the bits
 * are those of one thread. Not here: making workers (whoever owns the thread gives them), and whether threads
 * pay (threads.ts).
 */
import { BackendError } from '../../../core/errors/errors';
import {
  BASE,
  CALL_WORDS,
  controlOf,
  FINISHED,
  FIRST_CALL,
  GIVEN,
  instantiate,
  LIMIT,
  NAMES,
  PAGES,
  READY,
  RING,
  takeCalls,
  waitWhile,
  type MemberData,
} from './ring';
import type { Machine } from './simd';
import type { Call, Programs, Slot, Workspace } from './workspace';

export interface Member {
  terminate(): unknown;
}

/** Starts a worker that gives the data it is sent to `serveMember`. */
export type StartMember = (data: MemberData) => Member;

const LINE = 64;
/**
 * Milliseconds without any progress after which a member is taken for dead. They are waited for in parts, of
 * which a machine that goes to sleep uses up one only.
 */
const PATIENCE = 20_000;
const PARTS = 10;

export class Team {
  private readonly memory: WebAssembly.Memory;
  private readonly control: Int32Array;
  private readonly programs: Programs;
  private readonly members: Member[];
  private readonly patience: number;
  private used = BASE;
  private pending: readonly Call[] = [];
  private size = 1;

  /**
   * @param module the programs for shared memory
   * @param others members beside this thread
   * @param patience milliseconds without progress after which a member is taken for dead
   */
  constructor(module: WebAssembly.Module, others: number, start: StartMember, patience = PATIENCE) {
    this.memory = new WebAssembly.Memory({ initial: (2 * BASE) / 65_536, maximum: PAGES, shared: true });
    this.control = controlOf(this.memory);
    this.programs = instantiate({ memory: this.memory, module, index: 0 });
    this.patience = patience;
    this.members = Array.from({ length: others }, (_, i) =>
      start({ memory: this.memory, module, index: i + 1 }),
    );
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

  /** The team is of no use any more. */
  end(): void {
    this.threads = 1;
    this.dismiss();
  }

  /** Everything allocated is free again. */
  release(): void {
    this.used = BASE;
  }

  begin(calls: readonly Call[]): void {
    this.pending = calls;
    this.give();
  }

  /**
   * @throws BackendError `backend-crashed` where a member took a call and never finished it; all members are
   * ended then
   */
  finish(): void {
    for (;;) {
      takeCalls(this.control, this.programs);
      this.waitFor(this.control[GIVEN]!);
      if (this.pending.length === 0) return;
      this.give();
    }
  }

  /** As many of the pending calls as the ring holds. */
  private give(): void {
    const { control } = this;
    const given = control[GIVEN]!;
    const some = this.pending.slice(0, RING);
    this.pending = this.pending.slice(RING);
    some.forEach(({ program, parameters }, i) => {
      const at = FIRST_CALL + (((given + i) >>> 0) % RING) * CALL_WORDS;
      control[at] = NAMES.indexOf(program);
      control.set(parameters, at + 1);
    });
    Atomics.store(control, GIVEN, (given + some.length) | 0);
    if (this.size > 1) Atomics.notify(control, GIVEN);
  }

  private waitFor(all: number): void {
    let silent = 0;
    for (
      let finished = Atomics.load(this.control, FINISHED);
      finished !== all;
      finished = Atomics.load(this.control, FINISHED)
    ) {
      silent = waitWhile(this.control, FINISHED, finished, this.patience / PARTS) ? 0 : silent + 1;
      if (silent < PARTS) continue;
      this.end();
      throw new BackendError('backend-crashed', {
        backend: 'wasm',
        why: 'thread',
        thread: 1,
      });
    }
  }

  /** @throws BackendError `out-of-memory` where the shared memory cannot grow */
  allocate(bytes: number): number {
    const address = this.used;
    this.used = Math.ceil((address + bytes) / LINE) * LINE;
    const missing = this.used - this.memory.buffer.byteLength;
    if (missing > 0) {
      try {
        this.memory.grow(Math.ceil(missing / 65_536));
      } catch (error) {
        throw new BackendError('out-of-memory', { backend: 'wasm' }, error);
      }
    }
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
        store: (address, length) =>
          machine.floatsAt(address, length / 4).set(new Float32Array(this.memory.buffer, own, length / 4)),
      };
    };
    return {
      threads: this.size,
      buffers: 2,
      run: this.programs,
      slot,
      allocate: (bytes) => this.allocate(bytes),
      floats: () => this.floats(),
      integersAt: (address, length) => new Int32Array(this.memory.buffer, address, length),
      begin: (calls) => this.begin(calls),
      finish: () => this.finish(),
    };
  }
}
