/**
 * Notices a backend that has stopped computing: the losses ask for a change, and yet every gradient is
 * exactly zero. (A failed dispatch on WebGPU leaves zeros and no error.) Looks at small arrays only - biases,
 * scales, the first convolution -, of which every layer has one. Where memory is the host's, it looks at
 * every step; else now and then, because it has to read back, and at the last step before a checkpoint, whose
 * gradients are still in flat memory.
 */
import type { Gradients, Parameter } from '../ops/gradients';
import { kernelTable } from '../backends/kernels/current';
import { zeroGradients } from '../platform/faults';
import type * as tf from '../tf';

/** Values of an array that is looked at. */
const SMALL = 65_536;
/** Zeros in so many looks in a row are a fault; one may be a coincidence. */
const IN_A_ROW = 3;
const FIRST_STEPS = 3;
const EVERY = 20;

export class GradientWatch {
  private looks = 0;
  private zeros = 0;
  /** The latest step had gradients that nobody looked at. */
  private unseen = false;

  /**
   * Call before the optimiser takes the gradients.
   * @param pushed whether any gradient at the logits is not zero; without one, zeros are right
   * @throws BackendError `zero-gradients`
   */
  async look(gradients: Gradients, pushed: boolean, step: number): Promise<void> {
    this.unseen = false;
    if (!pushed) return;
    const due =
      kernelTable().memory.readsForFree ||
      this.zeros > 0 ||
      this.looks < FIRST_STEPS ||
      this.looks % EVERY === 0;
    this.looks++;
    this.unseen = !due;
    if (!due) return;
    await this.count([...gradients.values()]);
    if (this.zeros >= IN_A_ROW) throw zeroGradients(step);
  }

  /**
   * Call before a checkpoint: what was learned from zeros is not kept. @param parameters as the latest step
   * left them  @throws BackendError `zero-gradients`
   */
  async settle(parameters: readonly Parameter[], step: number): Promise<void> {
    if (this.unseen) await this.count(parameters.flatMap(({ gradient }) => gradient ?? []));
    this.unseen = false;
    if (this.zeros > 0) throw zeroGradients(step);
  }

  private async count(gradients: readonly tf.Tensor[]): Promise<void> {
    const small = gradients.filter(({ size }) => size <= SMALL);
    if (small.length > 0) this.zeros = (await kernelTable().memory.allZero(small)) ? this.zeros + 1 : 0;
  }
}
