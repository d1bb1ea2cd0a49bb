/**
 * What the network executes: a block is one or several layers with an explicit backward pass. There is no tape:
 * each block keeps exactly what its own backward needs, and everything else is freed as soon as it is used.
 */
import type * as tf from '../tf';
import type { ParameterSpec } from '../../core/model/types';

/** A named array of the model; `value` is replaced, never overwritten, because backends cache by tensor. */
export interface Parameter {
  readonly spec: ParameterSpec;
  value: tf.Tensor;
}

/** 1 where an activation is kept and 0 where it is dropped, for `length` activations of a batch. */
export type DropoutMask = (layer: string, length: number, rate: number) => ArrayLike<number>;

export type Mode = { readonly training: true; readonly dropout: DropoutMask } | { readonly training: false };

/** Gradients by parameter name. */
export type Gradients = Map<string, tf.Tensor>;

export interface Step {
  /** The output; may be the input itself. */
  readonly y: tf.Tensor;
  /** What backward needs, freed by the network afterwards. Empty in inference. */
  readonly kept: readonly tf.Tensor[];
  /** Adds this block's parameter gradients; returns the input's gradient, or null where it is not wanted. */
  backward(dy: tf.Tensor, wantInput: boolean, gradients: Gradients): tf.Tensor | null;
}

/** The network frees `x` unless it is in `kept` or is `y`, and frees `dy` after backward unless it is the result. */
export interface Block {
  forward(x: tf.Tensor, mode: Mode): Step;
}

/** The backward of a block that ran in inference. */
export const noBackward = (): never => {
  throw new Error('There is no backward pass after inference.');
};
