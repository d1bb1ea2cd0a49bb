/** The front of two scores: its definition as properties, and small cases known by hand. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { groupRuns } from '../../src/core/compare/groups';
import { dominates, dominators, staircase, type Point } from '../../src/core/compare/pareto';
import { paretoAxes, paretoView, sameSeeds } from '../../src/core/compare/pareto-view';
import { tableRows } from '../../src/core/compare/table';
import { paretoTable } from '../../src/core/export/comparison-files';
import { toCsv } from '../../src/core/export/csv';
import { madeUp } from '../support/compared-runs';
import { tasksOf } from '../support/tasks';

const BEST = { side: 'validation', moment: 'best' } as const;

/** Whole numbers of a narrow range: ties are frequent, and scaling by whole numbers is exact. */
const points = fc.array(
  fc.record({ x: fc.integer({ min: -6, max: 6 }), y: fc.integer({ min: -6, max: 6 }) }),
  { maxLength: 14 },
);
const frontOf = (all: readonly Point[], lower: boolean): readonly Point[] =>
  all.filter((_, i) => dominators(all, lower)[i]!.length === 0);
const sorted = (all: readonly Point[]): readonly string[] => all.map(({ x, y }) => `${x} ${y}`).sort();

describe('the front', () => {
  it('has no member that is dominated, and every other point is dominated by a member', () => {
    fc.assert(
      fc.property(points, fc.boolean(), (all, lower) => {
        const front = frontOf(all, lower);
        // Written out once more, so that the definition is not tested with itself.
        const beats = (a: Point, b: Point): boolean =>
          (lower ? a.x <= b.x && a.y <= b.y : a.x >= b.x && a.y >= b.y) && (a.x !== b.x || a.y !== b.y);
        for (const member of front) expect(all.some((other) => beats(other, member))).toBe(false);
        for (const point of all.filter((one) => !front.includes(one)))
          expect(front.some((member) => beats(member, point))).toBe(true);
        if (all.length > 0) expect(front.length).toBeGreaterThan(0);
      }),
    );
  });

  it('does not depend on the order of the points', () => {
    fc.assert(
      fc.property(
        points.chain((all) =>
          fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length })),
        ),
        fc.boolean(),
        ([all, shuffled], lower) => {
          expect(sorted(frontOf(shuffled, lower))).toEqual(sorted(frontOf(all, lower)));
        },
      ),
    );
  });

  it('does not depend on the units of either score; turned round, lower is better', () => {
    fc.assert(
      fc.property(
        points,
        fc.integer({ min: 1, max: 9 }),
        fc.integer({ min: 1, max: 9 }),
        fc.integer({ min: -9, max: 9 }),
        fc.boolean(),
        (all, a, b, shift, lower) => {
          const map = (f: (point: Point) => Point, turned: boolean): readonly (readonly number[])[] =>
            dominators(all.map(f), turned ? !lower : lower);
          expect(map(({ x, y }) => ({ x: a * x + shift, y: b * y - shift }), false)).toEqual(
            dominators(all, lower),
          );
          expect(map(({ x, y }) => ({ x: -x, y: -y }), true)).toEqual(dominators(all, lower));
        },
      ),
    );
  });

  it('keeps equal points together, and leaves out what is equal in one score and worse in the other', () => {
    const all = [
      { x: 3, y: 1 },
      { x: 1, y: 3 },
      { x: 3, y: 1 },
      { x: 3, y: 0 },
      { x: 2, y: 2 },
      { x: 1, y: 1 },
    ];
    expect(dominators(all, false)).toEqual([[], [], [], [0, 2], [], [0, 1, 2, 4]]);
    expect(dominators(all, true)).toEqual([[3, 5], [5], [3, 5], [], [5], []]);
    expect(dominates({ x: 1, y: 1 }, { x: 1, y: 1 }, false)).toBe(false);
    expect(dominators([], false)).toEqual([]);
  });
});

describe('the staircase', () => {
  const DOMAIN = { x: [0, 10], y: [0, 10] } as const;
  it('runs along the edge of what is dominated, from edge to edge', () => {
    const front = [
      { x: 6, y: 4 },
      { x: 2, y: 8 },
      { x: 6, y: 4 },
      { x: 9, y: 1 },
    ];
    expect(staircase(front, false, DOMAIN)).toEqual([
      { x: 0, y: 8 },
      { x: 2, y: 8 },
      { x: 2, y: 4 },
      { x: 6, y: 4 },
      { x: 6, y: 1 },
      { x: 9, y: 1 },
      { x: 9, y: 0 },
    ]);
    expect(staircase(front, true, DOMAIN)).toEqual([
      { x: 2, y: 10 },
      { x: 2, y: 8 },
      { x: 6, y: 8 },
      { x: 6, y: 4 },
      { x: 9, y: 4 },
      { x: 9, y: 1 },
      { x: 10, y: 1 },
    ]);
    expect(staircase([], false, DOMAIN)).toEqual([]);
  });

  it('leaves no corner that the front does not touch: each is level with a member in one score, and no member lies beyond it', () => {
    fc.assert(
      fc.property(points, fc.boolean(), (all, lower) => {
        const front = frontOf(all, lower);
        for (const corner of staircase(front, lower, { x: [-6, 6], y: [-6, 6] })) {
          expect(front.some(({ x, y }) => x === corner.x || y === corner.y)).toBe(true);
          // A member better in both would have the corner inside what it dominates.
          expect(
            front.some(({ x, y }) => (lower ? x < corner.x && y < corner.y : x > corner.x && y > corner.y)),
          ).toBe(false);
        }
      }),
    );
  });
});

const LAST = { metric: 'uar', side: 'validation', moment: 'last' } as const;
const strategy = (weight: number) =>
  ({ strategy: { id: 'static', options: { weights: [weight, 1, 1] } } }) as const;
/** Means of emotion and speaker: (0.5, 0.5), (0.7, 0.4), (0.45, 0.5) and one that has no speaker task. */
const runs = [
  madeUp('a1', { seed: 1 }, [[4, 6, 5]]),
  madeUp('a2', { seed: 2 }, [[6, 4, 5]]),
  madeUp('b1', { ...strategy(2), seed: 1 }, [[8, 3, 5]]),
  madeUp('b2', { ...strategy(2), seed: 2 }, [[6, 5, 5]]),
  madeUp('c1', { ...strategy(3), seed: 1 }, [[5, 5, 5]]),
  madeUp('c3', { ...strategy(3), seed: 3 }, [[4, 5, 5]]),
  madeUp('d1', { tasks: tasksOf('emotion'), architecture: 'vgg11-single', seed: 1 }, [[9]]),
];
const groups = groupRuns(runs);

describe('recipes in two tasks', () => {
  it('are their means over the seeds, with the spread of either task; what lacks one is told', () => {
    const {
      judged,
      runs: single,
      missing,
      missingRuns,
    } = paretoView(groups, ['emotion', 'speaker'], LAST, 'groups');
    expect(judged.map(({ group, dominatedBy }) => [group.runs[0]!.id, dominatedBy!.length])).toEqual([
      ['a1', 0],
      ['b1', 0],
      ['c1', 1],
    ]);
    expect(judged[2]!.dominatedBy).toEqual([groups[0]!.key]);
    expect(judged[0]).toMatchObject({ run: null, x: { n: 2, mean: 0.5 }, y: { n: 2, mean: 0.5 } });
    // Two values 0.2 apart: sd = 0.2 / sqrt(2).
    expect(judged[0]!.x.sd).toBeCloseTo(Math.SQRT1_2 * 0.2, 12);
    expect(judged[2]!.y.sd).toBe(0);
    expect(single.map(({ key, dominatedBy }) => [key, dominatedBy])).toEqual([
      ['a1', null],
      ['a2', null],
      ['b1', null],
      ['b2', null],
      ['c1', null],
      ['c3', null],
    ]);
    expect(missing.map(({ runs: [run] }) => run!.id)).toEqual(['d1']);
    expect(missingRuns).toBe(0);
  });

  it('have the numbers of the run table', () => {
    const { judged } = paretoView(groups, ['emotion', 'speaker'], LAST, 'groups');
    for (const row of tableRows(groups.slice(0, 3), groups[0]!, ['emotion', 'speaker'], LAST, 'groups')) {
      const mark = judged.find(({ key }) => key === row.key)!;
      expect([mark.x, mark.y]).toEqual(row.scores.map(({ value }) => value));
    }
  });

  it('of a loss the lower is on the front', () => {
    // The loss of a made-up task is its place plus hits / 10.
    const { judged } = paretoView(groups, ['emotion', 'speaker'], { ...LAST, metric: 'loss' }, 'groups');
    expect(judged.map(({ dominatedBy }) => dominatedBy!.length)).toEqual([1, 0, 0]);
  });

  it('as single runs: each is judged; a run that has not got so far is counted', () => {
    const short = madeUp('a9', { seed: 9 }, [[9, 9, 9]]);
    const longer = [
      madeUp('a1', { seed: 1 }, [
        [1, 1, 1],
        [4, 6, 5],
      ]),
      short,
      madeUp('b1', { ...strategy(2), seed: 1 }, [
        [1, 1, 1],
        [4, 5, 5],
      ]),
    ];
    const view = paretoView(groupRuns(longer), ['emotion', 'speaker'], { ...LAST, moment: 2 }, 'runs');
    expect(view.judged.map(({ key, dominatedBy }) => [key, dominatedBy])).toEqual([
      ['a1', []],
      ['b1', ['a1']],
    ]);
    expect(view).toMatchObject({ runs: [], missingRuns: 1, missing: [] });
  });

  it('means that differ in the last bit only are equal', () => {
    // (0.2 + 0.3 + 0.7) / 3 is not (0.4 + 0.4 + 0.4) / 3 to the last bit.
    const three = [2, 3, 7].map((hits) => madeUp(`p${hits}`, { seed: hits }, [[hits, 5, 5]]));
    const others = [2, 3, 7].map((seed) => madeUp(`q${seed}`, { ...strategy(2), seed }, [[4, 5, 5]]));
    const { judged } = paretoView(groupRuns([...three, ...others]), ['emotion', 'speaker'], LAST, 'groups');
    expect(judged[0]!.x.mean).not.toBe(judged[1]!.x.mean);
    expect(judged.map(({ dominatedBy }) => dominatedBy)).toEqual([[], []]);
  });

  it('are shown in the tasks wanted, else in two that all have', () => {
    expect(paretoAxes(groups.slice(0, 3), null, null, BEST)).toEqual(['emotion', 'speaker']);
    expect(paretoAxes(groups, null, null, BEST)).toEqual(['emotion', 'speaker']);
    expect(paretoAxes(groups, 'gender', null, BEST)).toEqual(['gender', 'emotion']);
    expect(paretoAxes(groups, null, 'emotion', BEST)).toEqual(['speaker', 'emotion']);
    expect(paretoAxes(groups, 'speaker', 'speaker', BEST)).toEqual(['speaker', 'emotion']);
    const shared = groupRuns([
      madeUp('x', { tasks: tasksOf('speaker', 'gender') }, [[5, 5]]),
      madeUp('y', {}, [[5, 5, 5]]),
    ]);
    expect(paretoAxes(shared, null, null, BEST)).toEqual(['speaker', 'gender']);
    expect(paretoAxes(groups.slice(3), null, null, BEST)).toBeNull();
  });

  it('with other seeds are not quite alike', () => {
    expect([sameSeeds(groups.slice(0, 2)), sameSeeds(groups.slice(0, 3)), sameSeeds([])]).toEqual([
      true,
      false,
      true,
    ]);
  });

  it('as a file: one row a mark, full numbers; only what was judged is on the front or not', () => {
    const view = paretoView(groups, ['emotion', 'speaker'], LAST, 'groups');
    const { header, rows } = paretoTable(view, ['emotion', 'speaker'], LAST, (group) => ({
      letter: 'ABCD'[groups.indexOf(group)]!,
      name: group.config.strategy.id,
    }));
    const lines = toCsv(header, rows).trimEnd().split('\r\n');
    expect(lines[0]).toBe(
      'mark,letter,recipe,strategy,run,seeds,metric,side,at,across,across_mean,across_sd,up,up_mean,up_sd,n,on_front,dominated_by',
    );
    expect(lines).toHaveLength(1 + 3 + 6);
    expect(lines[3]).toMatch(
      /^mean,C,static,static,,1 3,uar,validation,last,emotion,0\.45,0\.0707\d*,speaker,0\.5,0,2,false,A$/,
    );
    expect(lines[4]).toBe(
      'run,A,unweighted-sum,unweighted-sum,a1,1,uar,validation,last,emotion,0.4,,speaker,0.6,,1,,',
    );
  });
});
