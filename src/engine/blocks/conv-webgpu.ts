/**
 * The convolutional blocks as they run on webgpu, out of our own WGSL: convolution, batch norm, ReLU and max
 * pooling keep the convolution's input and output and the batch's statistics, nothing else, and gradients
 * take the place of what they replace.
 */
import { BATCH_NORM } from '../kernels/batch-norm';
import { convolution, convolutionInputGradient, type ConvGeometry } from '../kernels/convolution';
import { reluGradient } from '../kernels/webgpu/elementwise';
import { fusedNorm, normBackward, normForward, onGpu, reluGradientOf } from '../kernels/webgpu/ops';
import * as tf from '../tf';
import type { Block, Gradients } from './block';
import type { NormParameters } from './conv';
import { addParameterGradients, type WeightAndBias } from './parameter-gradients';

/**
 * The gradients of a convolution; x is freed before dx is made, which then takes its memory, unless another
 * pass follows.
 */
function backwardThroughConvolution(
  parameters: WeightAndBias,
  geometry: ConvGeometry,
  x: tf.Tensor,
  dy: tf.Tensor,
  wantInput: boolean,
  gradients: Gradients,
  withBias: boolean,
  keep: boolean,
): tf.Tensor | null {
  const { shape } = x;
  addParameterGradients(parameters, geometry, x, dy, gradients, withBias);
  if (!keep) x.dispose();
  return wantInput ? convolutionInputGradient(dy, parameters.weight.value, shape, geometry) : null;
}

/** Convolution + ReLU. @param plain what runs where the kernels are switched off, and in inference */
export function convReluOnGpu(parameters: WeightAndBias, geometry: ConvGeometry, plain: Block): Block {
  return {
    forward: (x, mode) => {
      if (!mode.training || !onGpu(reluGradient)) return plain.forward(x, mode);
      const y = convolution(x, parameters.weight.value, parameters.bias.value, geometry, true);
      const output = y.clone();
      return {
        y,
        kept: [x, output],
        backward: (dy, wantInput, gradients, keep = false) => {
          const inner = reluGradientOf(dy, output);
          if (!keep) output.dispose();
          const dx = backwardThroughConvolution(
            parameters,
            geometry,
            x,
            inner,
            wantInput,
            gradients,
            true,
            keep,
          );
          inner.dispose();
          return dx;
        },
      };
    },
  };
}

/**
 * Convolution + batch norm + ReLU + max pooling without overlap.
 * @param pool side and stride of the pooling, 1 for none  @param plain what runs where the kernels are
 * switched off, and in inference
 */
export function convNormReluPoolOnGpu(
  parameters: WeightAndBias,
  geometry: ConvGeometry,
  norm: NormParameters,
  pool: number,
  plain: Block,
): Block {
  const { weight, bias } = parameters;
  const affine = () => ({ scale: norm.scale.value, offset: norm.offset.value });
  return {
    forward: (x, mode) => {
      if (!mode.training || !onGpu(...fusedNorm)) return plain.forward(x, mode);
      const z = convolution(x, weight.value, bias.value, geometry, false);
      const running = { mean: norm.runningMean.value, variance: norm.runningVariance.value };
      const { y, statistics } = normForward(z, affine(), running, {
        ...BATCH_NORM,
        momentum: mode.momentum ?? BATCH_NORM.momentum,
        pool,
      });
      return {
        y,
        kept: [x, z, statistics],
        backward: (dy, wantInput, gradients, keep = false) => {
          const { dz, dScale, dOffset } = normBackward(z, dy, statistics, affine(), pool, {
            scale: gradients.room(norm.scale),
            offset: gradients.room(norm.offset),
            keep,
          });
          if (!keep) z.dispose();
          gradients.add(norm.scale.spec.name, dScale);
          gradients.add(norm.offset.spec.name, dOffset);
          // Exactly zero, see conv.ts; a place in flat memory that is never written is zero already.
          if (!gradients.has(bias.spec.name))
            gradients.add(bias.spec.name, bias.gradient?.clone() ?? tf.zerosLike(bias.value));
          const dx = backwardThroughConvolution(
            parameters,
            geometry,
            x,
            dz,
            wantInput,
            gradients,
            false,
            keep,
          );
          dz.dispose();
          return dx;
        },
      };
    },
  };
}
