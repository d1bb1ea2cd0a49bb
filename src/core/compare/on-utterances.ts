/**
 * Two runs on the same validation utterances: who is right where (McNemar), and how far the scores and their
 * difference might lie elsewhere with other speakers (bootstrap by speaker). Not here: how predictions are
 * stored, scores under resampling (resampled-scores.ts).
 */
import type { TaskCheck } from '../tasks/metrics/measurable';
import { clusterBootstrap, type Bootstrapped, type BootstrapOptions } from '../stats/bootstrap';
import { mcnemar, type McNemar } from '../stats/mcnemar';
import { judgePairs, type PairVerdict } from '../stats/verdict';
import type { TaskId } from '../tasks/types';
import {
  classScorer,
  clustersOf,
  numberScorer,
  OF_CLASSES,
  OF_NUMBERS,
  type Clusters,
} from './resampled-scores';

/** What a checkpoint holds of the last validation before it. Per task, one entry an utterance. */
export interface RunPredictions {
  readonly epoch: number;
  readonly tasks: readonly TaskId[];
  readonly classes: readonly (readonly string[])[];
  readonly ids: readonly string[];
  /** null where there is no label. */
  readonly truth: readonly (readonly (number | null)[])[];
  readonly predicted: readonly (readonly number[])[];
  /** What of the tasks can be measured, one a task. Absent: everything. */
  readonly checks?: readonly TaskCheck[];
}

export interface ScoreIntervals {
  readonly first: Bootstrapped;
  readonly second: Bootstrapped;
  /** second - first, with the same speakers drawn for both. */
  readonly difference: Bootstrapped;
}

export interface TaskComparison {
  readonly task: TaskId;
  readonly mcnemar: McNemar;
  /** McNemar's exact p after Holm's correction over the tasks. */
  readonly adjusted: number;
  readonly verdict: PairVerdict;
  /** By metric. Null with fewer than two speakers, or where speakers are not known. */
  readonly intervals: Intervals | null;
}

/** By id of the metric, in the order of the registry. */
export type Intervals = Readonly<Record<string, ScoreIntervals>>;

/** A task that predicts a number: neither right nor wrong, so there are intervals only. */
export interface NumberComparison {
  readonly task: TaskId;
  /** Utterances with a label. */
  readonly labelled: number;
  /**
   * What was resampled. Utterances, where fewer than two speakers are known: they resemble each other, so these
   * intervals are too narrow for other speakers.
   */
  readonly by: 'cluster' | 'utterance';
  /** Null with fewer than two of those. A metric that a resample leaves without a value has none. */
  readonly intervals: Intervals | null;
}

export type PairComparison =
  | {
      readonly kind: 'compared';
      readonly utterances: number;
      /** Null where the corpus is no longer stored. */
      readonly speakers: number | null;
      readonly firstEpoch: number;
      readonly secondEpoch: number;
      readonly tasks: readonly TaskComparison[];
      readonly numbers: readonly NumberComparison[];
      /** Common tasks that cannot be measured in one of the two: not tested. */
      readonly unmeasurable: readonly TaskId[];
    }
  /** They were validated on different utterances: nothing can be paired. */
  | {
      readonly kind: 'different-utterances';
      readonly shared: number;
      readonly first: number;
      readonly second: number;
    }
  | { readonly kind: 'no-common-task' }
  | { readonly kind: 'no-predictions'; readonly which: 'first' | 'second' };

const same = (a: readonly unknown[], b: readonly unknown[]): boolean =>
  a.length === b.length && a.every((value, i) => value === b[i]);

function intervalsOf(
  clusters: Clusters,
  classes: number,
  truth: readonly number[],
  predictions: readonly (readonly number[])[],
  options: BootstrapOptions,
): TaskComparison['intervals'] {
  const [first, second] = predictions.map((predicted) => classScorer(clusters, classes, truth, predicted));
  const found = clusterBootstrap(
    clusters.count,
    (weights) => {
      const [a, b] = [first!(weights), second!(weights)];
      return [...a, ...b, ...b.map((value, i) => value - a[i]!)];
    },
    options,
  );
  return found && byMetric(OF_CLASSES, found);
}

/** @param found of the first, of the second, of their differences: each a metric after the other */
const byMetric = (metrics: typeof OF_CLASSES, found: readonly Bootstrapped[]): Intervals =>
  Object.fromEntries(
    metrics.map(({ id }, i) => [
      id,
      { first: found[i]!, second: found[metrics.length + i]!, difference: found[2 * metrics.length + i]! },
    ]),
  );

/** What is resampled of a number's utterances, and the intervals of its scores. */
function numberComparison(
  task: TaskId,
  targets: readonly (number | null)[],
  predictions: readonly (readonly number[])[],
  speakers: readonly string[] | null,
  options: BootstrapOptions,
): NumberComparison {
  const rows = targets.flatMap((target, row) => (target === null ? [] : [row]));
  const pick = <T>(values: readonly T[]): readonly T[] => rows.map((row) => values[row]!);
  const bySpeaker = speakers && clustersOf(pick(speakers));
  const clusters =
    bySpeaker && bySpeaker.count > 1
      ? ({ by: 'cluster', ...bySpeaker } as const)
      : ({ by: 'utterance', of: rows.map((_, i) => i), count: rows.length } as const);
  const truth = pick(targets) as readonly number[];
  const [first, second] = predictions.map((one) => numberScorer(clusters, pick(one), truth));
  const found = clusterBootstrap(
    clusters.count,
    (weights) => {
      const [a, b] = [first!(weights), second!(weights)];
      return [...a, ...b, ...b.map((value, i) => value - a[i]!)];
    },
    options,
  );
  const intervals = found && byMetric(OF_NUMBERS, found);
  return {
    task,
    labelled: rows.length,
    by: clusters.by,
    intervals:
      intervals &&
      Object.fromEntries(
        Object.entries(intervals).filter(([, { first: a, second: b, difference }]) =>
          [a, b, difference].every(({ value, percentile: { low, high } }) =>
            [value, low, high].every(Number.isFinite),
          ),
        ),
      ),
  };
}

/**
 * @param speakerOf by utterance; null where the corpus is not stored any more
 * @param breathe awaited between tasks, so that the caller's event loop turns
 */
export async function comparePair(
  first: RunPredictions,
  second: RunPredictions,
  speakerOf: ReadonlyMap<string, string> | null,
  options: BootstrapOptions,
  breathe: () => Promise<void> = async () => undefined,
): Promise<PairComparison> {
  const isNumber = (run: RunPredictions, task: TaskId): boolean =>
    run.classes[run.tasks.indexOf(task)]!.length === 0;
  const common = first.tasks.filter(
    (task) => second.tasks.includes(task) && isNumber(first, task) === isNumber(second, task),
  );
  const checksOf = (task: TaskId): readonly TaskCheck[] =>
    [first, second].flatMap((run) => run.checks?.[run.tasks.indexOf(task)] ?? []);
  const unmeasurable = common.filter((task) => checksOf(task).some((check) => check.unmeasurable !== null));
  const measured = common.filter((task) => !unmeasurable.includes(task));
  if (measured.length === 0) return { kind: 'no-common-task' };
  const placesOf = (task: TaskId) => [first.tasks.indexOf(task), second.tasks.indexOf(task)] as const;
  // Numbers are neither right nor wrong: they have no place in McNemar's test.
  const tasks = measured.filter((task) => !isNumber(first, task));
  const at = tasks.map(placesOf);
  const alike =
    same(first.ids, second.ids) &&
    measured
      .map(placesOf)
      .every(
        ([a, b]) => same(first.classes[a]!, second.classes[b]!) && same(first.truth[a]!, second.truth[b]!),
      );
  if (!alike) {
    const ids = new Set(first.ids);
    return {
      kind: 'different-utterances',
      shared: second.ids.filter((id) => ids.has(id)).length,
      first: first.ids.length,
      second: second.ids.length,
    };
  }
  const names = speakerOf && first.ids.map((id) => speakerOf.get(id) ?? '');
  const speakers = names && !names.includes('') ? [...new Set(names)] : null;
  // Without the utterances of classes that one of the two was never shown, and those without a label, as in
  // its scores.
  const sides = at.map(([a, b], i) => {
    const unseen = new Set(checksOf(tasks[i]!).flatMap((check) => check.unseen));
    const truth = first.truth[a]!;
    const out = (row: number): boolean => truth[row] === null || unseen.has(truth[row]!);
    const keep = <T>(values: readonly T[]): readonly T[] => values.filter((_, row) => !out(row));
    return {
      truth: keep(truth) as readonly number[],
      predicted: [keep(first.predicted[a]!), keep(second.predicted[b]!)] as const,
      clusters: speakers && clustersOf(keep(names!)),
    };
  });
  const tests = sides.map(({ truth, predicted: [before, after] }) => mcnemar(truth, before, after));
  const judged = judgePairs(
    tests.map(({ firstOnly, secondOnly, exactP }) => ({ firstOnly, secondOnly, p: exactP })),
  );
  const compared: TaskComparison[] = [];
  for (const [i, task] of tasks.entries()) {
    await breathe();
    const side = sides[i]!;
    const intervals =
      side.clusters &&
      intervalsOf(side.clusters, first.classes[at[i]![0]]!.length, side.truth, side.predicted, options);
    compared.push({
      task,
      mcnemar: tests[i]!,
      adjusted: judged[i]!.adjusted!,
      verdict: judged[i]!.verdict,
      intervals,
    });
  }
  const numbers: NumberComparison[] = [];
  for (const task of measured.filter((one) => isNumber(first, one))) {
    await breathe();
    const [a, b] = placesOf(task);
    const predictions = [first.predicted[a]!, second.predicted[b]!];
    numbers.push(numberComparison(task, first.truth[a]!, predictions, speakers && names, options));
  }
  return {
    kind: 'compared',
    utterances: first.ids.length,
    speakers: speakers?.length ?? null,
    firstEpoch: first.epoch,
    secondEpoch: second.epoch,
    tasks: compared,
    numbers,
    unmeasurable,
  };
}
