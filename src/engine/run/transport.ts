/**
 * What the user wants of the training loop - go on, one step, pause, stop -, the pace, and who waits for it to
 * come about. The loop asks between steps; what it does then is trainer.ts.
 */
import { Pacer } from './pacer';

export type Wanted = 'run' | 'single' | 'pause' | 'stop';

export class Transport {
  wanted: Wanted;
  private readonly pacer = new Pacer();
  private wake: (() => void) | null = null;
  private parked: (() => void)[] = [];

  constructor(paused: boolean) {
    this.wanted = paused ? 'pause' : 'run';
  }

  /** The loop is at rest and waits for what is wanted next. */
  get resting(): boolean {
    return this.wake !== null;
  }

  /** Whether the loop waits between two steps, so that each can be watched. */
  get slow(): boolean {
    return !this.pacer.full && this.wanted === 'run';
  }

  want(wanted: Wanted): void {
    this.wanted = wanted;
    this.pacer.skip();
    this.wake?.();
  }

  /** Resolves when it has come about, or was taken back: at the next {@link release}. */
  async reach(wanted: Wanted): Promise<void> {
    const parked = this.next();
    this.want(wanted);
    await parked;
  }

  /** Lets a loop at rest look again, without anything else being wanted. */
  async turn(): Promise<void> {
    const parked = this.next();
    this.wake?.();
    await parked;
  }

  private next(): Promise<void> {
    return new Promise((resolve) => this.parked.push(resolve));
  }

  /** Whoever waits goes on. */
  release(): void {
    for (const resolve of this.parked.splice(0)) resolve();
  }

  /** Rests until something is wanted. */
  async rest(): Promise<Wanted> {
    const next = await new Promise<Wanted>((resolve) => {
      this.wake = () => resolve(this.wanted);
    });
    this.wake = null;
    return next;
  }

  /** Steps a second at most, null as fast as it goes. Time that is waited belongs to no step. */
  setPace(stepsPerSecond: number | null): void {
    this.pacer.set(stepsPerSecond);
  }

  /** In slow motion: waits until the next step is due. */
  linger(): Promise<void> {
    return this.pacer.turn();
  }
}
