/**
 * Convolution, batch normalisation (if any) and ReLU as one block. In training the convolution's output and
 * input are kept and the normalised activations are not; in inference the normalisation is folded into the
 * filter.
 */
import * as tf from '../tf';
import { BATCH_NORM, batchNormRelu, batchNormReluBackward } from '../kernels/batch-norm';
import { convolution, convolutionInputGradient, type ConvGeometry } from '../kernels/convolution';
import { noBackward, type Block, type Gradients, type Parameter, type Step } from './block';
import { gpu, isFlat } from '../kernels/webgpu/gpu';
import { addParameterGradients, type WeightAndBias } from './parameter-gradients';

export interface NormParameters {
  readonly scale: Parameter;
  readonly offset: Parameter;
  readonly runningMean: Parameter;
  readonly runningVariance: Parameter;
}

/** The gradients of a convolution with respect to its parameters and, if wanted, its input. */
function convGradients(
  parameters: WeightAndBias,
  geometry: ConvGeometry,
  x: tf.Tensor,
  dy: tf.Tensor,
  wantInput: boolean,
  gradients: Gradients,
  withBias: boolean,
): tf.Tensor | null {
  addParameterGradients(parameters, geometry, x, dy, gradients, withBias);
  return wantInput ? convolutionInputGradient(dy, parameters.weight.value, x.shape, geometry) : null;
}

/** Convolution + ReLU. */
export function convRelu(parameters: WeightAndBias, geometry: ConvGeometry): Block {
  const { weight, bias } = parameters;
  return {
    forward: (x, mode): Step => {
      const y = convolution(x, weight.value, bias.value, geometry, true);
      if (!mode.training) return { y, kept: [], backward: noBackward };
      const output = y.clone();
      return {
        y,
        kept: [x, output],
        backward: (dy, wantInput, gradients) => {
          const inner = tf.tidy(() => tf.mul(dy, tf.step(output)));
          const dx = convGradients(parameters, geometry, x, inner, wantInput, gradients, true);
          inner.dispose();
          return dx;
        },
      };
    },
  };
}

/** Convolution + batch normalisation + ReLU. A training forward moves the running statistics. */
export function convNormRelu(parameters: WeightAndBias, geometry: ConvGeometry, norm: NormParameters): Block {
  const { weight, bias } = parameters;
  const { scale, offset, runningMean, runningVariance } = norm;

  const inference = (x: tf.Tensor): Step => {
    const y = tf.tidy(() => {
      const a = tf.mul(scale.value, tf.rsqrt(tf.add(runningVariance.value, BATCH_NORM.epsilon)));
      const foldedBias = tf.add(offset.value, tf.mul(a, tf.sub(bias.value, runningMean.value)));
      return convolution(x, tf.mul(weight.value, a), foldedBias, geometry, true);
    });
    return { y, kept: [], backward: noBackward };
  };

  const training = (x: tf.Tensor, momentum = BATCH_NORM.momentum): Step => {
    const z = convolution(x, weight.value, bias.value, geometry, false);
    const out = batchNormRelu(
      z,
      { scale: scale.value, offset: offset.value },
      runningMean.value,
      runningVariance.value,
      momentum,
    );
    replace(runningMean, out.runningMean);
    replace(runningVariance, out.runningVariance);
    const { y, mean, inverseStd } = out;
    return {
      y,
      kept: [x, z, mean, inverseStd],
      backward: (dy, wantInput, gradients) => {
        const {
          dx: dz,
          dScale,
          dOffset,
        } = batchNormReluBackward(dy, z, mean, inverseStd, { scale: scale.value, offset: offset.value });
        gradients.add(scale.spec.name, dScale);
        gradients.add(offset.spec.name, dOffset);
        // Exactly zero: the normalisation subtracts whatever the bias adds. Summing dz would give rounding
        // noise, which Adam would blow up to the size of a real step.
        gradients.add(bias.spec.name, tf.zerosLike(bias.value));
        const dx = convGradients(parameters, geometry, x, dz, wantInput, gradients, false);
        dz.dispose();
        return dx;
      },
    };
  };

  return { forward: (x, mode) => (mode.training ? training(x, mode.momentum) : inference(x)) };
}

/**
 * Gives a parameter a new tensor and frees the old one; in flat memory, the new values take the place of the
 * old.
 */
export function replace(parameter: Parameter, value: tf.Tensor): void {
  if (isFlat(parameter.value)) {
    gpu().assign(parameter.value, value);
    value.dispose();
    return;
  }
  parameter.value.dispose();
  parameter.value = value;
}
