/**
 * CSV files of a comparison: the table on screen, every epoch of every run in one long table, the answers of
 * the tests over seeds.
 */
import type { ClassMeasure, ClassView } from '../compare/by-class';
import { replicateText, type RunGroup } from '../compare/groups';
import type { SeedAnswer } from '../compare/over-seeds';
import type { ParetoView } from '../compare/pareto-view';
import { repetitionText } from '../compare/replicates';
import type { TableRow } from '../compare/table';
import { metricOf, type ComparedRun, type Reading } from '../compare/values';
import { METRICS } from '../tasks/metrics/registry';
import type { TaskId } from '../tasks/types';
import { toCsv, type Cell } from './csv';

const SIDES = ['train', 'validation'] as const;

/**
 * Long form: one row per run, epoch, side and task; what identifies a run is repeated in each. Scores of numbers
 * have columns of their own, where a run has such a task.
 */
export function allRunsFile(runs: readonly ComparedRun[]): string {
  const hasNumbers = runs.some(({ config }) => config.tasks.some(({ kind }) => kind === 'number'));
  const [usual, ofNumbers] = [
    METRICS.filter(({ kind }) => kind !== 'number'),
    METRICS.filter(({ kind }) => kind === 'number'),
  ];
  function* rows(): Generator<Cell[]> {
    for (const { id, name, config, corpusId, backend, state, changed, epochs } of runs) {
      const run: Cell[] = [
        id,
        name,
        config.strategy.id,
        JSON.stringify(config.strategy.options),
        config.strategy.version ?? 1,
        config.seed,
        corpusId,
        backend,
        state,
        changed,
      ];
      for (const epoch of epochs)
        for (const side of SIDES)
          for (const [i, task] of epoch[side].tasks.entries()) {
            yield [
              ...run,
              epoch.epoch,
              epoch.step,
              side,
              config.tasks[i]?.id,
              ...usual.map(({ read }) => read(task)),
              epoch.nominal[i],
              epoch.effective[i],
              epoch[side].total,
              epoch.monitored,
              epoch.best,
              (epoch.strategy ?? config.strategy).id,
              epoch.seconds,
              task.unmeasurable,
              task.leftOut,
              ...(hasNumbers ? [task.number?.count, ...ofNumbers.map(({ read }) => read(task))] : []),
            ];
          }
    }
  }
  return toCsv(
    [
      'run_id',
      'run',
      'strategy',
      'options',
      'strategy_version',
      'seed',
      'corpus_id',
      'backend',
      'state',
      'changed',
      'epoch',
      'step',
      'side',
      'task',
      ...usual.map(({ column }) => column),
      'nominal_weight',
      'effective_weight',
      'total_loss',
      'monitored',
      'best',
      'strategy_in_force',
      'seconds',
      'not_measured',
      'left_out',
      ...(hasNumbers ? ['count', ...ofNumbers.map(({ column }) => column)] : []),
    ],
    rows(),
  );
}

/**
 * One row a recipe and task, to be read alone: what was compared, where it was read and of how many tests
 * Holm's correction is.
 * @param baseline what all are measured against  @param label what a group is called
 */
export function seedTestsFile(
  answers: readonly SeedAnswer[],
  reading: Reading,
  baseline: string,
  label: (group: string) => string,
): string {
  const tests = answers.filter(({ adjusted }) => adjusted !== null).length;
  const of = (values: readonly number[]): number | null =>
    values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length;
  return toCsv(
    [
      'group',
      'baseline',
      'task',
      'metric',
      'side',
      'epoch',
      'pairs',
      'seeds',
      'mean_baseline',
      'mean_group',
      'mean_gain',
      'sd',
      'low_95',
      'high_95',
      'p_sign_flip',
      'method_sign_flip',
      'p_wilcoxon',
      'method_wilcoxon',
      'p_holm',
      'tests_holm',
      'verdict',
    ],
    answers.map(({ group, task, metric, pairs, interval, flips, ranks, adjusted, verdict }) => [
      label(group),
      baseline,
      task,
      metric,
      reading.side,
      reading.moment,
      pairs.length,
      pairs.map(repetitionText).join(' '),
      of(pairs.map((pair) => pair.baseline)),
      of(pairs.map(({ value }) => value)),
      interval?.mean,
      interval?.sd,
      interval?.low,
      interval?.high,
      flips?.p,
      flips?.method,
      ranks.p,
      ranks.method,
      adjusted,
      tests,
      verdict.code,
    ]),
  );
}

/**
 * The run table: one row as on screen, scores in full precision. @param settings columns  @param label what a
 * row is called
 */
export function tableFile(
  rows: readonly TableRow[],
  settings: readonly string[],
  tasks: readonly TaskId[],
  reading: Reading,
  label: (row: TableRow) => string,
): string {
  // Tasks of numbers are read by another metric than the others.
  const numbers = tasks.filter((task) => reading.kinds?.get(task) === 'number');
  const ofNumbers = numbers.length > 0 ? [metricOf(reading, numbers[0]!)] : [];
  return toCsv(
    [
      'row',
      'strategy',
      'seeds',
      'metric',
      ...ofNumbers.map(() => 'metric_of_numbers'),
      'side',
      'at',
      ...tasks.flatMap((task) => [
        `${task}_mean`,
        `${task}_sd`,
        `${task}_n`,
        `${task}_delta`,
        `${task}_delta_pairs`,
      ]),
      ...settings,
    ],
    rows.map((row) => [
      label(row),
      row.group.config.strategy.id,
      (row.run ? [row.run] : row.group.runs).map((run) => replicateText(row.group, run)).join(' '),
      reading.metric,
      ...ofNumbers,
      reading.side,
      reading.moment,
      ...row.scores.flatMap(({ value, delta, pairs }): Cell[] => [
        value?.mean,
        value?.sd,
        value?.n ?? 0,
        delta,
        pairs,
      ]),
      ...settings.map((name) => row.settings.get(name)),
    ]),
  );
}

/** What a recipe is called on screen. */
export interface RecipeLabel {
  readonly letter: string;
  readonly name: string;
}

/**
 * The marks of the Pareto view: what was judged, then the single runs beside it. Empty where nothing was
 * judged.
 */
export function paretoTable(
  { judged, runs }: ParetoView,
  [across, up]: readonly [TaskId, TaskId],
  reading: Reading,
  label: (group: RunGroup) => RecipeLabel,
): { readonly header: readonly string[]; readonly rows: readonly (readonly Cell[])[] } {
  const all = [...judged, ...runs];
  const [metric, other] = [metricOf(reading, across), metricOf(reading, up)];
  const called = (key: string): string => {
    const { group, run } = all.find((mark) => mark.key === key)!;
    return run ? run.name : label(group).letter;
  };
  return {
    header: [
      'mark',
      'letter',
      'recipe',
      'strategy',
      'run',
      'seeds',
      'metric',
      'side',
      'at',
      'across',
      'across_mean',
      'across_sd',
      'up',
      'up_mean',
      'up_sd',
      'n',
      'on_front',
      'dominated_by',
      ...(other === metric ? [] : ['metric_up']),
    ],
    rows: all.map(({ group, run, x, y, dominatedBy }): Cell[] => [
      run ? 'run' : 'mean',
      label(group).letter,
      label(group).name,
      group.config.strategy.id,
      run?.name,
      (run ? [run] : group.runs).map((one) => replicateText(group, one)).join(' '),
      metric,
      reading.side,
      reading.moment,
      across,
      x.mean,
      x.sd,
      up,
      y.mean,
      y.sd,
      x.n,
      dominatedBy && dominatedBy.length === 0,
      dominatedBy?.map(called).join(' '),
      ...(other === metric ? [] : [other]),
    ]),
  };
}

/**
 * By class: all three measures of every recipe in the view, long form. @param views one a measure, with the
 * same groups
 */
export function classFile(
  views: readonly { readonly measure: ClassMeasure; readonly view: ClassView }[],
  task: TaskId,
  reading: Reading,
  label: (group: RunGroup) => RecipeLabel,
): string {
  return toCsv(
    [
      'letter',
      'recipe',
      'strategy',
      'task',
      'class',
      'measure',
      'side',
      'at',
      'mean',
      'sd',
      'n',
      'seeds_without_class',
      'delta',
      'delta_pairs',
    ],
    views.flatMap(({ measure, view: { classes, rows } }) =>
      rows.flatMap(({ group, cells }) =>
        cells.map(({ value, delta, pairs, absent }, k): Cell[] => [
          label(group).letter,
          label(group).name,
          group.config.strategy.id,
          task,
          classes[k],
          measure,
          reading.side,
          reading.moment,
          value?.mean,
          value?.sd,
          value?.n ?? 0,
          absent,
          delta,
          pairs,
        ]),
      ),
    ),
  );
}
