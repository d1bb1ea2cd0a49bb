/**
 * The convolutional operations as they run on webgpu, out of our own WGSL: convolution, batch norm, ReLU and
 * max pooling keep the convolution's input and output and the batch's statistics, nothing else, and gradients
 * take the place of what they replace.
 */
import { kernelTable } from '../backends/kernels/current';
import { BATCH_NORM } from '../kernels/shared/batch-norm';
import { normBackward, normForward, reluGradientOf } from '../kernels/webgpu/ops';
import * as tf from '../tf';
import { convolutionOf, convolved, normOf, type Convolution } from './conv';
import { only, type Backward, type Operation } from './operation';

/**
 * The gradients of a convolution; x is freed before dx is made, which then takes its memory, unless another
 * pass follows.
 */
function convGradients(
  one: Convolution,
  x: tf.Tensor,
  dy: tf.Tensor,
  { wanted, gradients, keep }: Backward,
  withBias: boolean,
): readonly [tf.Tensor | null] {
  const { shape } = x;
  const { layerGradients, convolutionInputGradient } = kernelTable();
  layerGradients(one, one.geometry, x, dy, gradients, withBias);
  if (!keep) x.dispose();
  return [wanted[0] ? convolutionInputGradient(dy, one.weight.value, shape, one.geometry) : null];
}

/** Convolution + ReLU, in training. */
export const convReluOnGpu: Operation = {
  forward: (step, [x]) => {
    const y = convolved(x!, convolutionOf(only(step)), true);
    return { y, kept: [x!, y.clone()] };
  },
  backward: (step, { kept: [x, output] }, dy, how) => {
    const inner = reluGradientOf(dy, output!);
    if (!how.keep) output!.dispose();
    const dx = convGradients(convolutionOf(only(step)), x!, inner, how, true);
    inner.dispose();
    return dx;
  },
};

/** Convolution + batch norm + ReLU + max pooling without overlap, or none, in training. */
export const convNormReluPoolOnGpu: Operation = {
  forward: ({ nodes: [first, second, , pooling] }, [x], mode) => {
    const norm = normOf(second!);
    const z = convolved(x!, convolutionOf(first!), false);
    const { y, statistics } = normForward(
      z,
      { scale: norm.scale.value, offset: norm.offset.value },
      { mean: norm.runningMean.value, variance: norm.runningVariance.value },
      {
        ...BATCH_NORM,
        momentum: (mode.training ? mode.momentum : undefined) ?? BATCH_NORM.momentum,
        pool: poolOf(pooling),
      },
    );
    return { y, kept: [x!, z, statistics] };
  },
  backward: ({ nodes: [first, second, , pooling] }, { kept: [x, z, statistics] }, dy, how) => {
    const [one, { scale, offset }] = [convolutionOf(first!), normOf(second!)];
    const { gradients, keep } = how;
    const affine = { scale: scale.value, offset: offset.value };
    const { dz, dScale, dOffset } = normBackward(z!, dy, statistics!, affine, poolOf(pooling), {
      scale: gradients.room(scale),
      offset: gradients.room(offset),
      keep,
    });
    if (!keep) z!.dispose();
    gradients.add(scale.spec.name, dScale);
    gradients.add(offset.spec.name, dOffset);
    // Exactly zero, see conv.ts; a place in flat memory that is never written is zero already.
    const { bias } = one;
    if (bias && !gradients.has(bias.spec.name))
      gradients.add(bias.spec.name, bias.gradient?.clone() ?? tf.zerosLike(bias.value));
    const dx = convGradients(one, x!, dz, how, false);
    dz.dispose();
    return dx;
  },
};

/** Side and stride of the pooling, 1 for none. */
const poolOf = (pooling: { readonly attributes: Readonly<Record<string, unknown>> } | undefined): number =>
  pooling ? (pooling.attributes['kernel'] as number) : 1;
