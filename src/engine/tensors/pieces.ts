/**
 * Large tensors to and from the host piece by piece, bit for bit: the largest array of the paper's model has
 * 205 MB, and a checkpoint of it must not need that much memory on the host. Not here: which tensors, and
 * where the pieces go.
 */
import type { MathBackendCPU } from '@tensorflow/tfjs-backend-cpu';
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import * as tf from '../tf';

/** Floats in a piece: 8 MiB. */
export const PIECE_LENGTH = 2 ** 21;

/** A tensor by name, to be read or replaced. */
export interface Cell {
  readonly name: string;
  readonly shape: readonly number[];
  tensor: tf.Tensor;
}

/**
 * The values in order, `pieceLength` at a time; each piece is a copy. The tensor must not change meanwhile.
 */
export async function* readPieces(
  tensor: tf.Tensor,
  pieceLength = PIECE_LENGTH,
): AsyncGenerator<Float32Array> {
  for (let start = 0; start < tensor.size; start += pieceLength)
    yield await read(tensor, start, Math.min(tensor.size, start + pieceLength));
}

async function read(tensor: tf.Tensor, start: number, end: number): Promise<Float32Array> {
  const backend: unknown = tf.backend();
  switch (tf.getBackend()) {
    case 'wasm':
      return (backend as BackendWasm).readSync(tensor.dataId, start, end) as Float32Array;
    case 'cpu':
      return ((backend as MathBackendCPU).data.get(tensor.dataId).values as Float32Array).slice(start, end);
    default: {
      // A tensor of its own: what is read of a tensor, the backend keeps on the host.
      const piece = tf.tidy(() => tf.slice(tf.reshape(tensor, [-1]), start, end - start));
      try {
        return (await piece.data()) as Float32Array;
      } finally {
        piece.dispose();
      }
    }
  }
}

/**
 * Replaces a cell's values with those of the pieces. @throws RangeError where they are not exactly as many
 */
export async function fill(
  cell: Cell,
  pieces: AsyncIterable<Float32Array> | Iterable<Float32Array>,
): Promise<void> {
  const write = writer(cell);
  let at = 0;
  for await (const piece of pieces) {
    if (at + piece.length > cell.tensor.size) throw new RangeError(`Too many values for ${cell.name}.`);
    write(piece, at);
    at += piece.length;
  }
  if (at !== cell.tensor.size) throw new RangeError(`Too few values for ${cell.name}.`);
}

/**
 * On webgpu the values are overwritten. On wasm and cpu the old tensor is freed before its successor is made,
 * which takes the same room: the backend keeps packed copies of a tensor's values and would not notice that
 * they changed.
 */
function writer(cell: Cell): (piece: Float32Array, at: number) => void {
  const backend: unknown = tf.backend();
  if (tf.getBackend() === 'webgpu') {
    const gpu = backend as WebGPUBackend;
    gpu.uploadToGPU(cell.tensor.dataId);
    const data = gpu.tensorMap.get(cell.tensor.dataId);
    data.values = null as unknown as tf.BackendValues; // what was read of it earlier
    // A tensor may be a part of a larger buffer.
    const resource = data.resource as GPUBuffer | { readonly buffer: GPUBuffer; readonly offset: number };
    const { buffer, offset } = 'buffer' in resource ? resource : { buffer: resource, offset: 0 };
    // What was recorded must not come after what is written now.
    gpu.ensureCommandEncoderReady();
    gpu.endComputePassEncoder();
    gpu.submitQueue();
    return (piece, at) => gpu.queue.writeBuffer(buffer, offset + at * 4, piece as Float32Array<ArrayBuffer>);
  }
  const shape = [...cell.shape];
  cell.tensor.dispose();
  const info =
    tf.getBackend() === 'wasm'
      ? (backend as BackendWasm).makeOutput(shape, 'float32')
      : (backend as MathBackendCPU).makeTensorInfo(
          shape,
          'float32',
          new Float32Array(tf.util.sizeFromShape(shape)),
        );
  cell.tensor = tf.engine().makeTensorFromTensorInfo(info);
  const values = (): Float32Array =>
    (tf.getBackend() === 'wasm'
      ? (backend as BackendWasm).typedArrayFromHeap(info)
      : (backend as MathBackendCPU).data.get(info.dataId).values) as Float32Array;
  return (piece, at) => values().set(piece, at);
}
