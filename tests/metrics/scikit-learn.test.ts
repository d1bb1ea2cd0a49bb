/**
 * Scores and losses against scikit-learn and SciPy (tests/fixtures/metrics, by
 * reference/fixtures/metrics.py): 312 pairs of label lists, most of them degenerate, and 48 batches of
 * logits. Properties of the scores are in properties.test.ts.
 */
import { beforeAll, describe, expect, it } from 'vitest';
import { classScores, ConfusionCounter, taskMetrics } from '../../src/core/tasks/metrics/confusion';
import { crossEntropy } from '../../src/core/tasks/losses/cross-entropy';
import type { TaskMetrics } from '../../src/core/tasks/metrics/types';
import { Tally } from '../../src/core/training/monitor/tally';
import { strategy } from '../../src/core/weighting/registry';
import { guard, relativeError } from '../support/fidelity';
import { fixture } from '../support/fixture';

type Score = 'accuracy' | 'macroPrecision' | 'macroRecall' | 'macroF1' | 'uar';
interface Size {
  readonly kind: string;
  readonly classes: number;
  readonly count: number;
}
interface Index {
  readonly scores: readonly Score[];
  readonly cases: readonly Size[];
  readonly losses: readonly (Size & { readonly scipy: number; readonly sklearn: number | null })[];
}

/** Takes the next values of an array that holds the cases one after the other. */
function cursor<T extends { subarray: (from: number, to: number) => T }>(data: T): (count: number) => T {
  let at = 0;
  return (count) => data.subarray(at, (at += count));
}

interface Case extends Size {
  readonly truth: Uint8Array;
  readonly predicted: Uint8Array;
  readonly scores: Readonly<Record<Score, number>>;
  /** Precision, recall and F1 a class. */
  readonly perClass: Float64Array;
  readonly support: Int32Array;
  readonly confusion: Int32Array;
}
interface Losses extends Size {
  readonly scipy: number;
  readonly sklearn: number | null;
  readonly logits: Float32Array;
  readonly labels: Uint8Array;
  readonly argmax: Uint8Array;
  readonly gradient: Float64Array;
}

let cases: readonly Case[];
let losses: readonly Losses[];
beforeAll(async () => {
  const { index, array, f32, f64, u8 } = await fixture<Index>('metrics');
  const [truth, predicted, scores, perClass] = [
    cursor(u8('truth')),
    cursor(u8('predicted')),
    cursor(f64('scores')),
    cursor(f64('perClass')),
  ];
  const [support, confusion] = [
    cursor(array('support').data as Int32Array),
    cursor(array('confusion').data as Int32Array),
  ];
  cases = index.cases.map((size) => {
    const values = scores(index.scores.length);
    return {
      ...size,
      truth: truth(size.count),
      predicted: predicted(size.count),
      perClass: perClass(3 * size.classes),
      support: support(size.classes),
      confusion: confusion(size.classes ** 2),
      scores: Object.fromEntries(index.scores.map((name, i) => [name, values[i]!])) as Record<Score, number>,
    };
  });
  const [logits, labels, argmax, gradient] = [
    cursor(f32('logits')),
    cursor(u8('lossLabels')),
    cursor(u8('argmax')),
    cursor(f64('gradient')),
  ];
  losses = index.losses.map((entry) => {
    const size = entry.count * entry.classes;
    return {
      ...entry,
      logits: logits(size),
      labels: labels(entry.count),
      argmax: argmax(entry.count),
      gradient: gradient(size),
    };
  });
});

const matrixOf = ({ truth, predicted, classes }: Case) => {
  const counter = new ConfusionCounter(classes);
  truth.forEach((label, i) => counter.add(label, predicted[i]!));
  return counter.matrix();
};
const largest = (values: readonly number[]): number =>
  values.reduce((a, b) => (Number.isNaN(b) || b > a ? b : a), 0);
const row = { chapter: 'metrics', reference: 'scikit-learn', unit: 'absolute', tolerance: 1e-12 } as const;

describe('scores of label lists, absent, unpredicted and lone classes included', () => {
  it.each([
    ['accuracy', 'accuracy (accuracy_score)'],
    ['uar', 'UAR (balanced_accuracy_score)'],
    ['macroPrecision', 'macro precision (zero_division=0)'],
    ['macroRecall', 'macro recall (zero_division=0)'],
    ['macroF1', 'macro F1 (zero_division=0)'],
  ] as const)('%s', (score, quantity) => {
    guard({
      ...row,
      quantity,
      worst: largest(cases.map((c) => Math.abs(taskMetrics(matrixOf(c), 0)[score] - c.scores[score]))),
    });
  });

  it('precision, recall and F1 of each class', () => {
    const worst = largest(
      cases.flatMap((c) =>
        classScores(matrixOf(c)).flatMap(({ precision, recall, f1 }, k) =>
          [precision, recall, f1].map((value, i) => Math.abs(value - c.perClass[3 * k + i]!)),
        ),
      ),
    );
    guard({ ...row, quantity: 'precision, recall and F1 of each class', worst });
  });

  it('confusion matrix and support', () => {
    const differing = cases.map((c) => {
      const matrix = matrixOf(c);
      return (
        matrix.flat().filter((n, i) => n !== c.confusion[i]).length +
        classScores(matrix).filter(({ support }, k) => support !== c.support[k]).length
      );
    });
    guard({
      ...row,
      quantity: 'confusion matrix and support',
      unit: 'cells that differ',
      tolerance: 0,
      worst: largest(differing),
    });
  });

  it('meets every degenerate kind: the cases can tell the averages apart', () => {
    expect(cases).toHaveLength(312);
    const apart = (a: Score, b: Score): number =>
      cases.filter(({ scores }) => Math.abs(scores[a] - scores[b]) > 1e-3).length;
    expect(apart('uar', 'macroRecall')).toBeGreaterThan(30);
    expect(apart('uar', 'accuracy')).toBeGreaterThan(50);
    expect(apart('macroF1', 'macroPrecision')).toBeGreaterThan(100);
    expect(cases.filter(({ scores }) => scores.accuracy === 0).length).toBeGreaterThan(30);
    expect(cases.filter(({ count }) => count === 1).length).toBeGreaterThan(30);
  });
});

describe('losses of logits', () => {
  const lossOf = ({ logits, labels, classes }: Losses): number => crossEntropy(logits, labels, classes).loss;
  const off = (actual: number, expected: number): number =>
    Math.abs(actual - expected) / Math.max(1, expected);

  it('mean cross-entropy', () => {
    guard({
      ...row,
      quantity: 'mean cross-entropy (log_softmax)',
      reference: 'scipy',
      unit: 'relative',
      worst: largest(losses.map((l) => off(lossOf(l), l.scipy))),
    });
    const unclipped = losses.filter(({ sklearn }) => sklearn !== null);
    expect(unclipped.length).toBeGreaterThan(30);
    guard({
      ...row,
      quantity: 'mean cross-entropy (log_loss)',
      unit: 'relative',
      worst: largest(unclipped.map((l) => off(lossOf(l), l.sklearn!))),
      note: 'log_loss clips probabilities below 2.2e-16, the workbench does not: batches that hold one are left out',
    });
  });

  it('its gradient and the predicted classes, first of equals', () => {
    const results = losses.map((l) => ({ ...l, found: crossEntropy(l.logits, l.labels, l.classes) }));
    guard({
      ...row,
      quantity: 'gradient of the cross-entropy (softmax - one-hot)',
      reference: 'scipy',
      unit: 'relative',
      tolerance: 1e-7,
      worst: largest(results.map(({ found, gradient }) => relativeError(found.gradient, gradient))),
      note: 'stored as float32: half a unit in the last place is 6e-8',
    });
    guard({
      ...row,
      quantity: 'predicted class (argmax, first of equals)',
      reference: 'numpy',
      unit: 'utterances that differ',
      tolerance: 0,
      worst: largest(
        results.map(({ found, argmax }) => found.predictions.filter((k, i) => k !== argmax[i]).length),
      ),
    });
  });

  it('an epoch in batches of any size: the losses and scores of all utterances at once', () => {
    const sum = strategy('unweighted-sum');
    const worst = losses.map(({ logits, labels, argmax, classes, count, scipy }) => {
      const tally = new Tally([classes]);
      for (let from = 0; from < count; from += 7) {
        const some = labels.subarray(from, from + 7);
        const { loss, predictions } = crossEntropy(
          logits.subarray(from * classes, (from + some.length) * classes),
          some,
          classes,
        );
        tally.addBatch([some], [predictions], [loss]);
      }
      const whole = new ConfusionCounter(classes);
      labels.forEach((label, i) => whole.add(label, argmax[i]!));
      const task: TaskMetrics = tally.metrics(sum, {}, sum.init(1, {})).tasks[0]!;
      expect(task).toEqual({ ...taskMetrics(whole.matrix(), 0), loss: task.loss });
      return off(task.loss, scipy);
    });
    guard({
      ...row,
      quantity: 'loss of an epoch of uneven batches',
      reference: 'scipy',
      unit: 'relative',
      worst: largest(worst),
    });
  });
});
