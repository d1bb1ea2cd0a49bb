/**
 * When a silent worker must be taken for dead. Silence is counted only while something is due, and only in
 * time that the listening side was awake itself: a hidden tab, whose timers are throttled, and a computer
 * that slept kill nobody. Two kinds of work: a request, during which the worker's event loop turns and
 * answers pings; and announced work, which may block the event loop (a training step), so that only the next
 * announcement counts. Not here: timers and what follows.
 */

/** Awake milliseconds in which a worker that was asked something must give some sign of life. */
export const ANSWER_WITHIN_MS = 120_000;

export class Heartbeat {
  private silent = 0;
  private within: number | null = null;

  /** Whether announced work is under way. */
  get announced(): boolean {
    return this.within !== null;
  }

  /** Any message: the event loop turns. Proves nothing about announced work. */
  heard(): void {
    if (this.within === null) this.silent = 0;
  }

  /** Announced work goes on; the next announcement comes within so many milliseconds. null: it is done. */
  announce(within: number | null): void {
    this.within = within;
    this.silent = 0;
  }

  /**
   * Lets time pass. @param pending whether a request waits for its answer  @returns false when the silence
   * has lasted too long
   */
  pass(awake: number, pending: boolean): boolean {
    if (this.within === null && !pending) this.silent = 0;
    else this.silent += awake;
    return this.silent <= (this.within ?? ANSWER_WITHIN_MS);
  }
}
