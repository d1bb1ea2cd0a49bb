/** Losses, predictions and probabilities of a batch that nothing is learned from, as in validation. */
import type { CrossEntropy } from '../core/tasks/losses/cross-entropy';
import { microBatches } from '../core/training/micro-batches';
import { imagesOf, joined, results, type Batch, type BatchResult } from './batch';
import { evaluateLogits } from './evaluation';
import type { Network } from './network';

/**
 * Losses and predictions with running batch-norm statistics and without dropout; parts change nothing but the
 * memory it takes.
 */
export async function evaluateBatch(
  network: Network,
  batch: Batch,
  microBatch = batch.count,
): Promise<BatchResult> {
  const evaluated: (readonly CrossEntropy[])[] = [];
  for (const part of microBatches(batch.count, microBatch)) {
    const pass = network.forward(imagesOf(batch, part), part.count, { training: false });
    evaluated.push(evaluateLogits(await pass.logits(), batch, part));
    pass.dispose();
  }
  return {
    ...results(evaluated),
    each: joined(
      evaluated,
      (length) => new Float64Array(length),
      (one) => one.each,
    ),
    probabilities: joined(
      evaluated,
      (length) => new Float32Array(length),
      (one) => one.probabilities,
    ),
  };
}
