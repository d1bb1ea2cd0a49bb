/** The parameters of a network and the gradients that a backward pass gives them. */
import type { ParameterSpec } from '../../core/model/plan';
import { kernelTable } from '../backends/kernels/current';
import type * as tf from '../tf';

/** A named array of the model. The optimiser overwrites or replaces `value`; everything else replaces it. */
export interface Parameter {
  readonly spec: ParameterSpec;
  value: tf.Tensor;
  /** Its gradient's place in flat memory, where the backend has such. */
  readonly gradient?: tf.Tensor;
}

/** Gradients by parameter name; those of a batch's parts add up. */
export class Gradients extends Map<string, tf.Tensor> {
  /** Takes the gradient over. */
  add(name: string, gradient: tf.Tensor): void {
    const earlier = this.get(name);
    this.set(name, earlier ? kernelTable().accumulate(earlier, gradient) : gradient);
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
