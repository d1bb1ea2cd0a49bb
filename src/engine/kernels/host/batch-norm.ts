/**
 * Batch normalisation with ReLU for training on the host. Not here: inference, which folds the normalisation into
 * the convolution (ops/conv.ts).
 */
import type * as tf from '../../tf';
import type { BatchNormForward, BatchNormGradients, BatchNormInputs } from '../kernels';
import {
  batchStatistics,
  normaliseRelu,
  normaliseReluBackward,
  type BatchNormSetting,
} from '../shared/batch-norm';
import { hostKernel } from './kernel';

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
  setting: BatchNormSetting,
): BatchNormForward {
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
  const [dx, dScale, dOffset] = backward([dy, x, mean, inverseStd, p.scale, p.offset], {});
  return { dx: dx!, dScale: dScale!, dOffset: dOffset! };
}
