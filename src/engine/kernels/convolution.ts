/**
 * Convolution with bias (and ReLU), and its gradients, on the current backend. Channels last, square filters.
 * Our own WGSL on webgpu; elsewhere the backend's registered kernels, which are stock on cpu and ours on
 * wasm.
 */
import * as tf from '../tf';
import { hasHostKernels } from './host';
import { composedFilterGradient } from './composed/convolution';
import { convolutionFilterGradient as filterGradientKernel } from './webgpu/convolution-filter-gradient';
import { convolutionForward } from './webgpu/convolution-forward';
import { convolutionInputGradient as inputGradientKernel } from './webgpu/convolution-input-gradient';
import { forward, inputGradient, onGpu, parameterGradients } from './webgpu/ops';

export interface ConvGeometry {
  readonly stride: number;
  readonly padding: number;
}

/** @param x [n, h, w, i] @param filter [k, k, i, o] @param bias [o] */
export function convolution(
  x: tf.Tensor,
  filter: tf.Tensor,
  bias: tf.Tensor,
  geometry: ConvGeometry,
  relu: boolean,
): tf.Tensor {
  if (onGpu(convolutionForward)) return forward(x, filter, bias, geometry, relu);
  const { stride, padding } = geometry;
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
export function convolutionFilterGradient(
  x: tf.Tensor,
  dy: tf.Tensor,
  filterShape: number[],
  geometry: ConvGeometry,
): tf.Tensor {
  if (onGpu(filterGradientKernel)) return parameterGradients(x, dy, filterShape, geometry, false).weight;
  if (!hasHostKernels()) return composedFilterGradient(x, dy, filterShape, geometry);
  return tf.engine().runKernel(tf.Conv2DBackpropFilter, { x, dy }, { ...attributes(geometry), filterShape });
}

/** Gradient of the input, of shape `inputShape`. */
export function convolutionInputGradient(
  dy: tf.Tensor,
  filter: tf.Tensor,
  inputShape: number[],
  geometry: ConvGeometry,
): tf.Tensor {
  if (onGpu(inputGradientKernel)) return inputGradient(dy, filter, inputShape, geometry);
  return tf
    .engine()
    .runKernel(tf.Conv2DBackpropInput, { dy, filter }, { ...attributes(geometry), inputShape });
}
