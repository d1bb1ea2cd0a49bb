/**
 * Recipes or single runs as points of two tasks: their means with spread, and which of them nothing beats in
 * both.
 */
import { meanInterval, type MeanInterval } from '../stats/mean-interval';
import { comparedTasks } from './compared-tasks';
import { taskIds, type TaskId } from '../tasks/types';
import type { RunGroup } from './groups';
import { exact } from './over-seeds';
import { dominators, type Lower } from './pareto';
import { lacks, lowerIsBetter, metricOf, valueOf, type ComparedRun, type Reading } from './values';

export interface ParetoMark {
  /** The group's key, or the run's id. */
  readonly key: string;
  readonly group: RunGroup;
  /** Null for the mean of a group. */
  readonly run: ComparedRun | null;
  /** Over the same runs in both tasks; of a single run, the value itself. */
  readonly x: MeanInterval;
  readonly y: MeanInterval;
  /**
   * Keys of the marks that are at least as good in both tasks and better in one; empty: on the front. Null:
   * not judged, a run beside its mean.
   */
  readonly dominatedBy: readonly string[] | null;
}

export interface ParetoView {
  /** What the front is made from: means of groups, or single runs. */
  readonly judged: readonly ParetoMark[];
  /** The single runs of the means; empty where runs are judged. */
  readonly runs: readonly ParetoMark[];
  /** Groups without a run that has a number in both tasks: no such task, not measurable, or not so far. */
  readonly missing: readonly RunGroup[];
  /** Runs of the other groups without one. */
  readonly missingRuns: number;
}

/**
 * Both tasks of the axes: those wanted where the groups have them, else the first two that all have and can
 * measure, else any two. @returns null below two tasks
 */
export function paretoAxes(
  groups: readonly RunGroup[],
  wantedX: TaskId | null,
  wantedY: TaskId | null,
  reading: Pick<Reading, 'side' | 'moment' | 'kinds'>,
): readonly [TaskId, TaskId] | null {
  const any = comparedTasks(groups.map(({ config }) => config));
  const measured = any.filter((task) =>
    groups.some(({ runs }) =>
      runs.some((run) => taskIds(run.config).includes(task) && !lacks(run, task, reading)),
    ),
  );
  const ranked = [
    ...measured.filter((task) => groups.every(({ config }) => taskIds(config).includes(task))),
    ...measured,
    ...any,
  ];
  const known = (task: TaskId | null): TaskId | undefined => any.find((candidate) => candidate === task);
  const y = known(wantedY);
  const x = known(wantedX) ?? ranked.find((task) => task !== y);
  const up = y !== undefined && y !== x ? y : ranked.find((task) => task !== x);
  return x && up ? [x, up] : null;
}

/**
 * Whether all groups have the same seeds: if not, part of the distance between their means may be the seeds'.
 */
export const sameSeeds = (groups: readonly RunGroup[]): boolean =>
  new Set(groups.map(({ runs }) => runs.map(({ config }) => config.seed).join(' '))).size <= 1;

function judge(marks: readonly ParetoMark[], lower: Lower): readonly ParetoMark[] {
  const by = dominators(
    marks.map(({ x, y }) => ({ x: exact(x.mean), y: exact(y.mean) })),
    lower,
  );
  return marks.map((mark, i) => ({ ...mark, dominatedBy: by[i]!.map((place) => marks[place]!.key) }));
}

/** Which way is better along both axes. */
export const lowerOf = (
  [across, up]: readonly [TaskId, TaskId],
  reading: Pick<Reading, 'metric' | 'number' | 'kinds'>,
): { readonly x: boolean; readonly y: boolean } => ({
  x: lowerIsBetter(metricOf(reading, across)),
  y: lowerIsBetter(metricOf(reading, up)),
});

/** @param rows what is judged: groups by their mean over the seeds, or single runs */
export function paretoView(
  groups: readonly RunGroup[],
  [across, up]: readonly [TaskId, TaskId],
  reading: Reading,
  rows: 'groups' | 'runs',
): ParetoView {
  const lower = lowerOf([across, up], reading);
  const points = groups.map((group) => ({
    group,
    marks: group.runs.flatMap((run): ParetoMark[] => {
      const [x, y] = [valueOf(run, across, reading), valueOf(run, up, reading)];
      return x === null || y === null
        ? []
        : [{ key: run.id, group, run, x: meanInterval([x])!, y: meanInterval([y])!, dominatedBy: null }];
    }),
  }));
  const [found, missing] = [
    points.filter(({ marks }) => marks.length > 0),
    points.filter(({ marks }) => marks.length === 0).map(({ group }) => group),
  ];
  const runs = found.flatMap(({ marks }) => marks);
  const missingRuns = found.reduce((sum, { group, marks }) => sum + group.runs.length - marks.length, 0);
  if (rows === 'runs') return { judged: judge(runs, lower), runs: [], missing, missingRuns };
  const means = found.map(({ group, marks }): ParetoMark => ({
    key: group.key,
    group,
    run: null,
    x: meanInterval(marks.map(({ x }) => x.mean))!,
    y: meanInterval(marks.map(({ y }) => y.mean))!,
    dominatedBy: null,
  }));
  return { judged: judge(means, lower), runs, missing, missingRuns };
}
