/**
 * The scores of a confusion matrix against the same scores said a second time, from the label lists and never
 * from a matrix, in the words of scikit-learn's documentation. Classes are left out of either list on
 * purpose.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { classScores, ConfusionCounter, taskMetrics } from '../../src/core/tasks/metrics/confusion';

interface Lists {
  readonly classes: number;
  readonly pairs: readonly (readonly [truth: number, predicted: number])[];
}

/** True labels from one subset of the classes, predictions from another; often they hardly overlap. */
const lists: fc.Arbitrary<Lists> = fc.integer({ min: 1, max: 10 }).chain((classes) => {
  const all = Array.from({ length: classes }, (_, k) => k);
  const some = fc.subarray(all, { minLength: 1 });
  return fc.tuple(some, some).chain(([of, into]) =>
    fc.record({
      classes: fc.constant(classes),
      pairs: fc.array(fc.tuple(fc.constantFrom(...of), fc.constantFrom(...into)), { maxLength: 80 }),
    }),
  );
});

const countOf = (pairs: Lists['pairs'], test: (truth: number, predicted: number) => boolean): number =>
  pairs.filter(([t, p]) => test(t, p)).length;
const quotient = (a: number, b: number): number => (b > 0 ? a / b : 0);
const average = (values: readonly number[]): number =>
  quotient(
    values.reduce((a, b) => a + b, 0),
    values.length,
  );

const precisionOf = ({ pairs }: Lists, k: number): number =>
  quotient(
    countOf(pairs, (t, p) => t === k && p === k),
    countOf(pairs, (_, p) => p === k),
  );
const recallOf = ({ pairs }: Lists, k: number): number =>
  quotient(
    countOf(pairs, (t, p) => t === k && p === k),
    countOf(pairs, (t) => t === k),
  );
/** The harmonic mean, as it is defined; the implementation uses counts. */
const f1Of = (from: Lists, k: number): number =>
  quotient(2 * precisionOf(from, k) * recallOf(from, k), precisionOf(from, k) + recallOf(from, k));

const matrixOf = ({ classes, pairs }: Lists) => {
  const counter = new ConfusionCounter(classes);
  for (const [truth, predicted] of pairs) counter.add(truth, predicted);
  return counter.matrix();
};
const near = (actual: number, expected: number): void =>
  expect(Math.abs(actual - expected)).toBeLessThanOrEqual(1e-12);
const RUNS = { numRuns: 500 };

describe('scores of any two label lists', () => {
  it('are those of the definitions', () => {
    fc.assert(
      fc.property(lists, (from) => {
        const truths = [...new Set(from.pairs.map(([t]) => t))];
        const either = [...new Set(from.pairs.flat())];
        const metrics = taskMetrics(matrixOf(from), 0.25);
        near(
          metrics.accuracy,
          quotient(
            countOf(from.pairs, (t, p) => t === p),
            from.pairs.length,
          ),
        );
        near(metrics.uar, average(truths.map((k) => recallOf(from, k))));
        near(metrics.macroPrecision, average(either.map((k) => precisionOf(from, k))));
        near(metrics.macroRecall, average(either.map((k) => recallOf(from, k))));
        near(metrics.macroF1, average(either.map((k) => f1Of(from, k))));
        expect(metrics.loss).toBe(0.25);
      }),
      RUNS,
    );
  });

  it('class by class too', () => {
    fc.assert(
      fc.property(lists, (from) => {
        classScores(matrixOf(from)).forEach(({ precision, recall, f1, support, predicted }, k) => {
          near(precision, precisionOf(from, k));
          near(recall, recallOf(from, k));
          near(f1, f1Of(from, k));
          expect([support, predicted]).toEqual([
            countOf(from.pairs, (t) => t === k),
            countOf(from.pairs, (_, p) => p === k),
          ]);
        });
      }),
      RUNS,
    );
  });

  it('do not depend on the order of the utterances, nor on which class has which number', () => {
    fc.assert(
      fc.property(lists, fc.nat(9), (from, shift) => {
        const renamed: Lists = {
          classes: from.classes,
          pairs: from.pairs
            .map(([t, p]) => [(t + shift) % from.classes, (p + shift) % from.classes] as const)
            .reverse(),
        };
        const { confusion: _a, ...before } = taskMetrics(matrixOf(from), 0);
        const { confusion: _b, ...after } = taskMetrics(matrixOf(renamed), 0);
        for (const key of ['accuracy', 'uar', 'macroPrecision', 'macroRecall', 'macroF1'] as const)
          near(after[key], before[key]);
      }),
      RUNS,
    );
  });

  it('macro recall is UAR diluted by the classes that are predicted and never occur', () => {
    fc.assert(
      fc.property(lists, (from) => {
        const truths = new Set(from.pairs.map(([t]) => t)).size;
        const either = new Set(from.pairs.flat()).size;
        const { uar, macroRecall } = taskMetrics(matrixOf(from), 0);
        near(macroRecall * either, uar * truths);
      }),
      RUNS,
    );
  });
});
