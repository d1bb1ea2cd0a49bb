/**
 * A recipe over the folds of its split as a table in words, for the screen and for the report: every fold, their
 * mean, all predictions together, and what is missing. Not here: the computing (core/compare).
 */
import type { TFunction } from 'i18next';
import { foldScores, type FoldScores, type MissingFold } from '../../core/compare/cross-validation';
import type { RunGroup } from '../../core/compare/groups';
import type { FoldsTogether, Pooled, PooledTask } from '../../core/compare/pooled';
import { metricOf, type Reading } from '../../core/compare/values';
import type { ReportTable } from '../../core/export/report/types';
import { taskIds, type TaskId } from '../../core/tasks/types';
import type { Format } from '../text/format';
import { say } from '../text/lookup';
import { metricName } from '../text/metric-name';
import { numbersFor, type Numbers } from '../text/numbers';
import { taskName } from '../text/task-name';

interface Words {
  readonly t: TFunction;
  readonly format: Format;
  readonly reading: Reading;
}

/**
 * @param together null: the epoch that is read left no predictions, or they are not counted yet
 * @param name of the recipe
 */
export function foldsTable(
  { t, format, reading }: Words,
  { group, together }: { readonly group: RunGroup; readonly together: FoldsTogether | null },
  name: string,
): ReportTable {
  const numbers = numbersFor(t, format);
  const tasks = taskIds(group.config);
  const scored = new Map(tasks.map((task) => [task, foldScores(group, task, reading)]));
  const metric = (task: TaskId): string => metricOf(reading, task);
  const severalSeeds = new Set(group.runs.map(({ config }) => config.seed)).size > 1;
  const cells = (of: (task: TaskId, scores: FoldScores) => string): string[] =>
    tasks.map((task) => of(task, scored.get(task)!));
  const rows = group.folds.map((fold, i) => [
    fold,
    format.integer(Math.max(...tasks.map((task) => scored.get(task)!.folds[i]!.utterances))),
    ...cells((task, { folds }) => {
      const { value } = folds[i]!;
      const spread = severalSeeds && typeof value?.sd === 'number';
      return `${numbers.score(value?.mean, metric(task))}${spread ? ` ± ${numbers.spread(value.sd, metric(task))}` : ''}`;
    }),
  ]);
  const mean = [
    t('compare.folds.mean', { count: group.folds.length }),
    '',
    ...cells((task, { mean: found }) =>
      found
        ? `${numbers.score(found.mean, metric(task))}${ends(numbers, found.low, found.high, metric(task))}`
        : '–',
    ),
  ];
  const pooled = (together?.seeds ?? []).flatMap(({ seed, pooled: one }): string[][] =>
    one?.kind === 'pooled' && reading.side === 'validation'
      ? [
          [
            severalSeeds ? t('compare.folds.pooledSeed', { seed }) : t('compare.folds.pooled'),
            format.integer(one.utterances),
            ...tasks.map((task) => pooledText(numbers, one, task, metric(task))),
          ],
        ]
      : [],
  );
  return {
    section: 'statistics',
    id: `folds-${group.key}`,
    title: t('compare.folds.title'),
    caption: t('compare.folds.caption', { name }),
    columns: [
      { name: t('compare.folds.heldOut'), numeric: false },
      { name: t('compare.folds.utterances'), numeric: true },
      ...tasks.map((task) => ({
        name: `${taskName(t, task)}, ${metricName(t, metric(task))}`,
        numeric: true,
      })),
    ],
    rows: [...rows, mean, ...pooled],
    sentences: [
      t('compare.folds.meanNote'),
      ...(reading.moment === 'best' ? [t('compare.folds.chosenThere')] : []),
      ...pooledNotes(t, together, reading),
      ...missingNotes(t, together?.missing ?? []),
      ...tasks.flatMap((task) => gaps(t, task, scored.get(task)!)),
    ],
  };
}

const ends = (numbers: Numbers, low: number | null, high: number | null, metric: string): string =>
  low === null || high === null ? '' : ` [${numbers.score(low, metric)}, ${numbers.score(high, metric)}]`;

const taskOf = (pooled: Pooled, task: TaskId): PooledTask | undefined =>
  pooled.kind === 'pooled' ? pooled.tasks.find((one) => one.task === task) : undefined;

function pooledText(numbers: Numbers, pooled: Pooled, task: TaskId, metric: string): string {
  const score = taskOf(pooled, task)?.scores[metric];
  if (!score) return '–';
  // Corrected for bias where that exists, as everywhere.
  const interval = score.interval && (score.interval.bca ?? score.interval.percentile);
  return `${numbers.score(score.value, metric)}${interval ? ends(numbers, interval.low, interval.high, metric) : ''}`;
}

/** What the pooled row is, or why there is none. */
function pooledNotes(t: TFunction, together: FoldsTogether | null, { moment, side }: Reading): string[] {
  if (typeof moment === 'number') return [t('compare.folds.onlyStored')];
  if (side === 'train') return [t('compare.folds.validationOnly')];
  if (!together) return [];
  const said = together.seeds.flatMap(({ pooled }): string[] => {
    switch (pooled?.kind) {
      case 'twice':
        return [t('compare.folds.twice', { count: pooled.count, example: pooled.example })];
      case 'no-predictions':
        return [t('compare.folds.noPredictions', { folds: pooled.folds.join(', ') })];
      case 'unlike':
        return [t('compare.folds.unlike', { folds: pooled.folds.join(', ') })];
      case 'pooled':
        return pooled.tasks.flatMap((task) => pooledTaskNotes(t, task));
      case undefined:
        return [t('compare.folds.notPooled')];
    }
  });
  return [...new Set(said)];
}

function pooledTaskNotes(
  t: TFunction,
  { task, by, clusters, leftOut, scores, absent }: PooledTask,
): string[] {
  if (Object.keys(scores).length === 0) return [];
  return [
    t(by === 'cluster' ? 'compare.folds.bySpeaker' : 'compare.folds.byUtterance', { count: clusters }),
    ...(leftOut > 0 ? [t('compare.folds.leftOut', { count: leftOut, task: taskName(t, task) })] : []),
    ...(absent.length > 0
      ? [t('compare.folds.absentAll', { task: taskName(t, task), classes: classesText(t, absent) })]
      : []),
  ];
}

const classesText = (t: TFunction, names: readonly string[]): string =>
  names.map((name) => say(t, `classes.${name}`, name)).join(', ');

/** Seed by seed, what is not there or not finished. */
function missingNotes(t: TFunction, missing: readonly MissingFold[]): string[] {
  const kinds = new Map<string, { readonly one: MissingFold; readonly folds: string[] }>();
  for (const one of missing) {
    const kind = `${one.seed} ${one.why}`;
    const known = kinds.get(kind) ?? { one, folds: [] };
    known.folds.push(one.fold);
    kinds.set(kind, known);
  }
  return [...kinds.values()].map(({ one: { seed, why }, folds }) =>
    t(`compare.folds.${why}`, { seed, folds: folds.join(', ') }),
  );
}

/** Classes that folds do not have, and folds in which a task cannot be measured. */
function gaps(t: TFunction, task: TaskId, { folds }: FoldScores): string[] {
  const named = { task: taskName(t, task) };
  const unmeasurable = folds.filter((one) => one.unmeasurable).map(({ fold }) => fold);
  const lacking = folds.filter(({ absent, unmeasurable: not }) => absent.length > 0 && !not);
  return [
    ...(unmeasurable.length > 0
      ? [t('compare.folds.unmeasurable', { ...named, folds: unmeasurable.join(', ') })]
      : []),
    ...(lacking.length > 0
      ? [
          t('compare.folds.lacking', {
            ...named,
            folds: lacking.map(({ fold, absent }) => `${fold} (${classesText(t, absent)})`).join('; '),
          }),
        ]
      : []),
  ];
}
