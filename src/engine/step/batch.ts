/** A batch of examples, what evaluating it gives, and a batch in parts put together again. */
import type { MixedTargets } from '../../core/tasks/losses/mixed';
import type { Predicted, Targets, TaskLoss } from '../../core/tasks/losses/types';
import type { Part } from '../../core/training/memory/micro-batches';
import { presentTasks, type TaskScores } from './evaluation';

export interface Batch {
  /** Grey levels, count x size x size. */
  readonly images: Uint8Array;
  readonly count: number;
  /** Per task, a target an example; NaN where there is no label. */
  readonly labels: readonly Targets[];
  /** Per task whose targets are distributions: [count x classes]; null of the others. Absent: of no task. */
  readonly distributions?: readonly (Float64Array | null)[] | undefined;
  /** Per task; plain cross-entropy unless given. */
  readonly losses?: readonly TaskLoss[];
  /** Where the images are mixtures of two examples: the other one's targets. */
  readonly mixed?: MixedTargets;
}

export interface BatchResult {
  /** Per task; NaN where no example of the batch has a label of it. */
  readonly losses: readonly number[];
  /** Loss of every example, per task. */
  readonly each: readonly Float64Array[];
  /** Classes, or numbers in the targets' unit. */
  readonly predictions: readonly Predicted[];
  /** Softmax per task, [count x classes]; empty for a number. */
  readonly probabilities: readonly Float32Array[];
}

/** One part's losses, a task each: shares of the batch's means. */
export type PartLosses = readonly TaskScores[];

/** The images of a part, without a copy. */
export const imagesOf = ({ images, count: all }: Batch, { first, count }: Part): Uint8Array =>
  images.subarray((first * images.length) / all, ((first + count) * images.length) / all);

/** Losses per task, added over the parts. */
export const totals = (evaluated: readonly PartLosses[]): number[] =>
  evaluated[0]!.map((_, task) => evaluated.reduce((sum, part) => sum + part[task]!.loss, 0));

/** Per task, the parts' arrays as one. */
export const joined = <S, T extends Float64Array | Float32Array | Uint16Array>(
  evaluated: readonly (readonly S[])[],
  pick: (one: S) => T,
): T[] =>
  evaluated[0]!.map((_, task) => {
    const pieces = evaluated.map((part) => pick(part[task]!));
    const length = pieces.reduce((sum, piece) => sum + piece.length, 0);
    const whole = new (pieces[0]!.constructor as new (length: number) => T)(length);
    pieces.reduce((at, piece) => {
      whole.set(piece, at);
      return at + piece.length;
    }, 0);
    return whole;
  });

/** Losses and predictions of the whole batch. */
export function results(
  batch: Batch,
  evaluated: readonly PartLosses[],
): Pick<BatchResult, 'losses' | 'predictions'> {
  const present = presentTasks(batch);
  return {
    losses: totals(evaluated).map((loss, i) => (present[i] ? loss : Number.NaN)),
    predictions: joined(evaluated, (one) => one.predictions),
  };
}
