/**
 * The contract of a task's loss. One file a loss, all of them in registry.ts. A loss is a pure function on the
 * host, in float64: from a head's outputs and the targets to the mean over the labelled examples, and its
 * gradient. An example without a target (NaN) adds nothing: no loss, no gradient, no weight. Not here: how the
 * losses of several tasks are combined (core/weighting), scores (core/tasks/metrics).
 */
import type { Fields } from '../../options/field';

/** What a task predicts: one of a set of classes (a head of that width), or a number (a head of width 1). */
export const TASK_KINDS = ['classes', 'number'] as const;
export type TaskKind = (typeof TASK_KINDS)[number];

/** One target an example: the index of a class, or a number; NaN where there is no label. */
export type Targets = Uint16Array | Float64Array;

/** What is predicted of the examples: classes, or numbers in the targets' own unit. */
export type Predicted = Uint16Array<ArrayBuffer> | Float64Array<ArrayBuffer>;

/** Values of a loss's fields, by key. */
export type LossOptions = Readonly<Record<string, unknown>>;

/** What a loss may know of the training side's targets; validation and test never enter it. */
export interface TrainingTargets {
  /** Labelled examples of each class; empty for a number. */
  readonly counts: readonly number[];
  /** Of a number's labelled examples. */
  readonly mean: number;
  /** Their population standard deviation. */
  readonly deviation: number;
  /** Each example's target is a distribution over the classes (`LossInput.distributions`). */
  readonly distributions?: boolean;
}

/** Sums over the labelled examples of a whole batch, for a loss that is no mean of examples' losses. */
export interface Moments {
  readonly count: number;
  /** Means of outputs and targets, in the units of the loss. */
  readonly meanX: number;
  readonly meanY: number;
  /** Sums of squared deviations, and of their products. */
  readonly xx: number;
  readonly yy: number;
  readonly xy: number;
}

/** A part of a batch, or all of it. */
export interface LossInput {
  /** [count x width], row-major. */
  readonly outputs: ArrayLike<number>;
  readonly targets: ArrayLike<number>;
  /** Outputs per example. */
  readonly width: number;
  /** Of a loss prepared for them, [count x width]: how each target is shared among the classes. */
  readonly distributions?: Float64Array | undefined;
  /** Of the whole batch: `TaskLoss.weight` of all its targets. 0: nobody is labelled. */
  readonly weight: number;
  /** Of the whole batch, where `TaskLoss.moments` asks for them. */
  readonly moments?: Moments | undefined;
}

export interface LossValue {
  /** Mean over the batch's labelled examples; of a part, its share of that mean. 0 where nobody is labelled. */
  readonly loss: number;
  /** Of every example alone: Σ each / weight is the mean. 0 without a label. */
  readonly each: Float64Array<ArrayBuffer>;
  /** d(mean loss of the batch)/d(outputs), [count x width]; rows without a label are 0. */
  readonly gradient: Float32Array<ArrayBuffer>;
  /** Arg max (the first of equals) of classes; a number in the targets' own unit. Of every example. */
  readonly predictions: Predicted;
  /** Softmax of classes, [count x width]; empty for a number. */
  readonly probabilities: Float32Array<ArrayBuffer>;
}

/** A loss with its options and the training side's statistics in it. */
export interface TaskLoss {
  /** Unweighted softmax cross-entropy with one class an example: a device may have a kernel of its own for it. */
  readonly plainCrossEntropy: boolean;
  /**
   * What a mean over these targets is divided by: the number of labelled examples, or the sum of their
   * classes' weights.
   */
  readonly weight: (targets: ArrayLike<number>) => number;
  /** Of a loss over the batch as a whole, which asks for these before any part of it is evaluated. */
  readonly moments?: (outputs: ArrayLike<number>, targets: ArrayLike<number>) => Moments;
  readonly evaluate: (input: LossInput) => LossValue;
  /**
   * Of a loss over a whole set: its value on everything that the moments were taken of, in place of a mean
   * over batches. For validation.
   */
  readonly ofMoments?: (moments: Moments) => number;
}

export interface Loss {
  readonly id: string;
  readonly kind: TaskKind;
  /** Its targets may be distributions over the classes. */
  readonly takesDistributions?: true;
  /** Says how outputs vary with targets: over targets that are all equal it has no value. */
  readonly correlates?: true;
  /** Its options: schema, defaults, links and the form are read from them. */
  readonly fields: Fields;
  /** As plain text (Unicode), for the UI. */
  readonly formula: (options: LossOptions) => string;
  readonly prepare: (options: LossOptions, training: TrainingTargets) => TaskLoss;
}
