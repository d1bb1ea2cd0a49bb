/** Association, spread, histograms, entropy and levels: equal to SciPy and NumPy. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { levelOf } from '../../../src/core/audio/level';
import { associationOf, crossTable } from '../../../src/core/corpus/statistics/association';
import { entropyOf } from '../../../src/core/corpus/statistics/facts';
import { edgesFor, histogram } from '../../../src/core/corpus/statistics/histogram';
import { robustZ, spreadOf } from '../../../src/core/corpus/statistics/spread';
import { fixtureBytes } from '../../support/fixture';
import { guard } from '../../support/fidelity';

interface Index {
  readonly association: readonly {
    readonly table: readonly (readonly number[])[];
    readonly chi2: number;
    readonly plain: number;
    readonly corrected: number;
  }[];
  readonly spread: readonly {
    readonly values: readonly number[];
    readonly median: number;
    readonly scale: number;
    readonly z: readonly number[] | null;
  }[];
  readonly histograms: readonly {
    readonly values: readonly number[];
    readonly counts: readonly number[];
    readonly edges: readonly number[];
  }[];
  readonly level: { readonly rms: number; readonly peak: number; readonly samples: readonly number[] };
  readonly entropy: readonly { readonly counts: readonly number[]; readonly bits: number }[];
}

const reference = JSON.parse(new TextDecoder().decode(await fixtureBytes('corpus_statistics.json'))) as Index;
const row = { chapter: 'statistics', unit: 'relative', tolerance: 1e-12 } as const;
const off = (actual: number, expected: number): number =>
  Math.abs(actual - expected) / Math.max(1, Math.abs(expected));

describe('two columns', () => {
  it("have SciPy's Cramér's V, and Bergsma's", () => {
    const worst = reference.association.flatMap(({ table, chi2, plain, corrected }) => {
      const found = associationOf(table);
      return [off(found.chiSquare, chi2), off(found.plain, plain), off(found.corrected, corrected)];
    });
    guard({ ...row, quantity: "Cramér's V, bias-corrected", reference: 'scipy', worst: Math.max(...worst) });
  });

  it('say each other, or nothing', () => {
    expect(
      associationOf([
        [5, 0],
        [0, 5],
      ]),
    ).toMatchObject({ plain: 1 });
    expect(
      associationOf([
        [5, 5],
        [5, 5],
      ]),
    ).toEqual({ chiSquare: 0, plain: 0, corrected: 0 });
    expect(associationOf([[5, 3]]).plain).toBeNaN();
    expect(
      associationOf([
        [5, 0],
        [3, 0],
      ]).plain,
    ).toBeNaN();
    expect(associationOf([]).plain).toBeNaN();
  });

  it('are counted in pairs, those without a value apart', () => {
    expect(crossTable([0, 1, 1, -1, 0], 2, [2, 0, 0, 1, -1], 3)).toEqual({
      table: [
        [0, 0, 1],
        [2, 0, 0],
      ],
      missing: 2,
    });
  });
});

describe('numbers', () => {
  it("have SciPy's median absolute deviation", () => {
    const worst = reference.spread.flatMap(({ values, median, scale, z }) => {
      const found = spreadOf(values);
      const zs = z?.map((one, i) => off(robustZ(values[i]!, found), one)) ?? [];
      return [off(found.median, median), off(found.deviation, scale), ...zs];
    });
    guard({
      ...row,
      quantity: 'Robust z-scores (median, MAD)',
      reference: 'scipy',
      worst: Math.max(...worst),
    });
    expect(robustZ(3, spreadOf([2]))).toBeNaN();
    expect(spreadOf([Number.NaN, Infinity, 1, 3])).toMatchObject({ count: 2, median: 2, min: 1, max: 3 });
    expect(spreadOf([]).median).toBeNaN();
  });

  it("fall into NumPy's bins", () => {
    for (const { values, edges, counts } of reference.histograms)
      expect(histogram(values, edges).counts).toEqual([counts]);
  });

  it('are in one bin each, at round ends, whatever they are', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { minLength: 1, maxLength: 60 }),
        (values) => {
          const edges = edgesFor(values, spreadOf(values));
          const { counts, below, above } = histogram(values, edges);
          expect(edges.length).toBeGreaterThan(1);
          expect(edges.length).toBeLessThan(45);
          expect(counts[0]!.reduce((sum, count) => sum + count, 0) + below + above).toBe(values.length);
          for (const [i, count] of counts[0]!.entries()) {
            const [low, high] = [edges[i]!, edges[i + 1]!];
            const last = i === counts[0]!.length - 1;
            expect(values.filter((one) => one >= low && (one < high || (last && one === high))).length).toBe(
              count,
            );
          }
        },
      ),
      { numRuns: 500 },
    );
  });

  it('of one recording of an hour do not make one bin of all others', () => {
    const values = [...Array.from({ length: 99 }, (_, i) => 2 + i / 40), 3600];
    const edges = edgesFor(values, spreadOf(values));
    const found = histogram(values, edges);
    expect(found.above).toBe(1);
    expect(found.counts[0]!.filter((count) => count > 0).length).toBeGreaterThan(10);
  });

  it('are counted by group, missing ones apart', () => {
    const found = histogram([1, 2, 2, NaN, 9, 1], [0, 1.5, 3], [0, 1, 0, 0, 1, -1], 2);
    expect(found).toEqual({
      edges: [0, 1.5, 3],
      counts: [
        [1, 1],
        [0, 1],
      ],
      below: 0,
      above: 1,
      missing: 1,
    });
  });
});

it("levels are NumPy's, and silence has none", () => {
  const { rms, peak, samples } = reference.level;
  const found = levelOf(Float32Array.from(samples));
  guard({
    ...row,
    quantity: 'Level of a recording, RMS and peak',
    reference: 'numpy',
    worst: Math.max(off(found.rms, rms), off(found.peak, peak)),
  });
  const sine = Float64Array.from({ length: 1000 }, (_, i) => Math.sin((2 * Math.PI * i) / 100));
  expect(levelOf(sine).rms).toBeCloseTo(-3.0103, 4);
  expect(levelOf(sine).peak).toBeCloseTo(0, 12);
  expect(levelOf(new Float32Array(5))).toEqual({ rms: -Infinity, peak: -Infinity });
  expect(levelOf([])).toEqual({ rms: -Infinity, peak: -Infinity });
  expect(levelOf([0.25, -0.5]).peak).toBeCloseTo(-6.0206, 4);
});

it("entropy of votes is SciPy's", () => {
  for (const { counts, bits } of reference.entropy)
    expect(
      entropyOf({ counts: Object.fromEntries(counts.map((count, i) => [String(i), count])) }),
    ).toBeCloseTo(bits, 12);
  expect(entropyOf({ counts: {} })).toBeNaN();
});
