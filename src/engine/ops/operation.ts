/**
 * How an operation is computed on a backend: forward, and an explicit backward. There is no tape: forward says
 * what its own backward needs, and everything else is freed as soon as it is used. Each backend has a table of
 * these (src/engine/backends).
 */
import type { PlannedNode } from '../../core/model/plan';
import type { Gradients, Parameter } from './gradients';
import type * as tf from '../tf';

/** 1 where an activation is kept and 0 where it is dropped, for `length` activations of a batch. */
export type DropoutMask = (layer: string, length: number, rate: number) => ArrayLike<number>;

/**
 * Where a layer's draws stand in the run's random stream, for a kernel that draws the mask itself: the same
 * mask.
 */
export type DropoutStream = (
  layer: string,
  length: number,
) => { readonly key: readonly [number, number, number]; readonly start: number };

/**
 * In training, `momentum` is the share of this batch in the running statistics, PyTorch's 0.1 unless given; 0
 * leaves them.
 */
export type Mode =
  | {
      readonly training: true;
      readonly dropout: DropoutMask;
      readonly stream?: DropoutStream;
      readonly momentum?: number;
    }
  | { readonly training: false };

/** A planned node with its parameters, by suffix: `weight`, `running_mean`. */
export interface BoundNode extends Omit<PlannedNode, 'parameters'> {
  readonly parameters: Readonly<Record<string, Parameter>>;
}

/** What is computed at once: a node, or several that the backend fuses. */
export interface BoundStep {
  readonly op: string;
  readonly nodes: readonly BoundNode[];
}

/** What forward leaves. */
export interface Forward {
  /** The output; may be the input itself. */
  readonly y: tf.Tensor;
  /** Tensors that backward needs, freed by the runner afterwards. Empty in inference. */
  readonly kept: readonly tf.Tensor[];
  /** Anything else that backward needs. */
  readonly state?: unknown;
}

export interface Backward {
  /** Receives the gradients of the step's parameters. */
  readonly gradients: Gradients;
  /** Which inputs' gradients are wanted; the others are null in the result. */
  readonly wanted: readonly boolean[];
  /** Another backward pass will follow: what is kept must neither be freed nor overwritten. */
  readonly keep: boolean;
}

/**
 * The runner frees each input unless it is in `kept` or is `y`, and frees `dy` after backward, which must not
 * be one of the results itself (an alias may).
 */
export interface Operation {
  forward(step: BoundStep, xs: readonly tf.Tensor[], mode: Mode): Forward;
  backward(step: BoundStep, done: Forward, dy: tf.Tensor, how: Backward): readonly (tf.Tensor | null)[];
}

/** Of a step without fusion. */
export const only = ({ nodes }: BoundStep): BoundNode => nodes[0]!;

/** A shape of one example with the batch's axis in front. */
export const batched = (count: number, shape: readonly number[]): number[] => [count, ...shape];
