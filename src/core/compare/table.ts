/**
 * The rows of the run table: recipes with their mean over seeds, or single runs; each with its difference to
 * the baseline.
 */
import { meanInterval, type MeanInterval } from '../stats/mean-interval';
import { turnSetting } from '../splits/turns';
import type { TaskId } from '../tasks/types';
import { flatConfig } from './differences';
import { sameValidation, type RunGroup } from './groups';
import { seedPairs, valuesOf } from './over-seeds';
import { valueOf, type ComparedRun, type Reading } from './values';

export interface Score {
  /**
   * Over the seeds; of a single run, the value itself. Null where it has no such task or has not got so far.
   */
  readonly value: MeanInterval | null;
  /** Mean of value - baseline over the seeds that both have on the same validation set; null without one. */
  readonly delta: number | null;
  readonly pairs: number;
}

export interface TableRow {
  /** The group's key, or the run's id. */
  readonly key: string;
  readonly group: RunGroup;
  /** Null where the row is a group. */
  readonly run: ComparedRun | null;
  readonly settings: ReadonlyMap<string, string>;
  /** In the order of the tasks asked for. */
  readonly scores: readonly Score[];
}

const mean = (values: readonly number[]): number | null =>
  values.length === 0 ? null : values.reduce((sum, v) => sum + v, 0) / values.length;

function groupRow(group: RunGroup, baseline: RunGroup, tasks: readonly TaskId[], reading: Reading): TableRow {
  const scores = tasks.map((task): Score => {
    const pairs = seedPairs(baseline, group, task, reading);
    return {
      value: meanInterval(valuesOf(group, task, reading)),
      delta: mean(pairs.map((pair) => pair.value - pair.baseline)),
      pairs: pairs.length,
    };
  });
  const settings = new Map(flatConfig(group.config));
  const turn = turnSetting(group.config.split);
  if (turn !== null && group.folds.length > 0) settings.set(turn, group.folds.join(', '));
  return { key: group.key, group, run: null, settings, scores };
}

function runRow(
  run: ComparedRun,
  group: RunGroup,
  baseline: RunGroup,
  tasks: readonly TaskId[],
  reading: Reading,
): TableRow {
  const partner = baseline.runs.find(
    (candidate) => candidate.config.seed === run.config.seed && sameValidation(candidate, run),
  );
  const scores = tasks.map((task): Score => {
    const value = valueOf(run, task, reading);
    const before = partner ? valueOf(partner, task, reading) : null;
    const delta = value === null || before === null ? null : value - before;
    return { value: value === null ? null : meanInterval([value]), delta, pairs: delta === null ? 0 : 1 };
  });
  return { key: run.id, group, run, settings: flatConfig(run.config), scores };
}

export function tableRows(
  groups: readonly RunGroup[],
  baseline: RunGroup,
  tasks: readonly TaskId[],
  reading: Reading,
  rows: 'groups' | 'runs',
): readonly TableRow[] {
  return rows === 'groups'
    ? groups.map((group) => groupRow(group, baseline, tasks, reading))
    : groups.flatMap((group) => group.runs.map((run) => runRow(run, group, baseline, tasks, reading)));
}
