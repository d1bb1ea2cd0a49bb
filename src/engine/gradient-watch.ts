/**
 * Notices a backend that has stopped computing: the losses ask for a change, and yet every gradient is exactly zero. (A failed
 * dispatch on WebGPU leaves zeros and no error.) Looks at small arrays only - biases, scales, the first convolution -, of which
 * every layer has one. Where memory is the host's, it looks at every step; else now and then, because it has to read back.
 */
import { BackendError } from '../core/errors/errors';
import type { Gradients } from './blocks/block';
import { hasHostKernels } from './kernels/host';
import * as tf from './tf';

/** Values of an array that is looked at. */
const SMALL = 65_536;
/** Zeros in so many looks in a row are a fault; one may be a coincidence. */
const IN_A_ROW = 3;
const FIRST_STEPS = 3;
const EVERY = 20;

export class GradientWatch {
  private looks = 0;
  private zeros = 0;

  /**
   * Call before the optimiser takes the gradients.
   * @param pushed whether any gradient at the logits is not zero; without one, zeros are right
   * @throws BackendError `zero-gradients`
   */
  async look(gradients: Gradients, pushed: boolean, step: number): Promise<void> {
    if (!pushed) return;
    const due = hasHostKernels() || this.zeros > 0 || this.looks < FIRST_STEPS || this.looks % EVERY === 0;
    this.looks++;
    if (!due) return;
    this.zeros = (await allZero([...gradients.values()].filter(({ size }) => size <= SMALL))) ? this.zeros + 1 : 0;
    if (this.zeros >= IN_A_ROW) throw zeroGradients(step);
  }

  /** Call before a checkpoint: what was learned from zeros is not kept. @throws BackendError `zero-gradients` */
  settle(step: number): void {
    if (this.zeros > 0) throw zeroGradients(step);
  }
}

const zeroGradients = (step: number): BackendError => new BackendError('zero-gradients', `The backend computes gradients that are all zero (step ${step}).`,
  'Continue from the last checkpoint, perhaps with another backend.', { step, backend: tf.getBackend() });

async function allZero(gradients: readonly tf.Tensor[]): Promise<boolean> {
  if (hasHostKernels()) return gradients.every((gradient) => gradient.dataSync().every((value) => value === 0));
  const largest = tf.tidy(() => tf.max(tf.stack(gradients.map((gradient) => tf.max(tf.abs(gradient))))));
  try {
    return (await largest.data())[0] === 0;
  } finally {
    largest.dispose();
  }
}
