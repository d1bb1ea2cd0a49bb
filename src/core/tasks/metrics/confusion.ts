/**
 * Confusion matrices and what is read off them. Definitions are scikit-learn's: macro averages over the
 * classes that occur among the true or predicted labels, zero where a ratio is 0/0; UAR over the classes that
 * occur among the true ones (balanced_accuracy_score). Not here: drawing, significance.
 */
import type { ConfusionMatrix, NumberScores, TaskMetrics } from './types';

/** A growing matrix: rows true, columns predicted. */
export class ConfusionCounter {
  readonly counts: Uint32Array;
  constructor(
    readonly classes: number,
    counts?: readonly (readonly number[])[],
  ) {
    this.counts = counts ? Uint32Array.from(counts.flat()) : new Uint32Array(classes * classes);
  }
  add(truth: number, predicted: number): void {
    this.counts[truth * this.classes + predicted]!++;
  }
  matrix(): ConfusionMatrix {
    return Array.from({ length: this.classes }, (_, row) =>
      Array.from(this.counts.subarray(row * this.classes, (row + 1) * this.classes)),
    );
  }
}

export interface ClassScores {
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
  /** True instances. */
  readonly support: number;
  readonly predicted: number;
}

const ratio = (a: number, b: number): number => (b === 0 ? 0 : a / b);

/** Precision, recall and F1 of each class; 0 where a ratio is 0/0. */
export function classScores(confusion: ConfusionMatrix): readonly ClassScores[] {
  return confusion.map((row, k) => {
    const hits = row[k]!;
    const support = row.reduce((sum, n) => sum + n, 0);
    const predicted = confusion.reduce((sum, other) => sum + other[k]!, 0);
    return {
      precision: ratio(hits, predicted),
      recall: ratio(hits, support),
      f1: ratio(2 * hits, support + predicted),
      support,
      predicted,
    };
  });
}

const mean = (values: readonly number[]): number =>
  ratio(
    values.reduce((sum, v) => sum + v, 0),
    values.length,
  );

/**
 * Accuracy (WA), UAR, macro precision, recall and F1 of a matrix; all 0 for an empty one. @param loss mean
 * cross-entropy
 */
export function taskMetrics(confusion: ConfusionMatrix, loss: number): TaskMetrics {
  const scores = classScores(confusion);
  const occurring = scores.filter((s) => s.support + s.predicted > 0);
  const total = scores.reduce((sum, s) => sum + s.support, 0);
  return {
    loss,
    accuracy: ratio(
      confusion.reduce((sum, row, k) => sum + row[k]!, 0),
      total,
    ),
    uar: mean(scores.filter((s) => s.support > 0).map((s) => s.recall)),
    macroPrecision: mean(occurring.map((s) => s.precision)),
    macroRecall: mean(occurring.map((s) => s.recall)),
    macroF1: mean(occurring.map((s) => s.f1)),
    confusion,
  };
}

/** The metrics of a number. */
export const numberMetrics = (number: NumberScores, loss: number): TaskMetrics => ({
  loss,
  accuracy: Number.NaN,
  uar: Number.NaN,
  macroPrecision: Number.NaN,
  macroRecall: Number.NaN,
  macroF1: Number.NaN,
  confusion: [],
  number,
});
