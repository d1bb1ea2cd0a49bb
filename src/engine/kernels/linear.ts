/**
 * A fully connected layer and its gradients: the convolution's kernels on webgpu, SIMD kernels on wasm where
 * the sizes fit, else plain matrix products. Stock kernels are slow with transposed operands (wasm: a
 * thirtieth of the speed), so the *small* operand is transposed first.
 */
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import * as tf from '../tf';
import { LINEAR, LINEAR_INPUT_GRADIENT, LINEAR_WEIGHT_GRADIENT, linearFits, runLinear } from './wasm/linear';
import { hasSimdKernels, isSimdKernelOn } from './wasm/simd';
import { convolutionFilterGradient } from './webgpu/convolution-filter-gradient';
import { convolutionForward } from './webgpu/convolution-forward';
import { convolutionInputGradient } from './webgpu/convolution-input-gradient';
import { forward, inputGradient, onGpu, parameterGradients } from './webgpu/ops';

const onSimd = (kernel: string, inputs = 0, outputs = 0): boolean =>
  tf.getBackend() === 'wasm' &&
  isSimdKernelOn(kernel) &&
  hasSimdKernels(tf.backend() as BackendWasm) &&
  linearFits(inputs, outputs);

/** x [n, i], weight [i, o], bias [o] -> [n, o]. */
export function linear(x: tf.Tensor, weight: tf.Tensor, bias: tf.Tensor): tf.Tensor {
  if (onGpu(convolutionForward)) return forward(x, weight, bias, null);
  if (onSimd(LINEAR, ...weight.shape)) return runLinear(LINEAR, x, weight, bias);
  return tf.fused.matMul({ a: x, b: weight, bias });
}

/** x^T dy, [i, o]. */
export function linearWeightGradient(x: tf.Tensor, dy: tf.Tensor): tf.Tensor {
  if (onGpu(convolutionFilterGradient))
    return parameterGradients(x, dy, [x.shape[1]!, dy.shape[1]!], null, false).weight;
  if (onSimd(LINEAR_WEIGHT_GRADIENT, x.shape[1], dy.shape[1]))
    return runLinear(LINEAR_WEIGHT_GRADIENT, x, dy);
  return tf.tidy(() => tf.matMul(tf.transpose(x), dy));
}

/** dy weight^T, [n, i], as (weight dy^T)^T. */
export function linearInputGradient(dy: tf.Tensor, weight: tf.Tensor): tf.Tensor {
  if (onGpu(convolutionInputGradient)) return inputGradient(dy, weight, [dy.shape[0], weight.shape[0]], null);
  if (onSimd(LINEAR_INPUT_GRADIENT, ...weight.shape)) return runLinear(LINEAR_INPUT_GRADIENT, dy, weight);
  return tf.tidy(() => tf.transpose(tf.matMul(weight, tf.transpose(dy))));
}
