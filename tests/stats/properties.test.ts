/**
 * What must hold for any numbers: symmetry, order, monotonicity; and what is defined where there is nothing
 * to test.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pairsNeeded, smallestP } from '../../src/core/stats/attainable';
import { clusterBootstrap } from '../../src/core/stats/bootstrap';
import { holm } from '../../src/core/stats/holm';
import { mcnemar, mcnemarOf } from '../../src/core/stats/mcnemar';
import { meanInterval } from '../../src/core/stats/mean-interval';
import { normalCdf, normalQuantile } from '../../src/core/stats/normal';
import { signFlip } from '../../src/core/stats/sign-flip';
import { wilcoxon } from '../../src/core/stats/wilcoxon';

const RUNS = { numRuns: 200 };
/** Sixteenths: sums are exact, ties and zeros are frequent. */
const differences = (maxLength = 12): fc.Arbitrary<number[]> =>
  fc.array(
    fc.integer({ min: -16, max: 16 }).map((k) => k / 16),
    { minLength: 1, maxLength },
  );
const shares = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 12 });

describe.each([
  ['signed ranks', (d: readonly number[]) => wilcoxon(d).p],
  ['sign flips', (d: readonly number[]) => signFlip(d)!.p],
] as const)('%s', (_, pOf) => {
  it('do not depend on the order of the pairs, nor on which side is called the first', () => {
    fc.assert(
      fc.property(differences(), (d) => {
        const p = pOf(d);
        expect(pOf(d.toReversed())).toBe(p);
        expect(pOf(d.map((x) => -x))).toBe(p);
        expect(p).toBeGreaterThan(0);
        expect(p).toBeLessThanOrEqual(1);
      }),
      RUNS,
    );
  });

  it('never go below what the number of pairs allows, and reach it with a clean sweep', () => {
    fc.assert(
      fc.property(differences(), (d) => {
        expect(pOf(d)).toBeGreaterThanOrEqual(smallestP(d.filter((x) => x !== 0).length) * (1 - 1e-12));
      }),
      RUNS,
    );
    for (let n = 1; n <= 12; n++)
      expect(pOf(Array.from({ length: n }, (_unused, i) => 1 + i / 8))).toBeCloseTo(smallestP(n), 14);
  });

  it('say 1 where all differences are zero', () => {
    expect(pOf([0])).toBe(1);
    expect(pOf([0, 0, 0, 0])).toBe(1);
  });
});

describe('signed ranks', () => {
  it('keep what a monotone change of scale keeps', () => {
    fc.assert(
      fc.property(differences(), (d) => {
        expect(wilcoxon(d.map((x) => x * 37)).p).toBe(wilcoxon(d).p);
      }),
      RUNS,
    );
  });

  it('exact and approximated agree where there are many', () => {
    const d = Array.from({ length: 40 }, (_, i) => (i % 3 === 0 ? -1 : 1) * (i + 1));
    expect(Math.abs(wilcoxon(d, 'exact').p - wilcoxon(d, 'normal').p)).toBeLessThan(0.003);
  });

  it('have nothing to say of no difference at all', () => {
    expect(wilcoxon([])).toEqual({ n: 0, zeros: 0, plus: 0, minus: 0, method: 'exact', p: 1 });
    expect(signFlip([])).toBeNull();
  });
});

describe('sign flips', () => {
  it('all signs are tried for up to 20 pairs, 99,999 drawn beyond', () => {
    const all = (n: number) => signFlip(Array.from({ length: n }, () => 1))!;
    // Of equal differences only the two assignments with one sign are as extreme.
    for (const n of [1, 12, 13, 20])
      expect(all(n)).toMatchObject({ method: 'exact', flips: 2 ** n, p: 2 / 2 ** n });
    expect(all(21)).toMatchObject({ method: 'sampled', flips: 99_999 });
  });
  it('a drawn p counts the assignment that was observed, so it is never 0', () => {
    // One of 2^39 assignments is as extreme: none is drawn.
    expect(signFlip(Array.from({ length: 40 }, () => 1))!.p).toBe(1 / 100_000);
  });
  it('drawn signs come near to all signs, by the same draws every time', () => {
    const d = Array.from({ length: 21 }, (_, i) => ((i * 7) % 11) / 11 - 0.3);
    const drawn = signFlip(d, 5)!;
    expect(drawn.method).toBe('sampled');
    expect(signFlip(d, 5)).toEqual(drawn);
    // Exactly, by the distribution of the sum in thirds of elevenths: sums are multiples of 1/110.
    const whole = d.map((x) => Math.round(x * 110));
    let ways = new Map([[0, 1]]);
    for (const x of whole) {
      const next = new Map<number, number>();
      for (const [sum, count] of ways)
        for (const to of [sum + x, sum - x]) next.set(to, (next.get(to) ?? 0) + count);
      ways = next;
    }
    const bar = Math.abs(whole.reduce((a, b) => a + b, 0));
    const exact =
      [...ways].reduce((sum, [at, count]) => (Math.abs(at) >= bar ? sum + count : sum), 0) / 2 ** d.length;
    expect(Math.abs(drawn.p - exact)).toBeLessThan(4 * Math.sqrt((exact * (1 - exact)) / 99_999));
  });
});

describe('McNemar', () => {
  const counts = fc.integer({ min: 0, max: 400 });
  it('is symmetric, ignores agreement, and grows surer as the discordant ones lean further', () => {
    fc.assert(
      fc.property(counts, counts, counts, (b, c, agree) => {
        const found = mcnemarOf(agree, b, c, 0);
        expect(mcnemarOf(0, c, b, agree)).toMatchObject({
          exactP: found.exactP,
          chiSquare: found.chiSquare,
          chiSquareP: found.chiSquareP,
        });
        expect(found.exactP).toBeGreaterThanOrEqual(Math.min(1, 2 ** (1 - b - c)) * (1 - 1e-12));
        if (c > b && b > 0)
          expect(mcnemarOf(agree, b - 1, c + 1, 0).exactP).toBeLessThan(found.exactP * (1 + 1e-12));
      }),
      RUNS,
    );
  });

  it('counts who is right where', () => {
    expect(mcnemar([0, 1, 2, 3, 0], [0, 1, 0, 0, 1], [0, 0, 2, 1, 0])).toMatchObject({
      both: 1,
      firstOnly: 1,
      secondOnly: 2,
      neither: 1,
    });
  });

  it('finds no difference between a model and itself', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(3), fc.nat(3))), (pairs) => {
        const predicted = pairs.map(([, p]) => p);
        expect(
          mcnemar(
            pairs.map(([t]) => t),
            predicted,
            predicted,
          ),
        ).toMatchObject({ firstOnly: 0, secondOnly: 0, exactP: 1, chiSquare: 0, chiSquareP: 1 });
      }),
      RUNS,
    );
  });
});

describe('Holm', () => {
  it('never makes a p smaller nor larger than Bonferroni would, keeps their order, and does not care for it', () => {
    fc.assert(
      fc.property(shares, (p) => {
        const adjusted = holm(p);
        adjusted.forEach((value, i) => {
          expect(value).toBeGreaterThanOrEqual(p[i]!);
          expect(value).toBeLessThanOrEqual(Math.min(1, p[i]! * p.length));
          p.forEach((other, j) => {
            if (other < p[i]!) expect(adjusted[j]!).toBeLessThanOrEqual(value);
          });
        });
        expect(holm(p.toReversed())).toEqual(adjusted.toReversed());
      }),
      RUNS,
    );
  });

  it('leaves a single test alone, and none at all', () => {
    expect(holm([0.03])).toEqual([0.03]);
    expect(holm([])).toEqual([]);
  });
});

describe('what can be reached', () => {
  it('three seeds stop at a quarter; six are the first that can go below 0.05, seven with three tests', () => {
    expect([0, 1, 2, 3, 5, 6].map(smallestP)).toEqual([1, 1, 0.5, 0.25, 0.0625, 0.03125]);
    expect([pairsNeeded(0.05), pairsNeeded(0.05, 3), pairsNeeded(0.25), pairsNeeded(0.05, 9)]).toEqual([
      6, 7, 3, 9,
    ]);
  });

  it('is the least number of pairs whose floor passes', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 1e-6, max: 0.9, noNaN: true }),
        fc.integer({ min: 1, max: 40 }),
        (level, tests) => {
          const n = pairsNeeded(level, tests);
          expect(smallestP(n) * tests).toBeLessThanOrEqual(level * (1 + 1e-9));
          expect(smallestP(n - 1) * tests).toBeGreaterThan(level * (1 - 1e-9));
        },
      ),
      RUNS,
    );
  });
});

describe('mean and interval', () => {
  it('contain the mean, move with the values and shrink with confidence', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: 2, maxLength: 10 }),
        (values) => {
          const { mean, low, high } = meanInterval(values)!;
          const narrow = meanInterval(values, 0.5)!;
          expect(low!).toBeLessThanOrEqual(mean);
          expect(high!).toBeGreaterThanOrEqual(mean);
          expect(narrow.high! - narrow.low!).toBeLessThanOrEqual(high! - low!);
          expect(meanInterval(values.map((v) => v + 2))!.mean).toBeCloseTo(mean + 2, 12);
        },
      ),
      RUNS,
    );
  });

  it('one value has no spread, no value has nothing', () => {
    expect(meanInterval([0.4])).toEqual({ n: 1, mean: 0.4, sd: null, low: null, high: null });
    expect(meanInterval([])).toBeNull();
    expect(meanInterval([0.25, 0.25, 0.25])).toEqual({ n: 3, mean: 0.25, sd: 0, low: 0.25, high: 0.25 });
  });
});

describe('normal distribution', () => {
  it('quantile and distribution undo each other', () => {
    fc.assert(
      fc.property(fc.double({ min: -8, max: 5, noNaN: true }), (z) => {
        expect(normalQuantile(normalCdf(z))).toBeCloseTo(z, 8);
      }),
      RUNS,
    );
    expect([normalQuantile(0), normalQuantile(1)]).toEqual([-Infinity, Infinity]);
    expect(normalQuantile(0.5)).toBeCloseTo(0, 15);
  });
});

describe('bootstrap by cluster', () => {
  const options = { resamples: 300, confidence: 0.95, seed: 3 };
  /** Mean of one number a cluster. */
  const meanOf =
    (values: readonly number[]) =>
    (weights: Uint32Array): readonly number[] => [
      values.reduce((sum, v, k) => sum + v * weights[k]!, 0) / weights.reduce((sum, w) => sum + w, 0),
    ];
  const values = fc.array(
    fc.integer({ min: 0, max: 64 }).map((k) => k / 64),
    { minLength: 2, maxLength: 9 },
  );

  it('stays between the smallest and the largest cluster, and is the same for the same seed', () => {
    fc.assert(
      fc.property(values, (v) => {
        const [found] = clusterBootstrap(v.length, meanOf(v), options)!;
        for (const interval of [found!.percentile, ...(found!.bca ? [found!.bca] : [])]) {
          expect(interval.low).toBeGreaterThanOrEqual(Math.min(...v) - 1e-12);
          expect(interval.high).toBeLessThanOrEqual(Math.max(...v) + 1e-12);
          expect(interval.low).toBeLessThanOrEqual(interval.high);
        }
        expect(clusterBootstrap(v.length, meanOf(v), options)![0]).toEqual(found);
      }),
      { numRuns: 60 },
    );
  });

  it('turns round with the sign of the statistic', () => {
    fc.assert(
      fc.property(values, (v) => {
        const [found] = clusterBootstrap(v.length, meanOf(v), options)!;
        const [turned] = clusterBootstrap(v.length, (weights) => meanOf(v)(weights).map((x) => -x), options)!;
        expect(turned!.percentile.low).toBeCloseTo(-found!.percentile.high, 12);
        expect(turned!.percentile.high).toBeCloseTo(-found!.percentile.low, 12);
      }),
      { numRuns: 60 },
    );
  });

  it('a wider confidence never gives a narrower interval', () => {
    fc.assert(
      fc.property(values, (v) => {
        const [wide] = clusterBootstrap(v.length, meanOf(v), { ...options, confidence: 0.99 })!;
        const [narrow] = clusterBootstrap(v.length, meanOf(v), { ...options, confidence: 0.8 })!;
        expect(wide!.percentile.low).toBeLessThanOrEqual(narrow!.percentile.low);
        expect(wide!.percentile.high).toBeGreaterThanOrEqual(narrow!.percentile.high);
      }),
      { numRuns: 60 },
    );
  });

  it('one speaker cannot be resampled; speakers that are all alike have an interval of no width and no BCa', () => {
    expect(clusterBootstrap(1, meanOf([0.5]), options)).toBeNull();
    expect(clusterBootstrap(0, meanOf([]), options)).toBeNull();
    expect(clusterBootstrap(4, meanOf([0.5, 0.5, 0.5, 0.5]), options)).toEqual([
      { value: 0.5, percentile: { low: 0.5, high: 0.5 }, bca: null },
    ]);
  });

  it('knows that utterances of one speaker go together: more utterances of the same few speakers do not narrow it', () => {
    const once = clusterBootstrap(4, meanOf([0.2, 0.4, 0.6, 0.9]), options)![0]!;
    // Ten times the utterances, the same speakers: weights times ten in numerator and denominator.
    const tenfold = clusterBootstrap(
      4,
      (weights) => meanOf([0.2, 0.4, 0.6, 0.9])(weights.map((w) => w * 10)),
      options,
    )![0]!;
    expect(tenfold.percentile).toEqual({
      low: expect.closeTo(once.percentile.low, 12),
      high: expect.closeTo(once.percentile.high, 12),
    });
  });
});
