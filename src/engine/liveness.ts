/** Tells whoever watches that the training loop is at work and until when it will say so again. Who watches: core/protocol/heartbeat.ts. */

/** Not at every step, of which there may be hundreds a second. */
const EVERY_MS = 120;
/** A step may take so many times the slowest lately before it counts as hung; the bounds hold for very fast and very slow machines. */
const HUNG = { factor: 10, least: 60_000, most: 3_600_000, first: 900_000 } as const;

export class Liveness {
  /** Milliseconds of the slowest step lately; null before the first, which may compile and measure. */
  private slowest: number | null = null;
  private announcedAt = Number.NEGATIVE_INFINITY;

  /** @param alive is told within how many milliseconds the next sign comes; null: at rest */
  constructor(private readonly alive: (withinMs: number | null) => void) {}

  announce(): void {
    const now = performance.now();
    if (now - this.announcedAt < EVERY_MS) return;
    this.announcedAt = now;
    const { factor, least, most, first } = HUNG;
    this.alive(this.slowest === null ? first : Math.min(most, Math.max(least, factor * this.slowest)));
  }

  rest(): void {
    this.announcedAt = Number.NEGATIVE_INFINITY;
    this.alive(null);
  }

  /** A step is done. */
  took(ms: number): void {
    this.slowest = Math.max(ms, 0.9 * (this.slowest ?? 0));
  }
}
