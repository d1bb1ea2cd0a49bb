/**
 * Losses of a forward pass and the way back from them: on the device where it has our kernel - then losses and predictions are
 * all that is read back -, else from logits on the host in float64. Not here: what the losses are weighted with.
 */
import type { Part } from '../core/training/micro-batches';
import { crossEntropy, type CrossEntropy } from '../core/training/cross-entropy';
import type { Gradients } from './blocks/block';
import { crossEntropyKernel } from './kernels/webgpu/cross-entropy';
import { scale } from './kernels/webgpu/elementwise';
import { onGpu, scaleInPlace } from './kernels/webgpu/ops';
import type { ForwardPass, Network } from './network';

/** One task of a part: its share of the batch's mean loss, and the class predicted for every example. */
export type TaskScores = Pick<CrossEntropy, 'loss' | 'predictions'> & Partial<Pick<CrossEntropy, 'gradient'>>;

interface Labelled {
  readonly count: number;
  /** Class indices per task. */
  readonly labels: readonly Uint16Array[];
}

const labelsOf = ({ labels }: Labelled, { first, count }: Part): Uint16Array[] => labels.map((task) => task.subarray(first, first + count));

const onDevice = (): boolean => onGpu(crossEntropyKernel, scale);

/** Cross-entropy of every task, on the host. */
export const evaluateLogits = (logits: readonly Float32Array[], batch: Labelled, part: Part): readonly CrossEntropy[] =>
  labelsOf(batch, part).map((labels, i) => crossEntropy(logits[i]!, labels, logits[i]!.length / part.count, batch.count));

/** Losses and predictions of a training pass. */
export async function evaluate(pass: ForwardPass, batch: Labelled, part: Part): Promise<readonly TaskScores[]> {
  if (!onDevice()) return evaluateLogits(await pass.logits(), batch, part);
  const tasks = batch.labels.length;
  const report = await pass.crossEntropies(labelsOf(batch, part), batch.count);
  return batch.labels.map((_, i) => ({ loss: report[i]!, predictions: Uint16Array.from(report.subarray(tasks + i * part.count, tasks + (i + 1) * part.count)) }));
}

/**
 * Adds the gradients of the weighted losses; ends the pass.
 * @param scores of this part, from this pass or an earlier one with the same numbers  @param effective dL_total/dL_i
 * @returns whether there was anything to go back from: on the host a gradient, on the device a weight (one that computes nothing reports losses of zero)
 */
export function backward(
  network: Network, pass: ForwardPass, batch: Labelled, part: Part, scores: readonly TaskScores[], effective: readonly number[], gradients: Gradients,
): boolean {
  if (onDevice()) {
    const atLogits = pass.takeLogitGradients(labelsOf(batch, part), batch.count);
    atLogits.forEach((gradient, i) => scaleInPlace(gradient, effective[i]!));
    network.backwardFrom(pass, atLogits, gradients);
    return effective.some((weight) => weight !== 0);
  }
  const atLogits = scores.map(({ gradient }, i) => gradient!.map((value) => value * effective[i]!));
  network.backward(pass, atLogits, gradients);
  return atLogits.some((gradient) => gradient.some((value) => value !== 0));
}
