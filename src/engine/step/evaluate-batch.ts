/** Losses, predictions and probabilities of a batch that nothing is learned from, as in validation. */
import { microBatches } from '../../core/training/memory/micro-batches';
import { imagesOf, joined, results, type Batch, type BatchResult } from './batch';
import { addedMoments, evaluateLogits, type BatchMoments } from './evaluation';
import type { Network } from '../network/network';

/**
 * Losses and predictions with running batch-norm statistics and without dropout; parts change nothing but the
 * memory it takes.
 */
export async function evaluateBatch(
  network: Network,
  batch: Batch,
  microBatch = batch.count,
): Promise<BatchResult> {
  const parts = microBatches(batch.count, microBatch);
  const logits: Float32Array[][] = [];
  let moments: BatchMoments | undefined;
  for (const part of parts) {
    const pass = network.forward(imagesOf(batch, part), part.count, { training: false });
    logits.push(await pass.logits());
    pass.dispose();
    if (parts.length > 1) moments = addedMoments(logits.at(-1)!, batch, part, moments);
  }
  const evaluated = parts.map((part, i) => evaluateLogits(logits[i]!, batch, part, moments));
  return {
    ...results(batch, evaluated),
    each: joined(evaluated, (one) => one.each),
    probabilities: joined(evaluated, (one) => one.probabilities),
  };
}
