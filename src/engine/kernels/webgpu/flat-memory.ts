/**
 * The numbers of many arrays in one buffer (or few, where the adapter's bindings are small), so that the
 * optimiser passes over all of them in one dispatch. Each array starts where a binding may: kernels get it as
 * a view.
 */
import { BackendError } from '../../../core/errors/errors';
import { sizeOf } from '../../../core/model/graph';
import type * as tf from '../../tf';
import type { Slice } from './backend';
import type { Gpu } from './gpu';

/** WebGPU's largest `minStorageBufferOffsetAlignment`. */
const ALIGNMENT = 256;

interface Place {
  readonly buffer: number;
  readonly offset: number;
  readonly shape: readonly number[];
}

export class FlatLayout {
  readonly places: readonly Place[];
  /** Bytes of each buffer. */
  readonly bytes: readonly number[];

  /** @throws BackendError `array-too-large` for an array larger than a binding may be */
  constructor(shapes: readonly (readonly number[])[], bindingBytes: number) {
    const bytes = [0];
    this.places = shapes.map((shape) => {
      const size = Math.ceil((4 * sizeOf(shape)) / ALIGNMENT) * ALIGNMENT;
      if (size > bindingBytes)
        throw new BackendError('array-too-large', { bytes: size, limit: bindingBytes });
      if (bytes.at(-1)! + size > bindingBytes) bytes.push(0);
      const place = { buffer: bytes.length - 1, offset: bytes.at(-1)!, shape };
      bytes[place.buffer] = place.offset + size;
      return place;
    });
    this.bytes = bytes;
  }
}

/** One number for every number of a layout, zero at first. */
export class FlatArray {
  readonly views: readonly tf.Tensor[];
  /** The buffers as wholes. */
  readonly buffers: readonly Slice[];
  private readonly gpu: Gpu;

  constructor(layout: FlatLayout, gpu: Gpu) {
    this.gpu = gpu;
    const usage = GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_SRC | GPUBufferUsage.COPY_DST;
    this.buffers = layout.bytes.map((size) => ({
      buffer: gpu.backend.bufferManager.acquireBuffer(Math.max(ALIGNMENT, size), usage, false, false),
      offset: 0,
      size: Math.max(ALIGNMENT, size),
    }));
    this.views = layout.places.map(({ buffer, offset, shape }) =>
      gpu.view({ buffer: this.buffers[buffer]!.buffer, offset, size: 4 * sizeOf(shape) }, shape),
    );
  }

  dispose(): void {
    for (const view of this.views) view.dispose();
    this.gpu.flush();
    for (const { buffer } of this.buffers) this.gpu.backend.bufferManager.releaseBuffer(buffer, false);
  }
}
