/**
 * A recurrent layer that goes through time forwards, or forwards and backwards with parameters of its own for
 * each way and both hidden states side by side, as PyTorch's `bidirectional`.
 */
import * as tf from '../../tf';
import {
  momentTensors,
  recurrent,
  recurrentGradients,
  type Cell,
  type RecurrentForward,
  type RecurrentParameters,
} from './recurrent';

export interface DirectionsForward {
  /** [n, t, h] for one direction, [n, t, 2 h] for two. */
  readonly y: tf.Tensor;
  /** Everything that backward needs beside x; the caller frees it. */
  readonly kept: readonly tf.Tensor[];
  readonly passes: readonly RecurrentForward['moments'][];
}

const turned = (x: tf.Tensor, direction: number): tf.Tensor => (direction === 0 ? x : tf.reverse(x, 1));

/** @param x [n, t, i] @param ways parameters forwards, then those backwards if there are such */
export function recurrentDirections(
  cell: Cell,
  x: tf.Tensor,
  ways: readonly RecurrentParameters[],
): DirectionsForward {
  const passes: RecurrentForward['moments'][] = [];
  const y = tf.tidy(() => {
    const states = ways.map((p, direction) => {
      const pass = recurrent(cell, turned(x, direction), p);
      for (const t of momentTensors(pass.moments)) tf.keep(t);
      passes.push(pass.moments);
      return turned(pass.y, direction);
    });
    return states.length === 1 ? states[0]! : tf.concat(states, 2);
  });
  return { y, kept: passes.flatMap(momentTensors), passes };
}

/** Gradients of each way's parameters, and of x where it is wanted. */
export function recurrentDirectionsGradients(
  cell: Cell,
  dy: tf.Tensor,
  x: tf.Tensor,
  passes: DirectionsForward['passes'],
  ways: readonly RecurrentParameters[],
  wantInput: boolean,
): { readonly dx: tf.Tensor | null; readonly ways: readonly RecurrentParameters[] } {
  return tf.tidy(() => {
    const parts = ways.length === 1 ? [dy] : tf.split(dy, ways.length, 2);
    const each = ways.map((p, direction) =>
      recurrentGradients(
        cell,
        turned(parts[direction]!, direction),
        turned(x, direction),
        passes[direction]!,
        p,
        wantInput,
      ),
    );
    const inputs = each.flatMap(({ dx }, direction) => (dx ? [turned(dx, direction)] : []));
    return {
      dx: inputs.length === 0 ? null : tf.addN(inputs),
      ways: each.map(({ weightIh, weightHh, biasIh, biasHh }) => ({ weightIh, weightHh, biasIh, biasHh })),
    } as unknown as tf.TensorContainer;
  }) as unknown as { dx: tf.Tensor | null; ways: RecurrentParameters[] };
}
