/** What is measured of a task on one side of the split. Not here: how (confusion.ts, number.ts). */

import type { NumberPicture } from './picture';

/**
 * Why a task cannot be measured. `unseen`: no validation utterance is of a class that training has. `constant`:
 * training has fewer than two classes, so that there is nothing to learn and whoever always says the same scores
 * 100 %; of a number: all its targets are equal. `unlabelled`: a side has no label at all. `single`: all validation
 * utterances are of one class, so that always giving that answer scores 100 %.
 */
export const UNMEASURABLE = ['unseen', 'constant', 'unlabelled', 'single'] as const;
export type Unmeasurable = (typeof UNMEASURABLE)[number];

/** Scores of a number, over all labelled examples of the side. */
export interface NumberScores {
  /** Labelled examples. */
  readonly count: number;
  /** Lin's concordance, with 1/n; 0 where predictions do not vary with the targets, NaN where targets do not vary. */
  readonly ccc: number;
  /** NaN where predictions or targets do not vary. */
  readonly pearson: number;
  /** In the targets' unit. */
  readonly mae: number;
  readonly rmse: number;
  /** Of the validation side; absent in records of training and of imported runs. */
  readonly picture?: NumberPicture;
}

/** Rows are the true class, columns the predicted one. */
export type ConfusionMatrix = readonly (readonly number[])[];

export interface TaskMetrics {
  /**
   * Why none of this can be measured: the scores are NaN, on the validation side the loss too; the matrix is
   * as counted. Absent: measured, or recorded by version 0.1.0, which did not ask (core/training/notes/as-measured.ts
   * reads it off the matrices).
   */
  readonly unmeasurable?: Unmeasurable;
  /**
   * Utterances of classes that training has none of, left out of loss, scores and matrix. Absent: none, or
   * counted in (0.1.0).
   */
  readonly leftOut?: number;
  /** Mean per labelled utterance (or of their weights); of 1 − CCC on validation, over all of them at once. */
  readonly loss: number;
  readonly accuracy: number;
  /** Mean recall over the classes that occur among the true labels (UAR, balanced accuracy). */
  readonly uar: number;
  /** The macro averages go over the classes that occur among the true or the predicted labels. */
  readonly macroPrecision: number;
  /** Below `uar` where a class is predicted that never occurs. */
  readonly macroRecall: number;
  readonly macroF1: number;
  /** Empty for a number. */
  readonly confusion: ConfusionMatrix;
  /** Of a number: its scores; those of classes are then NaN. */
  readonly number?: NumberScores;
}
