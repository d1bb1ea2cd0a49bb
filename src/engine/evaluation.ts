/**
 * Losses of a forward pass and the way back from them: on the device where it has our kernel - then losses
 * and predictions are all that is read back -, else from logits on the host in float64. Not here: what the
 * losses are weighted with.
 */
import type { Part } from '../core/training/micro-batches';
import { crossEntropy, type CrossEntropy } from '../core/tasks/losses/cross-entropy';
import type { StrategyStep } from '../core/weighting/types';
import type { Gradients } from './blocks/block';
import { crossEntropyKernel } from './kernels/webgpu/cross-entropy';
import { scale } from './kernels/webgpu/elementwise';
import { onGpu, scaleInPlace } from './kernels/webgpu/ops';
import type { ForwardPass, Network } from './network';
import type * as tf from './tf';

/** One task of a part: its share of the batch's mean loss, and the class predicted for every example. */
export type TaskScores = Pick<CrossEntropy, 'loss' | 'predictions'> & Partial<Pick<CrossEntropy, 'gradient'>>;

interface Labelled {
  readonly count: number;
  /** Class indices per task. */
  readonly labels: readonly Uint16Array[];
}

const labelsOf = ({ labels }: Labelled, { first, count }: Part): Uint16Array[] =>
  labels.map((task) => task.subarray(first, first + count));

const onDevice = (): boolean => onGpu(crossEntropyKernel, scale);

/** Cross-entropy of every task, on the host. */
export const evaluateLogits = (
  logits: readonly Float32Array[],
  batch: Labelled,
  part: Part,
): readonly CrossEntropy[] =>
  labelsOf(batch, part).map((labels, i) =>
    crossEntropy(logits[i]!, labels, logits[i]!.length / part.count, batch.count),
  );

/** Losses and predictions of a training pass. */
export async function evaluate(
  pass: ForwardPass,
  batch: Labelled,
  part: Part,
): Promise<readonly TaskScores[]> {
  if (!onDevice()) return evaluateLogits(await pass.logits(), batch, part);
  const tasks = batch.labels.length;
  const report = await pass.crossEntropies(labelsOf(batch, part), batch.count);
  return batch.labels.map((_, i) => ({
    loss: report[i]!,
    predictions: Uint16Array.from(report.subarray(tasks + i * part.count, tasks + (i + 1) * part.count)),
  }));
}

/** Gradients of the unweighted losses at the logits, a head each; the caller's. @param scores of this part */
export const logitGradients = (
  network: Network,
  pass: ForwardPass,
  batch: Labelled,
  part: Part,
  scores: readonly TaskScores[],
): readonly tf.Tensor[] =>
  onDevice()
    ? pass.takeLogitGradients(labelsOf(batch, part), batch.count)
    : network.logitTensors(scores.map(({ gradient }) => gradient!));

/**
 * Whether such losses with such weights ask for a change; a device that computes nothing reports losses of
 * zero.
 */
export const pushes = (losses: readonly number[], effective: readonly number[]): boolean =>
  effective.some((weight, i) => weight !== 0 && (onDevice() || losses[i]! > 0));

/**
 * Adds the gradients of the weighted losses; ends the pass.
 * @param scores of this part, from this pass or an earlier one with the same numbers  @param weights of the
 * tasks, in the trunk and in the heads
 * @returns whether there was anything to go back from: on the host a gradient, on the device a weight (one
 * that computes nothing reports losses of zero)
 */
export function backward(
  network: Network,
  pass: ForwardPass,
  batch: Labelled,
  part: Part,
  scores: readonly TaskScores[],
  weights: Pick<StrategyStep, 'effective' | 'heads'>,
  gradients: Gradients,
): boolean {
  const { effective, heads = effective } = weights;
  // A task whose head stands still as well, with a weight of 0 beside a solved one, gives the trunk nothing:
  // not 0/0.
  const factors =
    heads === effective ? undefined : effective.map((weight, i) => (weight === 0 ? 0 : weight / heads[i]!));
  if (onDevice()) {
    const atLogits = pass.takeLogitGradients(labelsOf(batch, part), batch.count);
    atLogits.forEach((gradient, i) => scaleInPlace(gradient, heads[i]!));
    network.backwardFrom(pass, atLogits, gradients, factors);
    return pushes(
      scores.map(({ loss }) => loss),
      effective,
    );
  }
  const atLogits = scores.map(({ gradient }, i) => gradient!.map((value) => value * heads[i]!));
  network.backward(pass, atLogits, gradients, factors);
  return atLogits.some((gradient) => gradient.some((value) => value !== 0));
}
