/**
 * Recall, precision and F1 of each class as means over a recipe's seeds, with the difference to the baseline
 * over the seeds that both have on the same validation set. Not here: the classes of two single runs (the
 * page reads them off their matrices).
 */
import { classScores, type ClassScores } from '../tasks/metrics/confusion';
import { isMeasured } from '../tasks/metrics/measurable';
import { meanInterval, type MeanInterval } from '../stats/mean-interval';
import { taskIds, type TaskId } from '../tasks/types';
import { pairsOf, type RunGroup } from './groups';
import { epochAt, type ComparedRun, type Reading } from './values';

export const CLASS_MEASURES = ['recall', 'precision', 'f1'] as const;
export type ClassMeasure = (typeof CLASS_MEASURES)[number];

export interface ClassCell {
  /** Over the seeds whose validation (or training) side has the class; null without one. */
  readonly value: MeanInterval | null;
  /** Mean of value - baseline over the seeds that both have; null without one. */
  readonly delta: number | null;
  readonly pairs: number;
  /** Seeds left out because nothing of the class is on that side: there is nothing to recall. */
  readonly absent: number;
}

export interface ClassRow {
  readonly group: RunGroup;
  /** In the order of the classes. */
  readonly cells: readonly ClassCell[];
}

export interface ClassView {
  /** Class names as stored: the baseline's, or the first group's that has the task. */
  readonly classes: readonly string[];
  /** Groups with these classes and a run that has got so far. */
  readonly rows: readonly ClassRow[];
  /**
   * Groups that have the task with other classes, and groups without it, not so far, or where it cannot be
   * measured.
   */
  readonly otherClasses: readonly RunGroup[];
  readonly missing: readonly RunGroup[];
}

const classesOf = (run: ComparedRun, task: TaskId): readonly string[] =>
  run.classes[taskIds(run.config).indexOf(task)] ?? [];

function scoresOf(run: ComparedRun, task: TaskId, { moment, side }: Reading): readonly ClassScores[] | null {
  const metrics = epochAt(run.epochs, moment)?.[side].tasks[taskIds(run.config).indexOf(task)];
  return metrics && isMeasured(metrics) ? classScores(metrics.confusion) : null;
}

/** @param groups the baseline among them, first */
export function classView(
  groups: readonly RunGroup[],
  baseline: RunGroup,
  task: TaskId,
  measure: ClassMeasure,
  reading: Reading,
): ClassView {
  const withTask = groups.filter(({ config }) => taskIds(config).includes(task));
  const classes = classesOf(
    (withTask.find((group) => group === baseline) ?? withTask[0] ?? baseline).runs[0]!,
    task,
  );
  const alike = (group: RunGroup): boolean =>
    group.runs.every((run) => classesOf(run, task).join('\n') === classes.join('\n'));
  const otherClasses = withTask.filter((group) => !alike(group));
  const kept = withTask.filter(
    (group) => alike(group) && group.runs.some((run) => scoresOf(run, task, reading)),
  );
  const valueIn = (run: ComparedRun, k: number): number | null => {
    const score = scoresOf(run, task, reading)?.[k];
    return score && score.support > 0 ? score[measure] : null;
  };
  const rows = kept.map((group): ClassRow => ({
    group,
    cells: classes.map((_, k): ClassCell => {
      const gains = otherClasses.includes(baseline)
        ? []
        : pairsOf(baseline, group).flatMap(([a, b]): number[] => {
            const [before, after] = [valueIn(a, k), valueIn(b, k)];
            return before === null || after === null ? [] : [after - before];
          });
      return {
        value: meanInterval(group.runs.flatMap((run) => valueIn(run, k) ?? [])),
        delta: meanInterval(gains)?.mean ?? null,
        pairs: gains.length,
        absent: group.runs.filter((run) => scoresOf(run, task, reading)?.[k]?.support === 0).length,
      };
    }),
  }));
  return {
    classes,
    rows,
    otherClasses,
    missing: groups.filter((group) => !kept.includes(group) && !otherClasses.includes(group)),
  };
}
