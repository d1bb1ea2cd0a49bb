/**
 * One direction of a recurrent layer over time out of stock ops, with explicit gradients: the products with
 * the input at once for all steps, then step by step what depends on the step before. What a cell computes
 * stands in cells.ts. Starts from zeros, as PyTorch does.
 */
import * as tf from '../../tf';
import { kernelTable } from '../../backends/kernels/current';

/** Gates side by side in PyTorch's order; `g` is how many gates there are. */
export interface RecurrentParameters {
  /** [i, g h]. */
  readonly weightIh: tf.Tensor;
  /** [h, g h]. */
  readonly weightHh: tf.Tensor;
  /** [g h] each. */
  readonly biasIh: tf.Tensor;
  readonly biasHh: tf.Tensor;
}

export interface Cell {
  /** Arrays that pass from step to step, the hidden state first. */
  readonly states: number;
  /**
   * One step; all [n, ...]. @param fromInput x W_ih + b_ih @param fromState h W_hh + b_hh
   * @returns the new states, and what backward needs beside the states before and after
   */
  forward(
    fromInput: tf.Tensor,
    fromState: tf.Tensor,
    states: readonly tf.Tensor[],
  ): { readonly states: tf.Tensor[]; readonly kept: tf.Tensor[] };
  /**
   * @param d gradients of the new states @param before the states before the step
   * @returns gradients of the two products, and those of the states before but for the way through W_hh
   * (null: there is no other)
   */
  backward(
    d: readonly tf.Tensor[],
    kept: readonly tf.Tensor[],
    before: readonly tf.Tensor[],
  ): { readonly dInput: tf.Tensor; readonly dState: tf.Tensor; readonly d: (tf.Tensor | null)[] };
}

interface Moment {
  readonly states: readonly tf.Tensor[];
  readonly kept: readonly tf.Tensor[];
}

export interface RecurrentForward {
  /** Hidden states, [n, t, h]. */
  readonly y: tf.Tensor;
  /** Step by step, for {@link recurrentGradients}. */
  readonly moments: readonly Moment[];
}

export interface RecurrentGradients extends RecurrentParameters {
  readonly dx: tf.Tensor | null;
}

/** Everything the moments hold, to be freed. */
export const momentTensors = (moments: readonly Moment[]): tf.Tensor[] =>
  moments.flatMap(({ states, kept }) => [...states, ...kept]);

/** [n, t, i] -> [t n, i]: the steps one below the other. */
const byTime = (x: tf.Tensor): tf.Tensor =>
  tf.reshape(tf.transpose(x, [1, 0, 2]), [x.shape[0] * x.shape[1]!, x.shape[2]!]);

/** [t n, f] -> [n, t, f]. */
const byExample = (x: tf.Tensor, n: number): tf.Tensor =>
  tf.transpose(tf.reshape(x, [x.shape[0] / n, n, x.shape[1]!]), [1, 0, 2]);

/** @param x [n, t, i] */
export function recurrent(cell: Cell, x: tf.Tensor, p: RecurrentParameters): RecurrentForward {
  const kernels = kernelTable();
  return tf.tidy(() => {
    const [n, steps] = x.shape as [number, number];
    const [hidden, gates] = p.weightHh.shape as [number, number];
    const products = kernels.linear(byTime(x), p.weightIh, p.biasIh);
    const moments: Moment[] = [];
    let states: readonly tf.Tensor[] = Array.from({ length: cell.states }, () => tf.zeros([n, hidden]));
    for (let t = 0; t < steps; t++) {
      const before = states;
      const moment = tf.tidy(() =>
        cell.forward(
          tf.slice(products, [t * n, 0], [n, gates]),
          kernels.linear(before[0]!, p.weightHh, p.biasHh),
          before,
        ),
      );
      moments.push(moment);
      ({ states } = moment);
    }
    const y = tf.stack(
      moments.map((moment) => moment.states[0]!),
      1,
    );
    return { y, moments } as unknown as tf.TensorContainer;
  }) as unknown as RecurrentForward;
}

/** @param dy [n, t, h] @param x [n, t, i] */
export function recurrentGradients(
  cell: Cell,
  dy: tf.Tensor,
  x: tf.Tensor,
  moments: readonly Moment[],
  p: RecurrentParameters,
  wantInput: boolean,
): RecurrentGradients {
  const kernels = kernelTable();
  return tf.tidy(() => {
    const [n, steps] = x.shape as [number, number];
    const hidden = p.weightHh.shape[0];
    const still = tf.zeros([n, hidden]);
    const start = Array.from({ length: cell.states }, () => still);
    const fromAbove = byTime(dy);
    const [atInput, atState]: [tf.Tensor[], tf.Tensor[]] = [[], []];
    let d: tf.Tensor[] = start;
    for (let t = steps - 1; t >= 0; t--) {
      const [after, moment] = [d, moments[t]!];
      const before = moments[t - 1]?.states ?? start;
      const step = tf.tidy(() => {
        const dHidden = tf.add(after[0]!, tf.slice(fromAbove, [t * n, 0], [n, hidden]));
        const back = cell.backward([dHidden, ...after.slice(1)], moment.kept, before);
        const through = kernels.linearInputGradient(back.dState, p.weightHh);
        const [straight, ...others] = back.d;
        const own = straight ? tf.add(straight, through) : through;
        return { dInput: back.dInput, dState: back.dState, d: [own, ...(others as tf.Tensor[])] };
      });
      atInput.unshift(step.dInput);
      atState.unshift(step.dState);
      ({ d } = step);
    }
    const dProducts = tf.concat(atInput, 0);
    const dStates = tf.concat(atState, 0);
    const earlier = tf.concat([still, ...moments.slice(0, -1).map(({ states }) => states[0]!)], 0);
    return {
      weightIh: kernels.linearWeightGradient(byTime(x), dProducts),
      weightHh: kernels.linearWeightGradient(earlier, dStates),
      biasIh: kernels.channelSum(dProducts),
      biasHh: kernels.channelSum(dStates),
      dx: wantInput ? byExample(kernels.linearInputGradient(dProducts, p.weightIh), n) : null,
    } as unknown as tf.TensorContainer;
  }) as unknown as RecurrentGradients;
}
