/**
 * Losses of a forward pass and the way back from them: on the device where it has our kernel - then losses
 * and predictions are all that is read back -, else from logits on the host in float64. Not here: what the
 * losses are weighted with.
 */
import type { Part } from '../../core/training/memory/micro-batches';
import { crossEntropyLoss } from '../../core/tasks/losses/cross-entropy';
import { mixedLoss } from '../../core/tasks/losses/mixed';
import { joinedMoments } from '../../core/tasks/losses/moments';
import type { LossValue, Moments, Targets, TaskLoss } from '../../core/tasks/losses/types';
import type { StrategyStep } from '../../core/weighting/types';
import type { Batch } from './batch';
import { kernelTable } from '../backends/kernels/current';
import type { ForwardPass, Network } from '../network/network';
import type { Gradients } from '../ops/gradients';
import type * as tf from '../tf';

/** One task of a part: its share of the batch's mean loss, and what is predicted of every example. */
export type TaskScores = Pick<LossValue, 'loss' | 'predictions'> & Partial<Pick<LossValue, 'gradient'>>;

/**
 * What a loss over the whole batch needs to know of it, per task; see `TaskLoss.moments`. Of a mixed batch,
 * the same of the partners' targets behind them.
 */
export type BatchMoments = readonly (Moments | undefined)[];

type Labelled = Pick<Batch, 'count' | 'labels' | 'distributions' | 'losses' | 'mixed'>;

const PLAIN = crossEntropyLoss.prepare({}, { counts: [], mean: Number.NaN, deviation: Number.NaN });
const lossOf = ({ losses }: Labelled, task: number): TaskLoss => losses?.[task] ?? PLAIN;

const labelsOf = ({ labels }: Pick<Labelled, 'labels'>, { first, count }: Part): Targets[] =>
  labels.map((task) => task.subarray(first, first + count));

/** Which tasks have a labelled example in the batch. */
export const presentTasks = (batch: Labelled): boolean[] =>
  batch.labels.map((targets, i) => targets instanceof Uint16Array || lossOf(batch, i).weight(targets) > 0);

/** The kernel on the device knows plain cross-entropy of batches in which everything is labelled, unmixed. */
const onDevice = (batch: Labelled): boolean =>
  kernelTable().deviceLosses !== null &&
  !batch.mixed &&
  batch.labels.every(
    (targets, i) =>
      lossOf(batch, i).plainCrossEntropy &&
      (targets instanceof Uint16Array || !targets.some((target) => Number.isNaN(target))),
  );

/** Losses of every task, on the host. @param moments of the whole batch; of this part unless given */
export function evaluateLogits(
  logits: readonly Float32Array[],
  batch: Labelled,
  part: Part,
  moments?: BatchMoments,
): readonly LossValue[] {
  const { labels, mixed } = batch;
  const evaluated = (of: Pick<Labelled, 'labels' | 'distributions'>, before: number): LossValue[] =>
    labelsOf(of, part).map((targets, i) => {
      const loss = lossOf(batch, i);
      const width = logits[i]!.length / part.count;
      return loss.evaluate({
        outputs: logits[i]!,
        targets,
        width,
        distributions: of.distributions?.[i]?.subarray(part.first * width, (part.first + part.count) * width),
        weight: loss.weight(of.labels[i]!),
        moments: moments?.[before + i],
      });
    });
  const own = evaluated(batch, 0);
  if (!mixed) return own;
  const partners = evaluated(mixed, labels.length);
  return own.map((value, i) => mixedLoss(value, partners[i]!, mixed.lambda));
}

/** Whether a batch in parts must be seen as a whole before the losses of any part are known. */
export const asksForMoments = (batch: Labelled): boolean =>
  batch.labels.some((_, i) => lossOf(batch, i).moments !== undefined);

/** Of one part, or of what came before it and it. */
export const addedMoments = (
  logits: readonly Float32Array[],
  batch: Labelled,
  part: Part,
  before?: BatchMoments,
): BatchMoments =>
  [...labelsOf(batch, part), ...(batch.mixed ? labelsOf(batch.mixed, part) : [])].map((targets, i) => {
    const task = i % batch.labels.length;
    const own = lossOf(batch, task).moments?.(logits[task]!, targets);
    const known = before?.[i];
    return own && known ? joinedMoments(known, own) : own;
  });

/** Losses and predictions of a training pass. */
export async function evaluate(
  pass: ForwardPass,
  batch: Labelled,
  part: Part,
  moments?: BatchMoments,
): Promise<readonly TaskScores[]> {
  if (!onDevice(batch)) return evaluateLogits(await pass.logits(), batch, part, moments);
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
  onDevice(batch)
    ? pass.takeLogitGradients(labelsOf(batch, part), batch.count)
    : network.logitTensors(scores.map(({ gradient }) => gradient!));

/**
 * Whether such losses with such weights ask for a change; a device that computes nothing reports losses of
 * zero.
 */
export const pushes = (batch: Labelled, losses: readonly number[], effective: readonly number[]): boolean =>
  effective.some((weight, i) => weight !== 0 && (onDevice(batch) || losses[i]! > 0));

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
  if (onDevice(batch)) {
    const atLogits = pass.takeLogitGradients(labelsOf(batch, part), batch.count);
    const { scaleInPlace } = kernelTable().deviceLosses!;
    atLogits.forEach((gradient, i) => scaleInPlace(gradient, heads[i]!));
    network.backwardFrom(pass, atLogits, gradients, factors);
    return pushes(
      batch,
      scores.map(({ loss }) => loss),
      effective,
    );
  }
  const atLogits = scores.map(({ gradient }, i) => gradient!.map((value) => value * heads[i]!));
  network.backward(pass, atLogits, gradients, factors);
  return atLogits.some((gradient) => gradient.some((value) => value !== 0));
}
