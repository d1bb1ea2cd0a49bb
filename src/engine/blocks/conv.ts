/**
 * Convolution, batch normalisation (if any) and ReLU as one block. In training the convolution's output and input
 * are kept and the normalised activations are not; in inference the normalisation is folded into the filter.
 */
import * as tf from '../tf';
import { BATCH_NORM, batchNormRelu, batchNormReluBackward } from '../kernels/batch-norm';
import { channelSum } from '../kernels/channel-sum';
import { convolution, convolutionFilterGradient, convolutionInputGradient, type ConvGeometry } from '../kernels/convolution';
import { noBackward, type Block, type Gradients, type Parameter, type Step } from './block';

export interface NormParameters {
  readonly scale: Parameter;
  readonly offset: Parameter;
  readonly runningMean: Parameter;
  readonly runningVariance: Parameter;
}

interface ConvParameters {
  readonly weight: Parameter;
  readonly bias: Parameter;
}

/** The two gradients of a convolution with respect to its filter and, if wanted, its input. */
function convGradients(
  { weight }: ConvParameters, geometry: ConvGeometry, x: tf.Tensor, dy: tf.Tensor, wantInput: boolean, gradients: Gradients,
): tf.Tensor | null {
  gradients.set(weight.spec.name, convolutionFilterGradient(x, dy, weight.value.shape, geometry));
  return wantInput ? convolutionInputGradient(dy, weight.value, x.shape, geometry) : null;
}

/** Convolution + ReLU. */
export function convRelu(parameters: ConvParameters, geometry: ConvGeometry): Block {
  const { weight, bias } = parameters;
  return { forward: (x, mode): Step => {
    const y = convolution(x, weight.value, bias.value, geometry, true);
    if (!mode.training) return { y, kept: [], backward: noBackward };
    const output = y.clone();
    return { y, kept: [x, output], backward: (dy, wantInput, gradients) => {
      const inner = tf.tidy(() => tf.mul(dy, tf.step(output)));
      gradients.set(bias.spec.name, channelSum(inner));
      const dx = convGradients(parameters, geometry, x, inner, wantInput, gradients);
      inner.dispose();
      return dx;
    } };
  } };
}

/** Convolution + batch normalisation + ReLU. A training forward moves the running statistics. */
export function convNormRelu(parameters: ConvParameters, geometry: ConvGeometry, norm: NormParameters): Block {
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

  const training = (x: tf.Tensor): Step => {
    const z = convolution(x, weight.value, bias.value, geometry, false);
    const out = batchNormRelu(z, { scale: scale.value, offset: offset.value }, runningMean.value, runningVariance.value);
    replace(runningMean, out.runningMean);
    replace(runningVariance, out.runningVariance);
    const { y, mean, inverseStd } = out;
    return { y, kept: [x, z, mean, inverseStd], backward: (dy, wantInput, gradients) => {
      const { dx: dz, dScale, dOffset } = batchNormReluBackward(dy, z, mean, inverseStd, { scale: scale.value, offset: offset.value });
      gradients.set(scale.spec.name, dScale);
      gradients.set(offset.spec.name, dOffset);
      // Exactly zero: the normalisation subtracts whatever the bias adds. Summing dz would give rounding noise,
      // which Adam would blow up to the size of a real step.
      gradients.set(bias.spec.name, tf.zerosLike(bias.value));
      const dx = convGradients(parameters, geometry, x, dz, wantInput, gradients);
      dz.dispose();
      return dx;
    } };
  };

  return { forward: (x, mode) => (mode.training ? training(x) : inference(x)) };
}

/** Gives a parameter a new tensor and frees the old one. */
export function replace(parameter: Parameter, value: tf.Tensor): void {
  parameter.value.dispose();
  parameter.value = value;
}
