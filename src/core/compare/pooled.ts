/**
 * The folds of a cross-validation together: every utterance's prediction once, by the model that was not
 * trained on it, and one score of all of them. Folds that are missing, and utterances that are in two, are
 * never pooled. Not here: which folds are missing (cross-validation.ts).
 */
import { clusterBootstrap, type Bootstrapped, type BootstrapOptions } from '../stats/bootstrap';
import type { TaskCheck } from '../tasks/metrics/measurable';
import type { TaskId } from '../tasks/types';
import type { MissingFold } from './cross-validation';
import type { RunPredictions } from './on-utterances';
import {
  classScorer,
  clustersOf,
  numberScorer,
  OF_CLASSES,
  OF_NUMBERS,
  type Clusters,
} from './resampled-scores';

/** Predictions of one fold's run. */
export interface FoldPredictions {
  readonly fold: string;
  /** Null where none are kept. */
  readonly predictions: RunPredictions | null;
}

export interface PooledScore {
  readonly value: number;
  /** Null with fewer than two speakers or utterances to draw from. */
  readonly interval: Bootstrapped | null;
}

export interface PooledTask {
  readonly task: TaskId;
  /** Utterances with a label that count. */
  readonly utterances: number;
  /** Left out: of classes that their fold's training never saw. */
  readonly leftOut: number;
  /** Classes without any utterance. */
  readonly absent: readonly string[];
  /** Folds whose training could not learn what is asked: their task has no scores. */
  readonly unmeasurable: readonly string[];
  /** What was drawn for the intervals: speakers, where two or more are known of everything that counts. */
  readonly by: 'cluster' | 'utterance';
  readonly clusters: number;
  /** By id of the metric, in the order of the registry. Empty where nothing can be scored. */
  readonly scores: Readonly<Record<string, PooledScore>>;
}

export type Pooled =
  | { readonly kind: 'pooled'; readonly utterances: number; readonly tasks: readonly PooledTask[] }
  /** Utterances that two folds hold out: their predictions would count twice. */
  | { readonly kind: 'twice'; readonly count: number; readonly example: string }
  | { readonly kind: 'no-predictions'; readonly folds: readonly string[] }
  /** Folds with other tasks or classes than the first. */
  | { readonly kind: 'unlike'; readonly folds: readonly string[] };

/** A recipe's folds as far as they are stored. */
export interface FoldsTogether {
  /** Every fold that there should be, in order. */
  readonly folds: readonly string[];
  readonly missing: readonly MissingFold[];
  /** Seed by seed; null where folds are missing. */
  readonly seeds: readonly { readonly seed: number; readonly pooled: Pooled | null }[];
}

interface Row {
  readonly id: string;
  readonly target: number;
  readonly predicted: number;
}

/**
 * @param folds one run a fold, of one seed  @param speakerOf by utterance; null where the corpus is not stored
 * @param breathe awaited between tasks, so that the caller's event loop turns
 */
export async function poolFolds(
  folds: readonly FoldPredictions[],
  speakerOf: ReadonlyMap<string, string> | null,
  options: BootstrapOptions,
  breathe: () => Promise<void> = async () => undefined,
): Promise<Pooled> {
  const without = folds.filter(({ predictions }) => predictions === null).map(({ fold }) => fold);
  if (without.length > 0 || folds.length === 0) return { kind: 'no-predictions', folds: without };
  const known = folds.map(({ fold, predictions }) => ({ fold, predictions: predictions! }));
  const shape = ({ tasks, classes }: RunPredictions): string => JSON.stringify([tasks, classes]);
  const [{ predictions: first }] = known as [(typeof known)[number]];
  const unlike = known.filter(({ predictions }) => shape(predictions) !== shape(first));
  if (unlike.length > 0) return { kind: 'unlike', folds: unlike.map(({ fold }) => fold) };
  const seen = new Set<string>();
  const twice = new Set<string>();
  for (const { predictions } of known)
    for (const id of predictions.ids) {
      if (seen.has(id)) twice.add(id);
      seen.add(id);
    }
  if (twice.size > 0) return { kind: 'twice', count: twice.size, example: [...twice][0]! };
  const tasks: PooledTask[] = [];
  for (const [i, task] of first.tasks.entries()) {
    await breathe();
    tasks.push(poolTask(task, i, first.classes[i]!, known, speakerOf, options));
  }
  return { kind: 'pooled', utterances: seen.size, tasks };
}

function poolTask(
  task: TaskId,
  at: number,
  classes: readonly string[],
  folds: readonly { readonly fold: string; readonly predictions: RunPredictions }[],
  speakerOf: ReadonlyMap<string, string> | null,
  options: BootstrapOptions,
): PooledTask {
  const unmeasurable = folds
    .filter(({ predictions }) => cannotBePooled(predictions.checks?.[at]))
    .map(({ fold }) => fold);
  let leftOut = 0;
  const rows = folds.flatMap(({ predictions: { ids, truth, predicted, checks } }): Row[] => {
    const unseen = new Set(checks?.[at]?.unseen);
    return ids.flatMap((id, row): Row[] => {
      const target = truth[at]![row] ?? null;
      if (target === null) return [];
      if (classes.length > 0 && unseen.has(target)) {
        leftOut++;
        return [];
      }
      return [{ id, target, predicted: predicted[at]![row]! }];
    });
  });
  const [targets, predicted] = [rows.map((row) => row.target), rows.map((row) => row.predicted)];
  const clusters = drawnFrom(rows, speakerOf);
  const isNumber = classes.length === 0;
  const score = isNumber
    ? numberScorer(clusters, predicted, targets)
    : classScorer(clusters, classes.length, targets, predicted);
  const measured = unmeasurable.length === 0 && rows.length > 0;
  const values = measured ? score(new Uint32Array(clusters.count).fill(1)) : [];
  const found = measured ? clusterBootstrap(clusters.count, score, options) : null;
  return {
    task,
    utterances: rows.length,
    leftOut,
    absent: classes.filter((_, k) => !targets.includes(k)),
    unmeasurable,
    by: clusters.by,
    clusters: clusters.count,
    scores: Object.fromEntries(
      (isNumber ? OF_NUMBERS : OF_CLASSES).flatMap(({ id }, i) => {
        const value = values[i] ?? Number.NaN;
        return Number.isFinite(value) ? [[id, { value, interval: whole(found?.[i]) }] as const] : [];
      }),
    ),
  };
}

/**
 * A fold with one class alone has no score of its own, but its predictions are as good as any: one speaker held
 * out has one gender, all of them together have both.
 */
const cannotBePooled = (check: TaskCheck | undefined): boolean =>
  check !== undefined && check.unmeasurable !== null && check.unmeasurable !== 'single';

/** A resample without a value leaves no interval. */
const whole = (found: Bootstrapped | undefined): Bootstrapped | null =>
  found && Number.isFinite(found.percentile.low) && Number.isFinite(found.percentile.high) ? found : null;

function drawnFrom(
  rows: readonly Row[],
  speakerOf: ReadonlyMap<string, string> | null,
): Clusters & Pick<PooledTask, 'by'> {
  const names = rows.map(({ id }) => speakerOf?.get(id) ?? '');
  const bySpeaker = names.includes('') ? null : clustersOf(names);
  return bySpeaker && bySpeaker.count > 1
    ? { by: 'cluster', ...bySpeaker }
    : { by: 'utterance', of: rows.map((_, i) => i), count: rows.length };
}
