/** The blocks of a single layer: max pooling, flatten, linear, ReLU and dropout. */
import * as tf from '../tf';
import { linear, linearInputGradient } from '../kernels/linear';
import { maxPoolInference, maxPoolTraining } from '../kernels/max-pool';
import type { PoolGeometry } from '../kernels/shared/max-pool';
import { dropout, relu, reluGradient } from '../kernels/webgpu/elementwise';
import { dropoutOf, onGpu, reluGradientOf, reluOf } from '../kernels/webgpu/ops';
import { noBackward, type Block } from './block';
import { addParameterGradients, type WeightAndBias } from './parameter-gradients';

export function maxPoolBlock(geometry: PoolGeometry): Block {
  return {
    forward: (x, mode) => {
      if (!mode.training) return { y: maxPoolInference(x, geometry), kept: [], backward: noBackward };
      const { y, kept, gradient } = maxPoolTraining(x, geometry);
      return { y, kept, backward: (dy) => gradient(dy) };
    },
  };
}

/**
 * Rows, columns, channels in this order (PyTorch flattens channels first; exports reorder the next weight).
 */
export function flattenBlock(): Block {
  return {
    forward: (x) => {
      const { shape } = x;
      return { y: tf.reshape(x, [shape[0], -1]), kept: [], backward: (dy) => tf.reshape(dy, shape) };
    },
  };
}

export function linearBlock(parameters: WeightAndBias): Block {
  const { weight, bias } = parameters;
  return {
    forward: (x, mode) => {
      const y = linear(x, weight.value, bias.value);
      if (!mode.training) return { y, kept: [], backward: noBackward };
      return {
        y,
        kept: [x],
        backward: (dy, wantInput, gradients) => {
          addParameterGradients(parameters, null, x, dy, gradients);
          return wantInput ? linearInputGradient(dy, weight.value) : null;
        },
      };
    },
  };
}

export function reluBlock(): Block {
  return {
    forward: (x, mode) => {
      const y = onGpu(relu) ? reluOf(x) : tf.relu(x);
      if (!mode.training) return { y, kept: [], backward: noBackward };
      const output = y.clone();
      return {
        y,
        kept: [output],
        backward: (dy) =>
          onGpu(reluGradient) ? reluGradientOf(dy, output) : tf.tidy(() => tf.mul(dy, tf.step(output))),
      };
    },
  };
}

/** Inverted dropout: what is kept is divided by 1 - rate, so that inference changes nothing. */
export function dropoutBlock(name: string, rate: number): Block {
  return {
    forward: (x, mode) => {
      if (!mode.training) return { y: x, kept: [], backward: noBackward };
      const stream = mode.stream?.(name, x.size);
      if (stream && onGpu(dropout))
        return { y: dropoutOf(x, rate, stream), kept: [], backward: (dy) => dropoutOf(dy, rate, stream) };
      const mask = mode.dropout(name, x.size, rate);
      const values = new Float32Array(x.size);
      for (let i = 0; i < values.length; i++) values[i] = mask[i]! / (1 - rate);
      const factors = tf.tensor(values, x.shape);
      return { y: tf.mul(x, factors), kept: [factors], backward: (dy) => tf.mul(dy, factors) };
    },
  };
}
