/**
 * No constant of a gradient strategy may assume that gradients are about 1 long, and a task without a
 * gradient takes no part. Expected values: the published equations, and the same strategy without the task.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { STRATEGIES, strategy } from '../../src/core/weighting/registry';
import { isSingular, spanOf } from '../../src/core/weighting/solvers/angles';
import { equilibrium } from '../../src/core/weighting/solvers/equilibrium';
import { quadratic, times } from '../../src/core/weighting/solvers/linear-algebra';
import type { Gram, StrategyId, StrategyOptions, StrategyState } from '../../src/core/weighting/types';

const at = (gram: Gram, step = 1) => ({ seed: 1, step, epoch: 1, gram });
const weigh = (
  id: StrategyId,
  gram: Gram,
  options: StrategyOptions = {},
  losses: readonly number[] = gram.map((_, i) => 1 + i / 4),
  state: StrategyState = {},
) => strategy(id).weigh(losses, options, state, at(gram));
const gramOf = (rows: readonly (readonly number[])[]): number[][] =>
  rows.map((a) => rows.map((b) => a.reduce((sum, value, k) => sum + value * b[k]!, 0)));
/** Symmetric with a unit diagonal, and of these lengths. */
const stretched = (gram: Gram, lengths: readonly number[]): number[][] =>
  gram.map((row, i) => row.map((value, j) => value * lengths[i]! * lengths[j]!));
const near = (actual: readonly number[], expected: readonly number[], tolerance: number): void =>
  actual.forEach((value, i) => {
    expect(
      Math.abs(value - expected[i]!),
      `${actual.join()} instead of ${expected.join()}`,
    ).toBeLessThanOrEqual(tolerance * Math.abs(expected[i]!) + 1e-300);
  });

const GRADIENT = STRATEGIES.filter((s) => s.needs({}) !== 'losses' && s.id !== 'grad-norm').map(
  ({ id }) => id,
);
/** By elimination: not the code under test. */
function determinant(matrix: Gram): number {
  const [first, ...rest] = matrix;
  if (!first) return 1;
  return (
    first[0]! *
    determinant(
      rest.map((row) => row.slice(1).map((value, j) => value - (row[0]! * first[j + 1]!) / first[0]!)),
    )
  );
}
const unitDiagonal = (gram: Gram): number[][] =>
  gram.map((row, i) => row.map((value, j) => (i === j ? 1 : value / Math.sqrt(gram[i]![i]! * gram[j]![j]!))));
const unit = fc
  .array(fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: 7, maxLength: 7 }), {
    minLength: 2,
    maxLength: 5,
  })
  .map(gramOf)
  // shorter ones have squares that are no numbers any more
  .filter((gram) => gram.every((row, i) => row[i]! > 1e-12))
  .map(unitDiagonal)
  .filter(
    (cosines) =>
      cosines.every((row, i) => row.every((value, j) => i === j || Math.abs(value) < 0.999)) &&
      determinant(cosines) > 0.03,
  );
const length = fc.double({ min: -6, max: 6, noNaN: true }).map((power) => 10 ** power);
const lengths = fc.array(length, { minLength: 5, maxLength: 5 });

describe('gradients of any length', () => {
  it('Nash-MTL keeps its equation, FairGrad its own, and the sum is √T long', () => {
    fc.assert(
      fc.property(unit, lengths, (cosines, by) => {
        const gram = stretched(cosines, by);
        const { effective, fallback } = weigh('nash-mtl', gram);
        expect(fallback).toBeUndefined();
        near(
          times(gram, effective).map((pull, i) => pull * effective[i]!),
          gram.map(() => 1),
          1e-9,
        );
        expect(Math.sqrt(quadratic(gram, effective) / gram.length)).toBeCloseTo(1, 9);
        near(effective, weigh('fairgrad', gram).effective, 1e-12);
        for (const alpha of [0.5, 2]) {
          const fair = weigh('fairgrad', gram, { alpha }).effective;
          times(gram, fair).forEach((pull, i) => {
            const turned = fair[i]! ** (1 / alpha);
            // As below: pulls that cancel leave the rounding of their parts.
            const rounding =
              16 *
              Number.EPSILON *
              turned *
              gram[i]!.reduce((sum, value, k) => sum + Math.abs(value * fair[k]!), 0);
            expect(Math.abs(pull * turned - 1)).toBeLessThanOrEqual(1e-5 + rounding);
          });
        }
      }),
      { numRuns: 60 },
    );
  });
  it('IMTL-G projects equally on all unit gradients, MGDA makes no task worse, CAGrad is as far from the mean as c says', () => {
    fc.assert(
      fc.property(unit, lengths, (cosines, by) => {
        const gram = stretched(cosines, by);
        const along = (weights: readonly number[]): number[] =>
          times(gram, weights).map((pull, i) => pull / by[i]!);
        const pulls = along(weigh('imtl-g', gram).effective);
        near(
          pulls,
          pulls.map(() => pulls[0]!),
          1e-9,
        );
        const shortest = weigh('mgda', gram).effective;
        const least = quadratic(gram, shortest);
        // Products that cancel leave the rounding of the weights and of this sum: a long gradient against a
        // short one, to a part in 1e10.
        times(gram, shortest).forEach((pull, i) => {
          const rounding =
            16 * Number.EPSILON * gram[i]!.reduce((sum, value, j) => sum + Math.abs(value * shortest[j]!), 0);
          expect(pull).toBeGreaterThanOrEqual(least * (1 - 1e-7) - rounding);
          if (shortest[i]! > 0) expect(Math.abs(pull - least)).toBeLessThanOrEqual(5e-7 * least + rounding);
        });
        const [c, share] = [0.5, 1 / gram.length];
        const off = weigh('cagrad', gram, { rescale: 'none' }).effective.map((weight) => weight - share);
        expect(
          Math.sqrt(
            quadratic(gram, off) /
              quadratic(
                gram,
                gram.map(() => share),
              ),
          ),
        ).toBeCloseTo(c, 9);
      }),
      { numRuns: 60 },
    );
  });
  it('a common factor does to the weights what the formula says, for every strategy', () => {
    fc.assert(
      fc.property(unit, length, (cosines, factor) => {
        const [before, after] = [
          cosines,
          stretched(
            cosines,
            cosines.map(() => factor),
          ),
        ];
        // G/trace + 1e-4 of UPGrad, and everything else, is as before; the bargains are in units of 1/‖g‖.
        for (const id of GRADIENT)
          near(
            weigh(id, after, { beta: 0, order: 'fixed' }).effective.map(
              (weight) => weight * (id === 'nash-mtl' || id === 'fairgrad' ? factor : 1),
            ),
            weigh(id, before, { beta: 0, order: 'fixed' }).effective,
            1e-7,
          );
      }),
      { numRuns: 60 },
    );
  });
  it('no number is lost on the way: one that is none makes weights that are none', () => {
    for (const id of GRADIENT)
      expect(
        weigh(id, [
          [1, Number.NaN],
          [Number.NaN, 1],
        ]).effective.some(Number.isFinite),
        id,
      ).toBe(false);
    // A gradient too long for its square to be a number: solvers would find finite weights in it, as if
    // nothing had happened.
    for (const id of GRADIENT)
      for (const bad of [Infinity, -Infinity])
        for (const gram of [
          [
            [bad, 1],
            [1, 1],
          ],
          [
            [1, bad],
            [bad, 1],
          ],
        ])
          expect(weigh(id, gram).effective.some(Number.isFinite), `${id} ${bad}`).toBe(false);
  });
});

describe('dependent gradients', () => {
  /** Two unit gradients whose cosines have this least eigenvalue. */
  const pair = (least: number): number[][] => [
    [1, 1 - least],
    [1 - least, 1],
  ];
  it.each([
    [1e-5, false],
    [1e-6, false],
    [4e-7, false],
    [1e-8, true],
    [1e-10, true],
    [0, true],
  ])('least eigenvalue %d: %s', (least, singular) => {
    // float32 knows a cosine to 6e-8: the limit is 1e-7 of the largest, which is nearly 2 here.
    for (const by of [
      [1, 1],
      [1e-6, 1],
      [1e3, 1e-3],
      [1e6, 1e6],
    ])
      expect(isSingular(stretched(pair(least), by)), by.join()).toBe(singular);
  });
  it('the case that gave the opposite task: a gradient 3,000 and more times shorter is no dependent one', () => {
    for (const short of [1e-3, 1e-4, 1e-5, 1e-6]) {
      const gram = stretched(
        [
          [1, 0.3, 0.1],
          [0.3, 1, -0.2],
          [0.1, -0.2, 1],
        ],
        [1, 1, short],
      );
      const { effective, fallback } = weigh('imtl-g', gram);
      expect(fallback).toBeUndefined();
      // The shortest gradient takes nearly all the weight, as its projection must be the others' equal.
      expect(effective[2]).toBeGreaterThan(0.99);
      expect(weigh('aligned-mtl', gram).effective[2]).toBeGreaterThan(0.9);
    }
  });
  it('what cancels is left out whatever the lengths, and the rest is spanned', () => {
    fc.assert(
      fc.property(unit, length, (cosines, by) => {
        const gram = stretched(
          cosines,
          cosines.map((_, i) => (i > 1 ? by : 1)),
        );
        const n = gram.length;
        // One more task that is the sum of the first two.
        const more = [
          ...gram.map((row) => [...row, row[0]! + row[1]!]),
          [
            ...gram[0]!.map((value, j) => value + gram[1]![j]!),
            gram[0]![0]! + 2 * gram[0]![1]! + gram[1]![1]!,
          ],
        ];
        const { basis, inner, singular } = spanOf(more);
        expect(singular).toBe(true);
        expect(basis).toHaveLength(n);
        expect(isSingular(inner)).toBe(false);
      }),
      { numRuns: 30 },
    );
  });
  it('opposite gradients bargain on a matrix with 1e-4 more on its diagonal', () => {
    // (C + 1e-4) β = 1/β with C β = 0 for β₁ = β₂: β = 100; as weights β/‖g‖.
    near(
      equilibrium(
        [
          [1, -1],
          [-1, 1],
        ],
        1,
      ).weights,
      [100, 100],
      1e-9,
    );
    near(
      equilibrium(
        [
          [4, -2],
          [-2, 1],
        ],
        1,
      ).weights,
      [50, 100],
      1e-9,
    );
    expect(
      equilibrium(
        [
          [4, -2],
          [-2, 1],
        ],
        1,
      ).ridged,
    ).toBe(true);
    // Cosine −0.999: no ridge, β² (1 − 0.999) = 1.
    near(
      equilibrium(
        [
          [1, -0.999],
          [-0.999, 1],
        ],
        1,
      ).weights,
      [1 / Math.sqrt(0.001), 1 / Math.sqrt(0.001)],
      1e-9,
    );
  });
  it('CAGrad: a direction that helps all, however narrow, is taken; only gradients that cancel have none', () => {
    // Cosine −0.999999 leaves a least length of 7e-4; −1 leaves none.
    const narrow = weigh(
      'cagrad',
      [
        [1, -0.999999],
        [-0.999999, 1],
      ],
      { rescale: 'none' },
    );
    expect(narrow.fallback).toBeUndefined();
    // u = (1/2, 1/2), ‖g_u‖ = ‖g0‖: d = (1 + c) g0.
    near(narrow.effective, [0.75, 0.75], 1e-9);
    expect(
      weigh('cagrad', [
        [1, -1],
        [-1, 1],
      ]),
    ).toMatchObject({ fallback: 'no-direction', effective: [0.5 / 1.25, 0.5 / 1.25] });
  });
});

describe('a task without a gradient', () => {
  const withZero = (gram: Gram, place: number): number[][] => {
    const rows = gram.map((row) => row.toSpliced(place, 0, 0));
    return rows.toSpliced(
      place,
      0,
      rows[0]!.map(() => 0),
    );
  };
  /** Formulas that are means of all tasks stay that: each of the others keeps its share of 1/T. */
  const isMean = (id: StrategyId): boolean => id === 'cagrad' || id === 'upgrad';
  it.each(GRADIENT)('%s: is left out, the others are weighed without it, and it is told', (id) => {
    fc.assert(
      fc.property(
        unit.filter((cosines) => cosines.length < 5),
        lengths,
        fc.nat(2),
        (cosines, by, where) => {
          const options = { beta: 0, order: 'fixed' };
          const gram = stretched(cosines, by);
          const place = Math.min(where, gram.length);
          const losses = gram.map((_, i) => 1 + i / 4);
          const all = weigh(id, withZero(gram, place), options, losses.toSpliced(place, 0, 0));
          const rest = weigh(id, gram, options, losses);
          expect(all.fallback).toBe('solved-task');
          near(
            all.effective.toSpliced(place, 1),
            rest.effective.map((weight) =>
              isMean(id) ? (weight * gram.length) / (gram.length + 1) : weight,
            ),
            id === 'upgrad' ? 1e-7 : 1e-9,
          );
          // Formulas with a value there keep it; it multiplies a gradient of zero.
          if (id !== 'pcgrad' && id !== 'upgrad') expect(all.effective[place]).toBe(0);
          expect(all.heads?.[place] ?? 1).toBe(1);
          expect(Number.isFinite(all.total)).toBe(true);
        },
      ),
      { numRuns: 20 },
    );
  });
  it('lengths 1, 1, 0: what gave weights of 148, 52, 1e8 and none', () => {
    const gram = [
      [1, 0, 0],
      [0, 1, 0],
      [0, 0, 0],
    ];
    near(weigh('nash-mtl', gram).effective, [1, 1, 0], 1e-12);
    near(weigh('fairgrad', gram, { alpha: 2 }).effective, [1, 1, 0], 1e-12);
    near(weigh('mgda', gram).effective, [0.5, 0.5, 0], 1e-12);
    near(weigh('db-mtl', gram, { beta: 0 }, [1, 1, 0]).effective, [1, 1, 0], 1e-7);
  });
  it('all of them: as it was, weights of 1', () => {
    for (const id of GRADIENT)
      expect(
        weigh(id, [
          [0, 0],
          [0, 0],
        ]),
      ).toMatchObject({ effective: [1, 1], fallback: 'no-direction' });
  });
  it('Nash-MTL that keeps a bargain has made nothing up, whatever the gradients are now', () => {
    const nash = strategy('nash-mtl');
    const state = nash.update(
      [1, 1],
      { every: 5 },
      nash.init(2, {}),
      at([
        [1, 0],
        [0, 4],
      ]),
    );
    const kept = weigh(
      'nash-mtl',
      [
        [1, 1],
        [1, 1],
      ],
      { every: 5 },
      [1, 1],
      state,
    );
    near(kept.effective, [1, 0.5], 1e-12);
    expect(kept.fallback).toBeUndefined();
  });
  it('Nash-MTL that bargains seldom makes a new bargain when the task has a gradient again', () => {
    const nash = strategy('nash-mtl');
    const [whole, part] = [
      [
        [1, 0],
        [0, 4],
      ],
      [
        [1, 0],
        [0, 0],
      ],
    ];
    let state = nash.init(2, { every: 5 });
    for (const gram of [part, part]) state = nash.update([1, 1], { every: 5 }, state, at(gram));
    near(weigh('nash-mtl', whole, { every: 5 }, [1, 1], state).effective, [1, 0.5], 1e-12);
    // And one that loses it in between keeps the others' weights.
    let other = nash.update([1, 1], { every: 5 }, nash.init(2, {}), at(whole));
    expect(weigh('nash-mtl', part, { every: 5 }, [1, 1], other).effective).toEqual([1, 0]);
    other = nash.update([1, 1], { every: 5 }, other, at(part));
    expect(
      weigh(
        'nash-mtl',
        [
          [9, 0],
          [0, 9],
        ],
        { every: 5 },
        [1, 1],
        other,
      ).effective,
    ).not.toEqual([1, 0]);
  });
});
