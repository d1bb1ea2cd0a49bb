/**
 * Tells whoever watches that the training loop is at work and until when it will say so again. Who watches:
 * core/protocol/heartbeat.ts.
 */

/** Not at every step, of which there may be hundreds a second. */
const EVERY_MS = 120;
/**
 * A step may take so many times the slowest lately before it counts as hung; the bounds hold for very fast
 * and very slow machines.
 */
const HUNG = { factor: 10, least: 60_000, most: 3_600_000, even: 3, first: 900_000 } as const;
/**
 * GFLOP/s that the slowest machine reaches on a backend, by far: what a first step may take of which nothing
 * is known.
 */
const SLOWEST: Readonly<Record<string, number>> = { cpu: 0.05, wasm: 1, webgpu: 0.5 };

/** Milliseconds that a first step of so many operations may take before it counts as hung. */
export const firstStepMs = (flops: number, backend: string): number =>
  Math.max(HUNG.first, flops / 1e6 / (SLOWEST[backend] ?? SLOWEST['cpu']!));

export class Liveness {
  /** Milliseconds of the slowest step lately; null before the first, which may compile and measure. */
  private slowest: number | null = null;
  private announcedAt = Number.NEGATIVE_INFINITY;

  /**
   * @param alive is told within how many milliseconds the next sign comes; null: at rest  @param firstMs
   * allowed before any step is known
   */
  constructor(
    private readonly alive: (withinMs: number | null) => void,
    private readonly firstMs: number = HUNG.first,
  ) {}

  announce(): void {
    const now = performance.now();
    if (now - this.announcedAt < EVERY_MS) return;
    this.announcedAt = now;
    const { factor, least, most, even } = HUNG;
    this.alive(
      this.slowest === null
        ? this.firstMs
        : Math.max(even * this.slowest, Math.min(most, Math.max(least, factor * this.slowest))),
    );
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
