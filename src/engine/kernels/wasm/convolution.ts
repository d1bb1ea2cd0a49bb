/**
 * The convolution gradients of the wasm backend: `Conv2DBackpropFilter`, which TensorFlow.js does not ship
 * there, and a faster `Conv2DBackpropInput`. Both are reorderings around the backend's own forward
 * convolution:
 * - filter gradient: batch and channels change places, dy becomes the filter, the stride becomes the
 *   dilation;
 * - input gradient: dy, spread by the stride, convolved with the filter turned by 180 degrees.
 * The backend caches packed weights by filter id, so the temporary filters are freed as soon as they are
 * used.
 */
import { BackendError } from '../../../core/errors/errors';
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import * as tf from '../../tf';
import {
  batchBehindPositions,
  spread,
  swapBatchAndChannels,
  toFilter,
  turnFilter,
} from '../shared/rearrange';

type Info = tf.TensorInfo;
type Shape4 = [number, number, number, number];
type Pads = [[number, number], [number, number], [number, number], [number, number]];

/** Allocates the result first: growing the heap would detach the views. */
function rearrange(
  backend: BackendWasm,
  from: Info,
  shape: number[],
  fill: (from: Float32Array, to: Float32Array) => void,
): Info {
  const to = backend.makeOutput(shape, 'float32');
  fill(backend.typedArrayFromHeap(from) as Float32Array, backend.typedArrayFromHeap(to) as Float32Array);
  return to;
}

function convolve(backend: BackendWasm, x: Info, filter: Info, pad: Pads, dilations: [number, number]): Info {
  const kernel = tf.getKernel(tf.Conv2D, 'wasm');
  const attrs = {
    strides: 1,
    pad,
    dilations,
    dataFormat: 'NHWC',
    dimRoundingMode: undefined,
  } as unknown as tf.NamedAttrMap;
  const out = kernel.kernelFunc({ inputs: { x, filter }, attrs, backend }) as Info;
  backend.disposeData(x.dataId);
  backend.disposeData(filter.dataId);
  return out;
}

function geometry(
  inputShape: Shape4,
  filterShape: Shape4,
  attrs: tf.Conv2DBackpropFilterAttrs | tf.Conv2DBackpropInputAttrs,
) {
  if (attrs.dataFormat !== 'NHWC')
    throw new BackendError('program-fault', { why: 'layout', layout: attrs.dataFormat });
  return tf.backend_util.computeConv2DInfo(
    inputShape,
    filterShape,
    attrs.strides,
    1,
    attrs.pad,
    attrs.dimRoundingMode,
  );
}

function filterGradient(x: Info, dy: Info, attrs: tf.Conv2DBackpropFilterAttrs, backend: BackendWasm): Info {
  const info = geometry(x.shape as Shape4, attrs.filterShape, attrs);
  const { batchSize: n, inHeight: h, inWidth: w, inChannels: i, outHeight, outWidth, outChannels: o } = info;
  const { filterHeight: kh, filterWidth: kw, strideHeight: sh, strideWidth: sw } = info;
  const { top, left } = info.padInfo;
  const images = rearrange(backend, x, [i, h, w, n], (from, to) =>
    swapBatchAndChannels(from, to, n, h * w, i),
  );
  const filter = rearrange(backend, dy, [outHeight, outWidth, n, o], (from, to) =>
    batchBehindPositions(from, to, n, outHeight * outWidth, o),
  );
  // As much padding behind as makes the result exactly kh x kw; where rows of x were never read, it is
  // larger.
  const bottom = Math.max(0, (outHeight - 1) * sh + kh - h - top);
  const right = Math.max(0, (outWidth - 1) * sw + kw - w - left);
  const sums = convolve(
    backend,
    images,
    filter,
    [
      [0, 0],
      [top, bottom],
      [left, right],
      [0, 0],
    ],
    [sh, sw],
  );
  const [, height, width] = sums.shape as Shape4;
  const out = rearrange(backend, sums, [kh, kw, i, o], (from, to) =>
    toFilter(from, to, height, width, kh, kw, i, o),
  );
  backend.disposeData(sums.dataId);
  return out;
}

function inputGradient(
  dy: Info,
  filter: Info,
  attrs: tf.Conv2DBackpropInputAttrs,
  backend: BackendWasm,
): Info {
  const info = geometry(attrs.inputShape, filter.shape as Shape4, attrs);
  const { batchSize: n, inHeight: h, inWidth: w, inChannels: i, outHeight, outWidth, outChannels: o } = info;
  const { filterHeight: kh, filterWidth: kw, strideHeight: sh, strideWidth: sw } = info;
  const [tall, wide] = [(outHeight - 1) * sh + 1, (outWidth - 1) * sw + 1];
  const [top, left] = [kh - 1 - info.padInfo.top, kw - 1 - info.padInfo.left];
  const [bottom, right] = [h + kh - 1 - tall - top, w + kw - 1 - wide - left];
  if (Math.min(top, left, bottom, right) < 0) throw new BackendError('program-fault', { why: 'padding' });
  const turned = rearrange(backend, filter, [kh, kw, o, i], (from, to) =>
    turnFilter(from, to, kh * kw, i, o),
  );
  const grid = rearrange(backend, dy, [n, tall, wide, o], (from, to) => {
    if (sh === 1 && sw === 1) to.set(from);
    else spread(from, to, n, outHeight, outWidth, o, sh, sw);
  });
  return convolve(
    backend,
    grid,
    turned,
    [
      [0, 0],
      [top, bottom],
      [left, right],
      [0, 0],
    ],
    [1, 1],
  );
}

let registered = false;

/**
 * Registers both kernels in place of what is there. Call after the wasm package was loaded, as often as you
 * like: only the first call acts, or a later one would push out the SIMD kernels that took their place, and
 * change the last bits.
 */
export function registerWasmConvolutionGradients(): void {
  if (registered) return;
  registered = true;
  const kernels: tf.KernelConfig[] = [
    {
      kernelName: tf.Conv2DBackpropFilter,
      backendName: 'wasm',
      kernelFunc: ({ inputs, attrs, backend }) =>
        filterGradient(
          inputs['x']!,
          inputs['dy']!,
          attrs as unknown as tf.Conv2DBackpropFilterAttrs,
          backend as BackendWasm,
        ),
    },
    {
      kernelName: tf.Conv2DBackpropInput,
      backendName: 'wasm',
      kernelFunc: ({ inputs, attrs, backend }) =>
        inputGradient(
          inputs['dy']!,
          inputs['filter']!,
          attrs as unknown as tf.Conv2DBackpropInputAttrs,
          backend as BackendWasm,
        ),
    },
  ];
  for (const kernel of kernels) {
    if (tf.getKernel(kernel.kernelName, 'wasm')) tf.unregisterKernel(kernel.kernelName, 'wasm');
    tf.registerKernel(kernel);
  }
}
