/**
 * Takes a live run up again by itself: ends the trainer worker, whatever state it is in, and has a new one go
 * on from the last checkpoint. A new worker means new memory, a new device and nothing left of the fault; the
 * random streams depend on the position alone, so the run ends where it would have ended. When to stop
 * trying: core/training/recovery.ts.
 */
import { trainerClient } from '../clients/workers';
import { EquipoiseError, toWire, type WireError } from '../core/errors/errors';
import type { RunStarted } from '../core/protocol/contracts';
import { RecoveryCount, type RecoveryNote } from '../core/training/recovery';

/** What the store of the run does for it. */
export interface RecoveryHost {
  /** Asks a new trainer to go on from the last checkpoint. */
  readonly resume: (note: RecoveryNote) => Promise<RunStarted>;
  /** A try begins. */
  readonly trying: (attempt: number) => void;
  /** The run goes on. */
  readonly recovered: (started: RunStarted) => Promise<void>;
  /** It does not. @param unlogged faults that nobody has put into the run's log */
  readonly stopped: (error: EquipoiseError, unlogged: readonly WireError[]) => Promise<void>;
}

/** A graphics driver or a full memory may need a moment; a second failure a longer one. */
const PAUSE_MS = 1000;

export class Recovery {
  private readonly count = new RecoveryCount();
  /** Settles when the run goes on or has stopped; null while nothing is being recovered. */
  running: Promise<void> | null = null;

  /** The fault to get over next. */
  private fault: WireError | null = null;
  /** What happened since the run was last under way and is not in its log. */
  private unlogged: WireError[] = [];
  private deaf = false;
  /** Changes when a recovery under way is no longer wanted. */
  private turn = 0;

  constructor(private readonly host: RecoveryHost) {}

  reset(): void {
    this.count.reset();
    this.unlogged = [];
  }

  /**
   * The user wants no recovery any more; what is under way of one comes to nothing. @returns faults that
   * nobody has put into the run's log
   */
  abandon(): readonly WireError[] {
    this.turn++;
    this.running = null;
    this.fault = null;
    this.deaf = false;
    return this.unlogged.splice(0);
  }

  progressed(): void {
    this.count.progressed();
  }

  /** @param logged whether the trainer has put the fault into the run's log */
  start(error: WireError, logged: boolean): void {
    if (this.deaf) return; // the worker that is being ended, or one whose failure its caller is told
    this.take(error, logged);
    if (this.running) return;
    const turn = this.turn;
    const running = this.recover(turn).finally(() => {
      if (this.turn === turn) this.running = null;
    });
    this.running = running;
  }

  private take(error: WireError, logged: boolean): void {
    this.fault = error;
    if (!logged) this.unlogged.push(error);
  }

  private async recover(turn: number): Promise<void> {
    while (this.fault) {
      const error = this.fault;
      this.fault = null;
      this.deaf = true;
      trainerClient.end();
      const next = this.count.next(error);
      if (next instanceof EquipoiseError) {
        this.deaf = false;
        return this.host.stopped(next, this.unlogged.splice(0));
      }
      this.host.trying(next);
      await new Promise((resolve) => {
        setTimeout(resolve, next * PAUSE_MS);
      });
      if (this.turn !== turn) return;
      try {
        const started = await this.host.resume({ attempt: next, fault: error, unlogged: this.unlogged });
        if (this.turn !== turn) return;
        this.unlogged = [];
        this.deaf = false; // from here on, a fault is the resumed run's
        await this.host.recovered(started);
      } catch (failure) {
        if (this.turn !== turn) return;
        this.take(toWire(failure), false);
      }
    }
  }
}
