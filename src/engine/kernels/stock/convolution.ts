/**
 * Convolution with bias (and ReLU), and its gradients, by the backend's registered kernels: stock on cpu, ours on
 * wasm. Channels last, square filters.
 */
import * as tf from '../../tf';
import type { ConvGeometry } from '../kernels';

/** @param x [n, h, w, i] @param filter [k, k, i, o] @param bias [o] */
export function convolution(
  x: tf.Tensor,
  filter: tf.Tensor,
  bias: tf.Tensor,
  { stride, padding }: ConvGeometry,
  relu: boolean,
): tf.Tensor {
  return tf.fused.conv2d({
    x: x as tf.Tensor4D,
    filter: filter as tf.Tensor4D,
    bias,
    strides: stride,
    pad: padding,
    activation: relu ? 'relu' : 'linear',
  });
}

const attributes = ({ stride, padding }: ConvGeometry) => ({
  strides: stride,
  pad: padding,
  dataFormat: 'NHWC',
});

/** Gradient of the filter, [k, k, i, o]. */
export const convolutionFilterGradient = (
  x: tf.Tensor,
  dy: tf.Tensor,
  filterShape: number[],
  geometry: ConvGeometry,
): tf.Tensor =>
  tf.engine().runKernel(tf.Conv2DBackpropFilter, { x, dy }, { ...attributes(geometry), filterShape });

/** Gradient of the input, of shape `inputShape`. */
export const convolutionInputGradient = (
  dy: tf.Tensor,
  filter: tf.Tensor,
  inputShape: number[],
  geometry: ConvGeometry,
): tf.Tensor =>
  tf.engine().runKernel(tf.Conv2DBackpropInput, { dy, filter }, { ...attributes(geometry), inputShape });
