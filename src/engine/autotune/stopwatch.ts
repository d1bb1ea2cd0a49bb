/**
 * How long passes take on the device: its own timestamps where it has them, else from sending until the queue
 * is done. Short passes are recorded several times in a row, because both clocks are coarse (browsers round
 * timestamps to 0.1 ms).
 */
import type { Gpu } from '../kernels/webgpu/gpu';

/** What a measurement should last, in ms, and how often a pass may be repeated for that. */
const LONG_ENOUGH = 1;
const MOST_REPEATS = 50;

export class Stopwatch {
  private readonly set: GPUQuerySet | null;
  private readonly resolved: GPUBuffer | null;

  constructor(private readonly gpu: Gpu) {
    const { device } = gpu.backend;
    const stamps = device.features.has('timestamp-query');
    this.set = stamps ? device.createQuerySet({ type: 'timestamp', count: 2 }) : null;
    this.resolved = stamps
      ? device.createBuffer({ size: 16, usage: GPUBufferUsage.QUERY_RESOLVE | GPUBufferUsage.COPY_SRC })
      : null;
  }

  /** How often in a row something that took `once` ms is to be done. */
  static repeats(once: number): number {
    return Math.max(1, Math.min(MOST_REPEATS, Math.ceil(LONG_ENOUGH / Math.max(once, 1e-3))));
  }

  /** Milliseconds of one of `count` recordings. */
  async time(record: () => void, count: number): Promise<number> {
    const all = (): void => {
      for (let i = 0; i < count; i++) record();
    };
    const stamped = this.set && this.resolved ? await this.stamped(this.set, this.resolved, all) : null;
    return (stamped ?? (await this.waited(all))) / count;
  }

  dispose(): void {
    this.set?.destroy();
    this.resolved?.destroy();
  }

  /** Null where the timestamps make no sense: some drivers reset them between two. */
  private async stamped(set: GPUQuerySet, resolved: GPUBuffer, record: () => void): Promise<number | null> {
    const { device, queue } = this.gpu.backend;
    const staging = device.createBuffer({
      size: 16,
      usage: GPUBufferUsage.COPY_DST | GPUBufferUsage.MAP_READ,
    });
    try {
      this.gpu.between(set, record);
      const encoder = device.createCommandEncoder();
      encoder.resolveQuerySet(set, 0, 2, resolved, 0);
      encoder.copyBufferToBuffer(resolved, 0, staging, 0, 16);
      queue.submit([encoder.finish()]);
      await staging.mapAsync(GPUMapMode.READ);
      const [begin, end] = new BigUint64Array(staging.getMappedRange());
      return end! > begin! ? Number(end! - begin!) / 1e6 : null;
    } finally {
      staging.destroy();
    }
  }

  private async waited(record: () => void): Promise<number> {
    const { queue } = this.gpu.backend;
    this.gpu.flush();
    await queue.onSubmittedWorkDone();
    const begin = performance.now();
    record();
    this.gpu.flush();
    await queue.onSubmittedWorkDone();
    return performance.now() - begin;
  }
}
