/**
 * Every test, interval and correction against SciPy (reference/fixtures/stats.py); the bootstrap with the
 * same draws.
 */
import { beforeAll, describe, expect, it } from 'vitest';
import { taskMetrics } from '../../src/core/tasks/metrics/confusion';
import { clusterBootstrap, type Interval } from '../../src/core/stats/bootstrap';
import { holm } from '../../src/core/stats/holm';
import { mcnemarOf } from '../../src/core/stats/mcnemar';
import { meanInterval } from '../../src/core/stats/mean-interval';
import { chiSquareOneTail, normalCdf, normalQuantile } from '../../src/core/stats/normal';
import { signFlip } from '../../src/core/stats/sign-flip';
import { studentCentral, studentQuantile } from '../../src/core/stats/student-t';
import { wilcoxon } from '../../src/core/stats/wilcoxon';
import type { ConfusionMatrix } from '../../src/core/tasks/metrics/types';
import { guard } from '../support/fidelity';
import { fixtureBytes } from '../support/fixture';

type Measure = 'accuracy' | 'uar' | 'accuracyDifference' | 'uarDifference';
interface Index {
  readonly normal: {
    readonly z: number[];
    readonly cdf: number[];
    readonly p: number[];
    readonly ppf: number[];
  };
  readonly chiSquare: { readonly x: number[]; readonly sf: number[] };
  readonly student: {
    readonly df: number;
    readonly t: number;
    readonly central: number;
    readonly level: number;
    readonly quantile: number;
  }[];
  readonly intervals: {
    readonly values: number[];
    readonly mean: number;
    readonly sd: number;
    readonly low: number;
    readonly high: number;
  }[];
  readonly signedRanks: {
    readonly kind: string;
    readonly d: number[];
    readonly statistic: number;
    readonly p: number;
    readonly normal: number;
  }[];
  readonly signFlips: { readonly d: number[]; readonly mean: number; readonly p: number }[];
  readonly mcnemar: {
    readonly b: number;
    readonly c: number;
    readonly exact: number;
    readonly statistic: number;
    readonly chiSquare: number;
  }[];
  readonly holm: { readonly p: number[]; readonly adjusted: number[] }[];
  readonly bootstrap: {
    readonly seed: number;
    readonly resamples: number;
    readonly confidence: number;
    readonly cases: {
      readonly speakers: number;
      readonly classes: number;
      /** Model, speaker, true, predicted. */
      readonly counts: number[][][][];
      readonly found: Readonly<
        Record<
          Measure,
          {
            readonly value: number;
            readonly percentile: [number, number];
            readonly bca: [number, number] | null;
          }
        >
      >;
    }[];
  };
}

let index: Index;
beforeAll(async () => {
  index = JSON.parse(new TextDecoder().decode(await fixtureBytes('stats.json'))) as Index;
});

const largest = (values: readonly number[]): number =>
  values.reduce((a, b) => (Number.isNaN(b) || b > a ? b : a), 0);
/** Relative, so that a tail of 1e-200 counts as much as one half. */
const off = (actual: number, expected: number): number =>
  actual === expected ? 0 : Math.abs(actual - expected) / Math.abs(expected);
const row = { chapter: 'statistics', reference: 'scipy', unit: 'relative', tolerance: 1e-10 } as const;

describe('distributions', () => {
  it('normal and chi-square, far tails included', () => {
    const { normal, chiSquare } = index;
    guard({
      ...row,
      quantity: 'normal distribution, -30 to 12.5',
      worst: largest(normal.z.map((z, i) => off(normalCdf(z), normal.cdf[i]!))),
    });
    guard({
      ...row,
      quantity: 'normal quantile, 1e-300 to 1 - 1e-9',
      unit: 'absolute',
      worst: largest(normal.p.map((p, i) => Math.abs(normalQuantile(p) - normal.ppf[i]!))),
      tolerance: 1e-8,
      note: 'at 1 - 1e-9 the last bit of p moves the quantile by 2e-8 of itself',
    });
    guard({
      ...row,
      quantity: 'tail of chi-square, one degree of freedom',
      worst: largest(chiSquare.x.map((x, i) => off(chiSquareOneTail(x), chiSquare.sf[i]!))),
    });
  });

  it('Student’s t, 1 to 1001 degrees of freedom', () => {
    guard({
      ...row,
      quantity: 'Student’s t: central probability',
      unit: 'absolute',
      tolerance: 1e-12,
      worst: largest(index.student.map(({ df, t, central }) => Math.abs(studentCentral(t, df) - central))),
    });
    guard({
      ...row,
      quantity: 'Student’s t: quantile',
      worst: largest(
        index.student.map(({ df, level, quantile }) => off(studentQuantile(level, df), quantile)),
      ),
    });
  });
});

it('mean, standard deviation and t-interval', () => {
  guard({
    ...row,
    quantity: 'mean, SD and 95 % t-interval',
    worst: largest(
      index.intervals.flatMap(({ values, mean, sd, low, high }) => {
        const found = meanInterval(values)!;
        return [off(found.mean, mean), off(found.sd!, sd), off(found.low!, low), off(found.high!, high)];
      }),
    ),
  });
});

describe('tests', () => {
  it('Wilcoxon’s signed ranks: exact, with ties, with zeros, approximated', () => {
    const { signedRanks } = index;
    expect(signedRanks.length).toBeGreaterThan(55);
    expect(
      largest(
        signedRanks.map(({ d, statistic }) => {
          const { plus, minus } = wilcoxon(d);
          return Math.abs(Math.min(plus, minus) - statistic);
        }),
      ),
    ).toBe(0);
    guard({
      ...row,
      quantity: 'Wilcoxon signed-rank test, as SciPy chooses the method',
      worst: largest(signedRanks.map(({ d, p }) => off(wilcoxon(d).p, p))),
    });
    guard({
      ...row,
      quantity: 'Wilcoxon signed-rank test, normal approximation',
      worst: largest(signedRanks.map(({ d, normal }) => off(wilcoxon(d, 'normal').p, normal))),
    });
    const methods = new Set(signedRanks.map(({ kind, d }) => `${kind} ${wilcoxon(d).method}`));
    expect([...methods].sort()).toEqual([
      'plain exact',
      'plain normal',
      'shuffled exact',
      'shuffled normal',
      'ties exact',
      'ties normal',
      'zeros exact',
      'zeros normal',
    ]);
  });

  it('sign flips, all of them', () => {
    guard({
      ...row,
      quantity: 'paired permutation test of the mean (permutation_test, samples)',
      worst: largest(
        index.signFlips.flatMap(({ d, mean, p }) => {
          const found = signFlip(d)!;
          return [Math.abs(found.mean - mean), off(found.p, p)];
        }),
      ),
    });
  });

  it('McNemar, exact and by chi-square', () => {
    guard({
      ...row,
      quantity: 'McNemar’s test (binomtest, chi2)',
      worst: largest(
        index.mcnemar.flatMap(({ b, c, exact, statistic, chiSquare }) => {
          const found = mcnemarOf(7, b, c, 3);
          return [
            off(found.exactP, exact),
            off(found.chiSquare, statistic),
            off(found.chiSquareP, chiSquare),
          ];
        }),
      ),
    });
  });

  it('Holm', () => {
    guard({
      ...row,
      quantity: 'Holm’s correction',
      reference: 'numpy',
      worst: largest(
        index.holm.flatMap(({ p, adjusted }) => holm(p).map((value, i) => off(value, adjusted[i]!))),
      ),
    });
  });
});

it('bootstrap by speaker: percentile and BCa intervals of accuracy, UAR and their differences', () => {
  const { seed, resamples, confidence, cases } = index.bootstrap;
  let without = 0;
  const pooled = (counts: number[][][], classes: number, weights: Uint32Array): ConfusionMatrix =>
    Array.from({ length: classes }, (_, i) =>
      Array.from({ length: classes }, (_unused, j) =>
        counts.reduce((sum, matrix, k) => sum + weights[k]! * matrix[i]![j]!, 0),
      ),
    );
  const errors = cases.flatMap(({ speakers, classes, counts, found }) => {
    const results = clusterBootstrap(
      speakers,
      (weights) => {
        const [first, second] = counts.map((of) => taskMetrics(pooled(of, classes, weights), 0));
        return [first!.accuracy, first!.uar, second!.accuracy - first!.accuracy, second!.uar - first!.uar];
      },
      { resamples, confidence, seed },
    )!;
    return (['accuracy', 'uar', 'accuracyDifference', 'uarDifference'] as const).flatMap((measure, i) => {
      const [ours, theirs] = [results[i]!, found[measure]];
      const ends = (interval: Interval, [low, high]: readonly [number, number]): number[] => [
        Math.abs(interval.low - low),
        Math.abs(interval.high - high),
      ];
      if (theirs.bca === null) {
        without++;
        expect(ours.bca).toBeNull();
      }
      return [
        Math.abs(ours.value - theirs.value),
        ...ends(ours.percentile, theirs.percentile),
        ...(theirs.bca ? ends(ours.bca!, theirs.bca) : []),
      ];
    });
  });
  expect(errors.length).toBe(5 * 4 * 5 - 2 * without);
  guard({
    ...row,
    quantity: 'bootstrap by speaker, percentile and BCa (stats.bootstrap, the same draws)',
    unit: 'absolute',
    tolerance: 1e-10,
    worst: largest(errors),
  });
});
