/** The V/A/D sweep: what is planned, and its report, with means worked out by hand. */
import { describe, expect, it } from 'vitest';
import type { VadRun } from '../../bench/vad/data';
import { labelOf, plannedRuns, STRATEGIES, TASK_SETS } from '../../bench/vad/plan';
import { reportOf } from '../../bench/vad/report';

describe('the V/A/D sweep', () => {
  it('plans the same recipe with three sets of tasks, three strategies and three seeds', () => {
    const runs = plannedRuns();
    expect(new Set(runs.map(({ key }) => key)).size).toBe(27);
    expect(TASK_SETS.map(({ tasks }) => tasks.map(({ id }) => id).slice(3))).toEqual([
      [],
      ['valence', 'activation', 'dominance'],
      ['valence-3', 'activation-3', 'dominance-3'],
    ]);
    expect(runs[1]!.config.tasks[3]!.loss).toEqual({ id: 'ccc', scale: 'standardised' });
    expect(runs[2]!.config.tasks[3]!.levels).toEqual({ edges: [2, 4], onEdge: 'outer' });
    const apart = runs.map(({ config: { tasks: _t, strategy: _s, seed: _n, ...rest } }) => rest);
    for (const one of apart) expect(one).toEqual(apart[0]);
  });

  it('reports means, differences between runs of one seed, and shares of weights', () => {
    const list = (value: number) => [value, value];
    const runs = [1, 2, 3].flatMap((seed) =>
      STRATEGIES.flatMap(({ label }) =>
        TASK_SETS.map(({ label: set, tasks }, extra): VadRun => ({
          key: '',
          label: labelOf(label, set),
          seed,
          tasks: tasks.map(({ id }) => id),
          best: 2,
          // Each set of tasks is a point better than the one before, with every seed.
          score: tasks.map(() => [0, 0.5 + seed / 10 + extra / 100]),
          loss: tasks.map(() => list(1)),
          nominal: tasks.map((_, i) => list(i < 3 ? 1 : 3)),
          effective: tasks.map((_, i) => list(i < 3 ? -0.5 : 0.5)),
        })),
      ),
    );
    const report = reportOf(runs);
    const row = (text: string) => report.split('\n').filter((line) => line.startsWith(`| ${text}`));
    const [scores, nominal, effective] = row('unweighted sum | three tasks');
    // 0.6, 0.7, 0.8
    expect(scores).toContain('| 0.700 ± 0.100 |');
    expect(nominal).toContain('| 1.00 / 1.00 / 1.00 | 1.00 / 1.00 / 1.00 | 1.00 |');
    expect(effective).toContain('| −0.50 / −0.50 / −0.50 |');
    expect(row('weighted average | with V/A/D in three levels')[1]).toBe(
      '| weighted average | with V/A/D in three levels | +2.0 [+2.0, +2.0] | +2.0 [+2.0, +2.0] | +2.0 [+2.0, +2.0] |',
    );
    // Of 1, 1, 1, 3, 3, 3 the three have half of the mean.
    expect(row('Kendall uncertainty | with V/A/D, 1 − CCC').some((line) => line.endsWith('| 0.50 |'))).toBe(
      true,
    );
  });
});
