/**
 * Every corpus against every other: a row is trained on one value of a column (runs of a split that does so:
 * splits/registry.ts `sourceOf`), a cell is what these runs scored, with the weights of their best epochs, on the
 * utterances of one value in their test parts. Intervals by bootstrap over speakers, with the same draw for all runs
 * of a row. Not here: reading predictions, words.
 */
import { clusterBootstrap, type BootstrapOptions, type Interval } from '../stats/bootstrap';
import { taskMetrics } from '../tasks/metrics/confusion';
import { primaryMetric } from '../tasks/metrics/registry';
import type { TaskId } from '../tasks/types';
import { apartOf, sourceOf } from '../splits/registry';
import { recipeKey } from './groups';
import type { RunPredictions } from './on-utterances';
import type { ComparedRun } from './values';

/** A run of the matrix: what it predicted of its test part. */
export interface AcrossRun {
  /** The value that it was trained on. */
  readonly source: string;
  readonly predictions: RunPredictions;
}

export interface AcrossCell {
  readonly source: string;
  readonly target: string;
  /** Runs of other seeds, whose scores are averaged. */
  readonly runs: number;
  /** Different utterances that are scored. */
  readonly utterances: number;
  /** Different ones without a score: of a class that training never saw, or without a label. */
  readonly leftOut: number;
  /** Mean of the runs' scores; null where nothing was scored. */
  readonly value: number | null;
  /** Null with fewer than two speakers or utterances. */
  readonly interval: Interval | null;
  /** What was resampled: utterances where fewer than two speakers are known, and the interval is then too narrow. */
  readonly by: 'cluster' | 'utterance';
  readonly speakers: number;
}

export interface AcrossMatrix {
  readonly task: TaskId;
  /** In order of name: rows and columns. */
  readonly values: readonly string[];
  /** A row after the other; cells that nothing was measured of have no value. */
  readonly cells: readonly AcrossCell[];
  /** What guessing among the task's classes scores on average. */
  readonly chance: number;
}

/** What is known of an utterance; null where its corpus is no longer stored. */
export interface AcrossUtterance {
  readonly value: string | undefined;
  readonly speaker: string | undefined;
}

const { read } = primaryMetric('classes');

/**
 * @param values of the column, as far as the corpus is known; those of runs are added
 * @param breathe awaited between cells, so that the caller's event loop turns
 */
export async function acrossMatrix(
  task: TaskId,
  runs: readonly AcrossRun[],
  values: readonly string[],
  about: (id: string) => AcrossUtterance,
  options: BootstrapOptions,
  breathe: () => Promise<void> = async () => undefined,
): Promise<AcrossMatrix> {
  const all = [...new Set([...values, ...runs.map(({ source }) => source)])].sort((a, b) =>
    a.localeCompare(b, 'en', { numeric: true }),
  );
  const classes = Math.max(0, ...runs.map((run) => classesOf(run, task)));
  const cells: AcrossCell[] = [];
  for (const source of all)
    for (const target of all) {
      await breathe();
      const own = runs.filter((run) => run.source === source && classesOf(run, task) > 0);
      cells.push({ source, target, ...cellOf(own, task, target, about, options) });
    }
  return { task, values: all, cells, chance: classes === 0 ? Number.NaN : 1 / classes };
}

const classesOf = ({ predictions: { tasks, classes } }: AcrossRun, task: TaskId): number =>
  classes[tasks.indexOf(task)]?.length ?? 0;

/** The scored utterances of a run in a cell: one entry each. */
interface Scored {
  readonly classes: number;
  readonly cluster: readonly number[];
  readonly truth: readonly number[];
  readonly predicted: readonly number[];
}

function cellOf(
  runs: readonly AcrossRun[],
  task: TaskId,
  target: string,
  about: (id: string) => AcrossUtterance,
  options: BootstrapOptions,
): Omit<AcrossCell, 'source' | 'target'> {
  const rows = runs.map((run) => rowsOf(run, task, (id) => about(id).value === target));
  const ids = new Set(rows.flatMap(({ scored }) => scored.map(({ id }) => id)));
  const leftOut = new Set(rows.flatMap(({ out }) => out)).size;
  const known = [...ids].map((id) => about(id).speaker);
  const speakers = known.includes(undefined) ? 0 : new Set(known).size;
  const by = speakers > 1 ? 'cluster' : 'utterance';
  const names = new Map([...new Set(by === 'cluster' ? known : ids)].map((name, i) => [name, i]));
  const each = rows
    .filter(({ scored }) => scored.length > 0)
    .map(({ classes, scored }): Scored => ({
      classes,
      cluster: scored.map(({ id }) => names.get(by === 'cluster' ? about(id).speaker : id)!),
      truth: scored.map(({ truth }) => truth),
      predicted: scored.map(({ predicted }) => predicted),
    }));
  const mean = (weights: Uint32Array | null): number => {
    const scores = each.flatMap((one) => scoreOf(one, weights) ?? []);
    return scores.reduce((sum, score) => sum + score, 0) / scores.length;
  };
  const found = each.length > 0 ? clusterBootstrap(names.size, (weights) => [mean(weights)], options) : null;
  const ends = found && (found[0]!.bca ?? found[0]!.percentile);
  return {
    runs: each.length,
    utterances: ids.size,
    leftOut,
    value: each.length > 0 ? mean(null) : null,
    interval: ends && Number.isFinite(ends.low) && Number.isFinite(ends.high) ? ends : null,
    by,
    speakers,
  };
}

function rowsOf({ predictions }: AcrossRun, task: TaskId, isOf: (id: string) => boolean) {
  const at = predictions.tasks.indexOf(task);
  const unseen = new Set(predictions.checks?.[at]?.unseen);
  const scored: { readonly id: string; readonly truth: number; readonly predicted: number }[] = [];
  const out: string[] = [];
  for (const [row, id] of predictions.ids.entries()) {
    if (!isOf(id)) continue;
    const truth = predictions.truth[at]![row]!;
    if (truth === null || unseen.has(truth)) out.push(id);
    else scored.push({ id, truth, predicted: predictions.predicted[at]![row]! });
  }
  return { classes: predictions.classes[at]!.length, scored, out };
}

/** @returns null where the draw has no utterance of this run */
function scoreOf({ classes, cluster, truth, predicted }: Scored, weights: Uint32Array | null): number | null {
  const matrix = Array.from({ length: classes }, () => new Array<number>(classes).fill(0));
  let total = 0;
  for (const [i, at] of cluster.entries()) {
    const weight = weights === null ? 1 : weights[at]!;
    matrix[truth[i]!]![predicted[i]!]! += weight;
    total += weight;
  }
  return total === 0 ? null : read(taskMetrics(matrix, 0));
}

/** Runs of one recipe that make one matrix. */
export interface AcrossGroup {
  readonly key: string;
  /** Whose values are trained on one by one. */
  readonly column: string;
  readonly first: ComparedRun;
  readonly runIds: readonly string[];
  /** Of the last change of any of them. */
  readonly updatedAt: number;
  /** Those whose metric is in the cells. */
  readonly tasks: readonly TaskId[];
}

/** The matrices that runs make: one a recipe, whatever it was trained on and with which seeds. */
export function acrossGroups(runs: readonly ComparedRun[]): readonly AcrossGroup[] {
  const byKey = new Map<string, ComparedRun[]>();
  for (const run of runs) {
    if (sourceOf(run.config.split) === null) continue;
    const key = recipeKey(run, 'seeds-and-folds');
    byKey.set(key, [...(byKey.get(key) ?? []), run]);
  }
  return [...byKey].flatMap(([key, members]) => {
    const [first] = members as [ComparedRun];
    const { column } = sourceOf(first.config.split)!;
    // What only one side has cannot be recognised on the other.
    const apart = [...apartOf(first.config.split), column];
    const tasks = first.config.tasks.flatMap((task) =>
      task.kind === 'classes' && !apart.includes(task.column) ? [task.id] : [],
    );
    return tasks.length === 0
      ? []
      : [
          {
            key,
            column,
            first,
            runIds: members.map(({ id }) => id).sort(),
            updatedAt: Math.max(...members.map(({ updatedAt }) => updatedAt)),
            tasks,
          },
        ];
  });
}
