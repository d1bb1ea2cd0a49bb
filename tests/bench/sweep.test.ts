/**
 * The committed sweep: its data are of the planned runs and agree with themselves, and the report is made of
 * them.
 */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { comparedRun, readSweep } from '../../bench/sweep/data';
import { PLAN, plannedRuns, SEEDS } from '../../bench/sweep/plan';
import { reportOf } from '../../bench/sweep/report';
import { scoresPicture } from '../../bench/sweep/scores-picture';
import { weightsPicture } from '../../bench/sweep/weights-picture';
import { valueOf } from '../../src/core/compare/values';
import { taskIds } from '../../src/core/tasks/types';

const runs = readSweep(readFileSync('docs/demo-sweep.json', 'utf8'));

describe('docs/demo-sweep.json', () => {
  it('has every planned run, with the configuration that the plan gives it today', () => {
    expect(PLAN.length).toBeGreaterThanOrEqual(8);
    expect(SEEDS.length).toBeGreaterThanOrEqual(3);
    expect(runs.map(({ label, config }) => ({ label, config }))).toEqual(
      plannedRuns().map(({ label, config }) => ({ label, config })),
    );
  });

  it('recalls of the kept predictions are the UAR of the best epoch', () => {
    for (const run of runs)
      taskIds(run.config).forEach((task, t) => {
        const [truth, predicted] = [run.truth[t]!, run.predicted[t]!];
        const present = [...new Set(truth)];
        const recalls = present.map((label) => {
          const of = truth.flatMap((one, i) => (one === label ? [predicted[i]!] : []));
          return of.filter((one) => one === label).length / of.length;
        });
        const uar = recalls.reduce((sum, recall) => sum + recall, 0) / recalls.length;
        expect(
          Math.abs(
            uar - valueOf(comparedRun(run), task, { metric: 'uar', side: 'validation', moment: 'best' })!,
          ),
        ).toBeLessThan(1e-5);
      });
  });

  it('runs with one seed validate on the same utterances, by the same speakers', () => {
    for (const seed of SEEDS) {
      const own = runs.filter(({ config }) => config.seed === seed);
      expect(
        new Set(own.map(({ ids, truth, speakers }) => JSON.stringify([ids, truth, speakers]))).size,
      ).toBe(1);
    }
  });
});

describe('docs/results.md and its pictures', () => {
  it('are what the data say', async () => {
    expect(readFileSync('docs/results.md', 'utf8')).toContain(await reportOf(runs));
    expect(readFileSync('docs/demo-sweep-scores.svg', 'utf8')).toBe(scoresPicture(runs));
    expect(readFileSync('docs/demo-sweep-weights.svg', 'utf8')).toBe(weightsPicture(runs));
  });
});
