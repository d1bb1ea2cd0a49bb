/**
 * What the network executes: a block is one or several layers with an explicit backward pass. There is no
 * tape: each block keeps exactly what its own backward needs, and everything else is freed as soon as it is
 * used.
 */
import type { ParameterSpec } from '../../core/model/types';
import { accumulate } from '../kernels/accumulate';
import type * as tf from '../tf';

/** A named array of the model. The optimiser overwrites or replaces `value`; everything else replaces it. */
export interface Parameter {
  readonly spec: ParameterSpec;
  value: tf.Tensor;
  /** Its gradient's place in flat memory, where the backend has such. */
  readonly gradient?: tf.Tensor;
}

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

/** Gradients by parameter name; those of a batch's parts add up. */
export class Gradients extends Map<string, tf.Tensor> {
  /** Takes the gradient over. */
  add(name: string, gradient: tf.Tensor): void {
    const earlier = this.get(name);
    this.set(name, earlier ? accumulate(earlier, gradient) : gradient);
  }

  /**
   * Where a parameter's first gradient may be written at once; undefined: anywhere. Later parts need a place
   * of their own.
   */
  room({ spec, gradient }: Parameter): tf.Tensor | undefined {
    return this.has(spec.name) ? undefined : gradient;
  }

  dispose(): void {
    for (const gradient of this.values()) gradient.dispose();
    this.clear();
  }
}

/** Gradients beside the optimiser's, such as one task's own: their places in flat memory are not these. */
export class LooseGradients extends Gradients {
  override room(): undefined {
    return undefined;
  }
}

export interface Step {
  /** The output; may be the input itself. */
  readonly y: tf.Tensor;
  /** What backward needs, freed by the network afterwards. Empty in inference. */
  readonly kept: readonly tf.Tensor[];
  /**
   * Adds this block's parameter gradients; returns the input's gradient, or null where it is not wanted.
   * @param keep another backward pass will follow: what is kept must neither be freed nor overwritten
   */
  backward(dy: tf.Tensor, wantInput: boolean, gradients: Gradients, keep?: boolean): tf.Tensor | null;
}

/**
 * The network frees `x` unless it is in `kept` or is `y`, and frees `dy` after backward unless it is the
 * result.
 */
export interface Block {
  forward(x: tf.Tensor, mode: Mode): Step;
}

/** The backward of a block that ran in inference. */
export const noBackward = (): never => {
  throw new Error('There is no backward pass after inference.');
};
