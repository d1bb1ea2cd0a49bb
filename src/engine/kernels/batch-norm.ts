/**
 * Batch normalisation with ReLU for training: the host kernels where there are any, composed ops elsewhere.
 * Not here: inference, which folds the normalisation into the convolution (ops/conv.ts).
 */
import * as tf from '../tf';
import { hasHostKernels, hostKernel } from './host';
import {
  batchStatistics,
  normaliseRelu,
  normaliseReluBackward,
  type BatchNormSetting,
} from './shared/batch-norm';
import { composedBatchNormRelu, composedBatchNormReluBackward } from './composed/batch-norm';

/** PyTorch's defaults. */
export const BATCH_NORM: BatchNormSetting = { epsilon: 1e-5, momentum: 0.1 };

export interface BatchNormInputs {
  readonly scale: tf.Tensor;
  readonly offset: tf.Tensor;
}

export interface BatchNormForward {
  readonly y: tf.Tensor;
  readonly mean: tf.Tensor;
  readonly inverseStd: tf.Tensor;
  readonly runningMean: tf.Tensor;
  readonly runningVariance: tf.Tensor;
}

export interface BatchNormGradients {
  readonly dx: tf.Tensor;
  readonly dScale: tf.Tensor;
  readonly dOffset: tf.Tensor;
}

const f32 = (shape: readonly number[]) => ({ shape, dtype: 'float32' as const });

export const BATCH_NORM_RELU = 'EquipoiseBatchNormRelu';
export const BATCH_NORM_RELU_BACKWARD = 'EquipoiseBatchNormReluBackward';

const forward = hostKernel<BatchNormSetting>({
  name: BATCH_NORM_RELU,
  outputs: ([x, channels]) => [f32(x!), ...Array.from({ length: 4 }, () => f32(channels!))],
  compute: (inputs, outputs, setting) => {
    const [x, scale, offset, runningMean, runningVariance] = inputs as Float32Array[];
    const [y, mean, inverseStd, newMean, newVariance] = outputs as Float32Array[];
    batchStatistics(x!, runningMean!, runningVariance!, mean!, inverseStd!, newMean!, newVariance!, setting);
    normaliseRelu(x!, mean!, inverseStd!, scale!, offset!, y!);
  },
});

const backward = hostKernel<object>({
  name: BATCH_NORM_RELU_BACKWARD,
  outputs: ([x, , channels]) => [f32(x!), f32(channels!), f32(channels!)],
  compute: (inputs, outputs) => {
    const [dy, x, mean, inverseStd, scale, offset] = inputs as Float32Array[];
    const [dx, dScale, dOffset] = outputs as Float32Array[];
    normaliseReluBackward(dy!, x!, mean!, inverseStd!, scale!, offset!, dx!, dScale!, dOffset!);
  },
});

/** @param x [n, h, w, c]; the rest [c]. The caller owns every returned tensor. */
export function batchNormRelu(
  x: tf.Tensor,
  p: BatchNormInputs,
  runningMean: tf.Tensor,
  runningVariance: tf.Tensor,
  momentum = BATCH_NORM.momentum,
): BatchNormForward {
  const setting = { ...BATCH_NORM, momentum };
  if (!hasHostKernels()) return composedBatchNormRelu(x, p, runningMean, runningVariance, setting);
  const [y, mean, inverseStd, newMean, newVariance] = forward(
    [x, p.scale, p.offset, runningMean, runningVariance],
    setting,
  );
  return {
    y: y!,
    mean: mean!,
    inverseStd: inverseStd!,
    runningMean: newMean!,
    runningVariance: newVariance!,
  };
}

/**
 * @param dy gradient at the ReLU's output; `x`, `mean` and `inverseStd` as they were in {@link batchNormRelu}
 */
export function batchNormReluBackward(
  dy: tf.Tensor,
  x: tf.Tensor,
  mean: tf.Tensor,
  inverseStd: tf.Tensor,
  p: BatchNormInputs,
): BatchNormGradients {
  if (!hasHostKernels()) return composedBatchNormReluBackward(dy, x, mean, inverseStd, p);
  const [dx, dScale, dOffset] = backward([dy, x, mean, inverseStd, p.scale, p.offset], {});
  return { dx: dx!, dScale: dScale!, dOffset: dOffset! };
}
