/** A batch of examples, what evaluating it gives, and a batch in parts put together again. */
import type { Part } from '../core/training/micro-batches';
import type { TaskScores } from './evaluation';

export interface Batch {
  /** Grey levels, count x size x size. */
  readonly images: Uint8Array;
  readonly count: number;
  /** Class indices per task. */
  readonly labels: readonly Uint16Array[];
}

export interface BatchResult {
  readonly losses: readonly number[];
  /** Loss of every example, per task. */
  readonly each: readonly Float64Array[];
  readonly predictions: readonly Uint16Array[];
  /** Softmax per task, [count x classes]. */
  readonly probabilities: readonly Float32Array[];
}

/** One part's cross-entropies, a task each: shares of the batch's mean losses. */
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
  make: (length: number) => T,
  pick: (one: S) => T,
): T[] =>
  evaluated[0]!.map((_, task) => {
    const pieces = evaluated.map((part) => pick(part[task]!));
    const whole = make(pieces.reduce((sum, piece) => sum + piece.length, 0));
    pieces.reduce((at, piece) => {
      whole.set(piece, at);
      return at + piece.length;
    }, 0);
    return whole;
  });

/** Losses and predictions of the whole batch. */
export const results = (evaluated: readonly PartLosses[]): Pick<BatchResult, 'losses' | 'predictions'> => ({
  losses: totals(evaluated),
  predictions: joined(
    evaluated,
    (length) => new Uint16Array(length),
    (one) => one.predictions,
  ),
});
