/**
 * The operands of one trial, in buffers of their own that are given back to the device afterwards:
 * TensorFlow.js keeps every buffer it ever made, and a run needs that memory. Not here: what is computed (the
 * trials).
 */
import type { Slice } from '../backend';
import type { Gpu } from '../gpu';
import { fillNoise, noiseAt } from './noise';

/** An operand whose numbers the host knows by index. */
export interface Known extends Slice {
  at(index: number): number;
}

/** WebGPU wants sizes of bindings in fours; vectors come in sixteens. */
const sizeFor = (count: number): number => Math.max(16, Math.ceil((4 * count) / 16) * 16);

const SALT = 0x2545f491;

export class Stage {
  readonly gpu: Gpu;
  private readonly buffers: GPUBuffer[] = [];
  private readonly fills: (() => void)[] = [];

  constructor(gpu: Gpu) {
    this.gpu = gpu;
  }

  /** Numbers in `shift` +- 0.5, different for every operand. */
  noise(count: number, shift = 0): Known {
    const slice = this.make(count);
    const salt = Math.imul(this.buffers.length, SALT) >>> 0;
    this.fills.push(() => fillNoise(this.gpu, slice, count, salt, shift));
    return { ...slice, at: (index) => Math.fround(noiseAt(index, salt) + shift) };
  }

  /** Numbers or words given one by one. */
  given(values: Float32Array<ArrayBuffer> | Uint32Array<ArrayBuffer>): Known {
    const slice = this.make(values.length);
    this.fills.push(() => {
      this.gpu.flush();
      this.gpu.backend.queue.writeBuffer(slice.buffer, 0, values);
    });
    return { ...slice, at: (index) => values[index]! };
  }

  /** Room for a result. Holds noise before, so that a kernel that writes nothing is found out. */
  room(count: number): Slice {
    const { buffer, offset, size } = this.noise(count, 8);
    return { buffer, offset, size };
  }

  /** Gives every operand its first contents again. */
  reset(): void {
    for (const fill of this.fills) fill();
  }

  /** Numbers or words `start` to `start + count` of a buffer. */
  async read(
    windows: readonly { readonly slice: Slice; readonly start: number; readonly count: number }[],
  ): Promise<ArrayBuffer[]> {
    const { device, queue } = this.gpu.backend;
    const total = windows.reduce((sum, { count }) => sum + 4 * count, 0);
    const staging = device.createBuffer({
      size: total,
      usage: GPUBufferUsage.COPY_DST | GPUBufferUsage.MAP_READ,
    });
    try {
      this.gpu.flush();
      const encoder = device.createCommandEncoder();
      let at = 0;
      for (const { slice, start, count } of windows) {
        encoder.copyBufferToBuffer(slice.buffer, slice.offset + 4 * start, staging, at, 4 * count);
        at += 4 * count;
      }
      queue.submit([encoder.finish()]);
      await staging.mapAsync(GPUMapMode.READ);
      const all = staging.getMappedRange();
      at = 0;
      return windows.map(({ count }) => all.slice(at, (at += 4 * count)));
    } finally {
      staging.destroy();
    }
  }

  dispose(): void {
    this.gpu.flush();
    for (const buffer of this.buffers) buffer.destroy();
  }

  private make(count: number): Slice {
    const size = sizeFor(count);
    const buffer = this.gpu.backend.device.createBuffer({
      size,
      usage: GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_SRC | GPUBufferUsage.COPY_DST,
    });
    this.buffers.push(buffer);
    return { buffer, offset: 0, size };
  }
}
