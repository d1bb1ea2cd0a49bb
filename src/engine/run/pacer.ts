/**
 * Slow motion: lets at most so many turns a second pass. A wait can be cut short (Pause, Stop, another pace).
 * It knows nothing of training, and what it lets pass is the same at any pace.
 */
export class Pacer {
  private interval = 0;
  /** When the turn before was let pass; null since the pace was set. */
  private passed: number | null = null;
  private wake: (() => void) | null = null;

  /** @param now milliseconds, rising */
  constructor(private readonly now: () => number = () => performance.now()) {}

  /** Nothing is held back. */
  get full(): boolean {
    return this.interval === 0;
  }

  /** @param perSecond null or not positive: as fast as it goes. Acts at once, also on a wait under way. */
  set(perSecond: number | null): void {
    this.interval = perSecond !== null && perSecond > 0 ? 1000 / perSecond : 0;
    this.passed = null;
    this.skip();
  }

  /** Resolves an interval after it last did; at once where a turn took longer than that. */
  async turn(): Promise<void> {
    if (this.full) return;
    const now = this.now();
    const wait = (this.passed ?? now) + this.interval - now;
    if (wait > 0) await this.sleep(wait);
    this.passed = this.now();
  }

  /** Ends a wait under way. */
  skip(): void {
    this.wake?.();
  }

  private async sleep(ms: number): Promise<void> {
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, ms);
      this.wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
    this.wake = null;
  }
}
