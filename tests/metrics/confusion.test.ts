/**
 * Metrics by the definitions scikit-learn documents (zero_division=0; balanced_accuracy_score for UAR),
 * worked out by hand.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { classScores, ConfusionCounter, taskMetrics } from '../../src/core/tasks/metrics/confusion';

const count = (truth: readonly number[], predicted: readonly number[], classes: number) => {
  const counter = new ConfusionCounter(classes);
  truth.forEach((t, i) => counter.add(t, predicted[i]!));
  return counter.matrix();
};

describe('task metrics', () => {
  it('three classes, one never predicted', () => {
    const m = taskMetrics(count([0, 0, 0, 1, 1, 2], [0, 0, 1, 1, 0, 0], 3), 0.5);
    expect(m.confusion).toEqual([
      [2, 1, 0],
      [1, 1, 0],
      [1, 0, 0],
    ]);
    expect(m.accuracy).toBeCloseTo(0.5, 12);
    expect(m.uar).toBeCloseTo((2 / 3 + 1 / 2 + 0) / 3, 12);
    expect(m.macroPrecision).toBeCloseTo((0.5 + 0.5 + 0) / 3, 12);
    expect(m.macroF1).toBeCloseTo((4 / 7 + 0.5 + 0) / 3, 12);
  });
  it('a class that occurs nowhere counts nowhere', () => {
    const m = taskMetrics(count([0, 1, 1], [0, 1, 0], 5), 0);
    expect(m.uar).toBeCloseTo(0.75, 12);
    expect(m.macroF1).toBeCloseTo((2 / 3 + 2 / 3) / 2, 12);
  });
  it('a class that is only predicted counts for precision and F1, not for UAR', () => {
    const m = taskMetrics(count([0, 0], [0, 1], 2), 0);
    expect(m.uar).toBeCloseTo(0.5, 12);
    expect(m.macroPrecision).toBeCloseTo(0.5, 12);
    expect(m.macroF1).toBeCloseTo(2 / 3 / 2, 12);
  });
  it('nothing at all is zero, not NaN', () => {
    expect(taskMetrics(count([], [], 2), 0)).toMatchObject({
      accuracy: 0,
      uar: 0,
      macroF1: 0,
      macroPrecision: 0,
      macroRecall: 0,
    });
  });
  it('accuracy is the support-weighted recall; everything lies in 0..1', () => {
    const labels = fc.array(fc.tuple(fc.nat(3), fc.nat(3)), { minLength: 1, maxLength: 60 });
    fc.assert(
      fc.property(labels, (pairs) => {
        const matrix = count(
          pairs.map(([t]) => t),
          pairs.map(([, p]) => p),
          4,
        );
        const m = taskMetrics(matrix, 0);
        const scores = classScores(matrix);
        expect(m.accuracy).toBeCloseTo(
          scores.reduce((sum, s) => sum + s.recall * s.support, 0) / pairs.length,
          12,
        );
        for (const value of [m.accuracy, m.uar, m.macroPrecision, m.macroF1]) {
          expect(value).toBeGreaterThanOrEqual(0);
          expect(value).toBeLessThanOrEqual(1);
        }
      }),
    );
  });
  it('goes on from a stored matrix', () => {
    const half = new ConfusionCounter(2);
    half.add(0, 1);
    const whole = new ConfusionCounter(2, half.matrix());
    whole.add(1, 1);
    expect(whole.matrix()).toEqual([
      [0, 1],
      [0, 1],
    ]);
  });
});
