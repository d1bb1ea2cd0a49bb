/** Tensors of the webgpu backend: buffers, or parts of one in flat memory. */
import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import { gpu } from '../../kernels/webgpu/gpu';
import type { TensorMemory } from '../../kernels/kernels';
import * as tf from '../../tf';
import { replace } from './loose';

/** A tensor of its own: what is read of a tensor, the backend keeps on the host. */
const read: TensorMemory['read'] = async (tensor, start, end) => {
  const piece = tf.tidy(() => tf.slice(tf.reshape(tensor, [-1]), start, end - start));
  try {
    return (await piece.data()) as Float32Array;
  } finally {
    piece.dispose();
  }
};

/** Overwrites the values where they are. */
const writer: TensorMemory['writer'] = ({ tensor }) => {
  const backend = tf.backend() as WebGPUBackend;
  backend.uploadToGPU(tensor.dataId);
  const data = backend.tensorMap.get(tensor.dataId);
  data.values = null as unknown as tf.BackendValues; // what was read of it earlier
  // A tensor may be a part of a larger buffer.
  const resource = data.resource as GPUBuffer | { readonly buffer: GPUBuffer; readonly offset: number };
  const { buffer, offset } = 'buffer' in resource ? resource : { buffer: resource, offset: 0 };
  // What was recorded must not come after what is written now.
  backend.ensureCommandEncoderReady();
  backend.endComputePassEncoder();
  backend.submitQueue();
  return (piece, at) =>
    backend.queue.writeBuffer(buffer, offset + at * 4, piece as Float32Array<ArrayBuffer>);
};

export const webgpuMemory: TensorMemory = {
  read,
  writer,
  unshared: (data) => data,
  // In flat memory, the new values take the place of the old.
  replace: (parameter, value) => {
    if (!gpu().isView(parameter.value)) {
      replace(parameter, value);
      return;
    }
    gpu().assign(parameter.value, value);
    value.dispose();
  },
  readsForFree: false,
  allZero: async (tensors) => {
    const largest = tf.tidy(() => tf.max(tf.stack(tensors.map((tensor) => tf.max(tf.abs(tensor))))));
    try {
      return (await largest.data())[0] === 0;
    } finally {
      largest.dispose();
    }
  },
};
