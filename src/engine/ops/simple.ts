/** The operations of a single layer: max pooling, flatten, linear, ReLU, dropout and sum. */
import { alias } from '../tensors/alias';
import { kernelTable } from '../backends/kernels/current';
import type { Pooled } from '../kernels/kernels';
import * as tf from '../tf';
import { paddedMaxPool, paddedMaxPoolInference, type PaddedGeometry } from '../kernels/composed/padded-pool';
import { batched, only, type Operation } from './operation';
import { sumOf } from '../kernels/sum';

export const maxPool: Operation = {
  forward: (step, [x], mode) => {
    const geometry = only(step).attributes as unknown as PaddedGeometry;
    const padded = geometry.padding > 0;
    if (!mode.training)
      return {
        y: padded ? paddedMaxPoolInference(x!, geometry) : kernelTable().maxPool(x!, geometry),
        kept: [],
      };
    const pooled = padded ? paddedMaxPool(x!, geometry) : kernelTable().maxPoolTraining(x!, geometry);
    return { y: pooled.y, kept: pooled.kept, state: pooled };
  },
  backward: (_step, { state }, dy) => [(state as Pooled).gradient(dy)],
};

/**
 * Rows, columns, channels in this order (PyTorch flattens channels first; exports reorder the next weight).
 */
export const flatten: Operation = {
  forward: (_step, [x]) => ({ y: tf.reshape(x!, [x!.shape[0], -1]), kept: [] }),
  backward: (step, _done, dy) => [tf.reshape(dy, batched(dy.shape[0], only(step).values[0]!.shape))],
};

/** A handle of the value with its frames, where it has such, one below the other. */
const rowsOf = (x: tf.Tensor): tf.Tensor => tf.reshape(x, [-1, x.shape.at(-1)!]);

/** Takes the rows over and gives them the axes of x. */
function shapedAs(x: tf.Tensor, rows: tf.Tensor): tf.Tensor {
  if (x.rank === 2) return rows;
  const y = tf.reshape(rows, [...x.shape.slice(0, -1), rows.shape[1]!]);
  rows.dispose();
  return y;
}

export const linear: Operation = {
  forward: (step, [x], mode) => {
    const { weight, bias } = only(step).parameters;
    const rows = rowsOf(x!);
    const y = kernelTable().linear(rows, weight!.value, bias!.value);
    rows.dispose();
    return { y: shapedAs(x!, y), kept: mode.training ? [x!] : [] };
  },
  backward: (step, { kept: [x] }, dy, { gradients, wanted }) => {
    const { weight, bias } = only(step).parameters;
    const [rows, above] = [rowsOf(x!), rowsOf(dy)];
    const { layerGradients, linearInputGradient } = kernelTable();
    layerGradients({ weight: weight!, bias }, null, rows, above, gradients, true);
    const dx = wanted[0] ? shapedAs(x!, linearInputGradient(above, weight!.value)) : null;
    tf.dispose([rows, above]);
    return [dx];
  },
};

export const relu: Operation = {
  forward: (_step, [x], mode) => {
    const y = kernelTable().relu(x!);
    return { y, kept: mode.training ? [alias(y)] : [] };
  },
  backward: (_step, { kept: [output] }, dy) => [kernelTable().reluGradient(dy, output!)],
};

/** Inverted dropout: what is kept is divided by 1 - rate, so that inference changes nothing. */
export const dropout: Operation = {
  forward: (step, [x], mode) => {
    if (!mode.training) return { y: x!, kept: [] };
    const {
      name,
      attributes: { rate },
    } = only(step);
    const mask = mode.dropout(name, x!.size, rate as number);
    const values = new Float32Array(x!.size);
    for (let i = 0; i < values.length; i++) values[i] = mask[i]! / (1 - (rate as number));
    const factors = tf.tensor(values, x!.shape);
    return { y: tf.mul(x!, factors), kept: [factors] };
  },
  backward: (_step, { kept: [factors] }, dy) => [tf.mul(dy, factors!)],
};

/** The gradient of a sum is that of each of its terms. */
export const add: Operation = {
  forward: (_step, xs) => ({ y: xs.length === 2 ? tf.add(xs[0]!, xs[1]!) : sumOf(xs), kept: [] }),
  backward: (_step, _done, dy, { wanted }) => wanted.map((want) => (want ? alias(dy) : null)),
};
