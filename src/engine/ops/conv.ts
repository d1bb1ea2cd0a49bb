/**
 * Convolution, alone, with a ReLU, or with batch normalisation and a ReLU. In training the convolution's
 * output and input are kept and the normalised activations are not; in inference the normalisation is folded
 * into the filter.
 */
import { alias } from '../tensors/alias';
import * as tf from '../tf';
import { kernelTable } from '../backends/kernels/current';
import type { ConvGeometry, WeightAndBias } from '../kernels/kernels';
import { BATCH_NORM } from '../kernels/shared/batch-norm';
import { replace } from './parameters';
import type { Backward, BoundNode, BoundStep, Operation } from './operation';
import { only } from './operation';

export interface Convolution extends WeightAndBias {
  readonly geometry: ConvGeometry;
}

export const convolutionOf = ({ parameters, attributes }: BoundNode): Convolution => ({
  weight: parameters['weight']!,
  bias: parameters['bias'],
  geometry: { stride: attributes['stride'] as number, padding: attributes['padding'] as number },
});

export const normOf = ({ parameters }: BoundNode) => ({
  scale: parameters['weight']!,
  offset: parameters['bias']!,
  runningMean: parameters['running_mean']!,
  runningVariance: parameters['running_var']!,
});

/** x through the convolution, whose kernels always add a bias: zeros where there is none. */
export function convolved(
  x: tf.Tensor,
  { weight, bias, geometry }: Convolution,
  withRelu: boolean,
): tf.Tensor {
  const { convolution } = kernelTable();
  if (bias) return convolution(x, weight.value, bias.value, geometry, withRelu);
  const none = tf.zeros([weight.value.shape.at(-1)!]);
  const y = convolution(x, weight.value, none, geometry, withRelu);
  none.dispose();
  return y;
}

/** The gradients of a convolution with respect to its parameters and, if wanted, its input. */
function convGradients(
  one: Convolution,
  x: tf.Tensor,
  dy: tf.Tensor,
  { wanted, gradients }: Backward,
  withBias = true,
): readonly [tf.Tensor | null] {
  const { layerGradients, convolutionInputGradient } = kernelTable();
  layerGradients(one, one.geometry, x, dy, gradients, withBias);
  return [wanted[0] ? convolutionInputGradient(dy, one.weight.value, x.shape, one.geometry) : null];
}

export const conv: Operation = {
  forward: (step, [x], mode) => ({
    y: convolved(x!, convolutionOf(only(step)), false),
    kept: mode.training ? [x!] : [],
  }),
  backward: (step, { kept: [x] }, dy, how) => convGradients(convolutionOf(only(step)), x!, dy, how),
};

export const convRelu: Operation = {
  forward: (step, [x], mode) => {
    const y = convolved(x!, convolutionOf(only(step)), true);
    return { y, kept: mode.training ? [x!, alias(y)] : [] };
  },
  backward: (step, { kept: [x, output] }, dy, how) => {
    const inner = tf.tidy(() => tf.mul(dy, tf.step(output!)));
    const dx = convGradients(convolutionOf(only(step)), x!, inner, how);
    inner.dispose();
    return dx;
  },
};

const partsOf = ({ nodes: [first, norm] }: BoundStep) => ({
  one: convolutionOf(first!),
  ...normOf(norm!),
});

function inference(step: BoundStep, x: tf.Tensor): tf.Tensor {
  const { one, scale, offset, runningMean, runningVariance } = partsOf(step);
  return tf.tidy(() => {
    const a = tf.mul(scale.value, tf.rsqrt(tf.add(runningVariance.value, BATCH_NORM.epsilon)));
    const centred = one.bias ? tf.sub(one.bias.value, runningMean.value) : tf.neg(runningMean.value);
    const foldedBias = tf.add(offset.value, tf.mul(a, centred));
    return kernelTable().convolution(x, tf.mul(one.weight.value, a), foldedBias, one.geometry, true);
  });
}

/** A training forward moves the running statistics. */
export const convNormRelu: Operation = {
  forward: (step, [x], mode) => {
    if (!mode.training) return { y: inference(step, x!), kept: [] };
    const { one, scale, offset, runningMean, runningVariance } = partsOf(step);
    const z = convolved(x!, one, false);
    const out = kernelTable().batchNormRelu(
      z,
      { scale: scale.value, offset: offset.value },
      runningMean.value,
      runningVariance.value,
      { ...BATCH_NORM, momentum: mode.momentum ?? BATCH_NORM.momentum },
    );
    replace(runningMean, out.runningMean);
    replace(runningVariance, out.runningVariance);
    return { y: out.y, kept: [x!, z, out.mean, out.inverseStd] };
  },
  backward: (step, { kept: [x, z, mean, inverseStd] }, dy, how) => {
    const { one, scale, offset } = partsOf(step);
    const {
      dx: dz,
      dScale,
      dOffset,
    } = kernelTable().batchNormReluBackward(dy, z!, mean!, inverseStd!, {
      scale: scale.value,
      offset: offset.value,
    });
    const { gradients } = how;
    gradients.add(scale.spec.name, dScale);
    gradients.add(offset.spec.name, dOffset);
    // Exactly zero: the normalisation subtracts whatever the bias adds. Summing dz would give rounding
    // noise, which Adam would blow up to the size of a real step.
    if (one.bias) gradients.add(one.bias.spec.name, tf.zerosLike(one.bias.value));
    const dx = convGradients(one, x!, dz, how, false);
    dz.dispose();
    return dx;
  },
};
