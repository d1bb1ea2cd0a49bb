/**
 * Convolution with bias (and ReLU), and its gradients, on the current backend. Channels last, square filters.
 * The gradients are the backend's registered kernels - stock on cpu, ours on wasm - but for webgpu's filter gradient.
 */
import * as tf from '../tf';
import { hasHostKernels } from './host';
import { composedFilterGradient } from './webgpu/convolution';

export interface ConvGeometry {
  readonly stride: number;
  readonly padding: number;
}

/** @param x [n, h, w, i] @param filter [k, k, i, o] @param bias [o] */
export function convolution(x: tf.Tensor, filter: tf.Tensor, bias: tf.Tensor, { stride, padding }: ConvGeometry, relu: boolean): tf.Tensor {
  return tf.fused.conv2d({
    x: x as tf.Tensor4D, filter: filter as tf.Tensor4D, bias, strides: stride, pad: padding, activation: relu ? 'relu' : 'linear',
  });
}

const attributes = ({ stride, padding }: ConvGeometry) => ({ strides: stride, pad: padding, dataFormat: 'NHWC' });

/** Gradient of the filter, [k, k, i, o]. */
export function convolutionFilterGradient(x: tf.Tensor, dy: tf.Tensor, filterShape: number[], geometry: ConvGeometry): tf.Tensor {
  if (!hasHostKernels()) return composedFilterGradient(x, dy, filterShape, geometry);
  return tf.engine().runKernel(tf.Conv2DBackpropFilter, { x, dy }, { ...attributes(geometry), filterShape });
}

/** Gradient of the input, of shape `inputShape`. */
export function convolutionInputGradient(dy: tf.Tensor, filter: tf.Tensor, inputShape: number[], geometry: ConvGeometry): tf.Tensor {
  return tf.engine().runKernel(tf.Conv2DBackpropInput, { dy, filter }, { ...attributes(geometry), inputShape });
}
