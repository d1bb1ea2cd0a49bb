/**
 * Host kernels: plain loops over typed arrays, registered once for both backends whose memory JavaScript can
 * see (cpu: ordinary arrays, wasm: views of the heap), so that both compute the very same numbers.
 */
import type { MathBackendCPU } from '@tensorflow/tfjs-backend-cpu';
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import * as tf from '../../tf';

export type HostArray = Float32Array | Int32Array;
type Shape = readonly number[];

export interface HostKernel<A> {
  /** Registered name, unique in TensorFlow.js. */
  readonly name: string;
  outputs(
    inputs: readonly Shape[],
    attributes: A,
  ): readonly { readonly shape: Shape; readonly dtype: 'float32' | 'int32' }[];
  /** Fills `outputs`, whose contents are undefined before. */
  compute(
    inputs: readonly HostArray[],
    outputs: readonly HostArray[],
    attributes: A,
    shapes: readonly Shape[],
  ): void;
}

interface Memory {
  allocate(shape: number[], dtype: 'float32' | 'int32'): tf.TensorInfo;
  view(info: tf.TensorInfo): HostArray;
}

function memoryOf(backend: unknown, name: string): Memory {
  if (name === 'wasm') {
    const wasm = backend as BackendWasm;
    return {
      allocate: (shape, dtype) => wasm.makeOutput(shape, dtype),
      view: (info) => wasm.typedArrayFromHeap(info) as HostArray,
    };
  }
  const cpu = backend as MathBackendCPU;
  return {
    allocate: (shape, dtype) => {
      const size = tf.util.sizeFromShape(shape);
      return cpu.makeTensorInfo(
        shape,
        dtype,
        dtype === 'float32' ? new Float32Array(size) : new Int32Array(size),
      );
    },
    view: (info) => cpu.data.get(info.dataId).values as HostArray,
  };
}

export type HostFunction<A> = (inputs: readonly tf.Tensor[], attributes: A) => tf.Tensor[];

/** Registers a kernel for cpu and wasm and returns the function that runs it on the current backend. */
export function hostKernel<A>(kernel: HostKernel<A>): HostFunction<A> {
  for (const backendName of ['cpu', 'wasm']) {
    tf.registerKernel({
      kernelName: kernel.name,
      backendName,
      kernelFunc: ({ inputs, attrs, backend }) => {
        const memory = memoryOf(backend, backendName);
        const given = Object.values(inputs) as tf.TensorInfo[];
        const attributes = attrs as unknown as A;
        const shapes = given.map((t) => t.shape);
        const made = kernel
          .outputs(shapes, attributes)
          .map(({ shape, dtype }) => memory.allocate([...shape], dtype));
        // Views last: an allocation may grow the wasm heap, which detaches every view taken before.
        kernel.compute(given.map(memory.view), made.map(memory.view), attributes, shapes);
        return made;
      },
    });
  }
  return (inputs, attributes) => {
    // Object.values keeps insertion order for names that are not integers.
    const named = Object.fromEntries(inputs.map((t, i) => [`t${i}`, t]));
    const out: tf.Tensor | tf.Tensor[] = tf
      .engine()
      .runKernel(kernel.name, named, attributes as tf.NamedAttrMap);
    return Array.isArray(out) ? out : [out];
  };
}
