/**
 * A recipe over the folds of its split: which folds there are and which are missing, the score of each and their
 * mean. Not here: all predictions together (pooled.ts).
 */
import { meanInterval, type MeanInterval } from '../stats/mean-interval';
import { sourceOf } from '../splits/registry';
import { turnOf } from '../splits/turns';
import { taskIds, type TaskId } from '../tasks/types';
import { groupRuns, type RunGroup } from './groups';
import { epochAt, lacks, valueOf, type ComparedRun, type Reading } from './values';

/** One run of a cross-validation. */
export interface FoldRun {
  readonly id: string;
  readonly seed: number;
  readonly fold: string;
  /** It has come to its end: what it says is what the recipe says. */
  readonly finished: boolean;
}

export interface MissingFold {
  readonly seed: number;
  readonly fold: string;
  readonly why: 'absent' | 'unfinished';
}

const inOrder = (a: string, b: string): number => a.localeCompare(b, 'en', { numeric: true });

/** @param group grouped over seeds and folds  @returns one run a seed and fold; empty where the split has no folds */
export const foldRuns = ({ runs, folds }: Pick<RunGroup, 'runs' | 'folds'>): readonly FoldRun[] =>
  folds.length === 0
    ? []
    : runs.map(({ id, config, state }) => ({
        id,
        seed: config.seed,
        fold: turnOf(config.split) ?? '',
        finished: state === 'finished',
      }));

/**
 * Recipes of which two folds or more are there, each seed and fold once. Runs that each train on one value of a column
 * are no folds: they make a matrix (across.ts).
 */
export const overFolds = (runs: readonly ComparedRun[]): readonly RunGroup[] =>
  groupRuns(
    runs.filter(({ epochs, config }) => epochs.length > 0 && sourceOf(config.split) === null),
    'seeds-and-folds',
  ).filter(({ folds }) => folds.length > 1);

/** All folds of the split: those that are expected, and those that runs have beside them. */
export const allFolds = (runs: readonly FoldRun[], expected: readonly string[]): readonly string[] =>
  [...new Set([...expected, ...runs.map(({ fold }) => fold)])].sort(inOrder);

/** What is not there, seed by seed: every seed needs all folds. */
export function missingFolds(runs: readonly FoldRun[], expected: readonly string[]): readonly MissingFold[] {
  const folds = allFolds(runs, expected);
  const seeds = [...new Set(runs.map(({ seed }) => seed))].sort((a, b) => a - b);
  return seeds.flatMap((seed) =>
    folds.flatMap((fold): MissingFold[] => {
      const run = runs.find((one) => one.seed === seed && one.fold === fold);
      return run?.finished ? [] : [{ seed, fold, why: run ? 'unfinished' : 'absent' }];
    }),
  );
}

export interface FoldScore {
  readonly fold: string;
  /** Over its seeds; null where none can be measured. */
  readonly value: MeanInterval | null;
  /** Utterances that the scores are of: the most of any seed. */
  readonly utterances: number;
  /** Classes without an utterance on that side: a mean recall over classes leaves them out. */
  readonly absent: readonly string[];
  /** The task cannot be measured here: training never saw its classes, or there is no choice. */
  readonly unmeasurable: boolean;
}

export interface FoldScores {
  readonly folds: readonly FoldScore[];
  /** Of the folds' values, Student's interval over them: n is the number of folds. Null for none. */
  readonly mean: MeanInterval | null;
}

/** One task of a recipe, fold by fold. @param group grouped over seeds and folds */
export function foldScores(
  { runs, folds }: Pick<RunGroup, 'runs' | 'folds'>,
  task: TaskId,
  reading: Reading,
): FoldScores {
  const scored = folds.map((fold): FoldScore => {
    const own = runs.filter(({ config }) => turnOf(config.split) === fold);
    const sides = own.flatMap((run) => countsOf(run, task, reading) ?? []);
    return {
      fold,
      value: meanInterval(own.flatMap((run) => valueOf(run, task, reading) ?? [])),
      utterances: Math.max(0, ...sides.map(({ total }) => total)),
      absent: sides[0]?.absent ?? [],
      unmeasurable: own.some((run) => lacks(run, task, reading)),
    };
  });
  return { folds: scored, mean: meanInterval(scored.flatMap(({ value }) => value?.mean ?? [])) };
}

/** How many utterances the side has of the task, and of which classes none. */
function countsOf(
  run: ComparedRun,
  task: TaskId,
  { moment, side }: Reading,
): { readonly total: number; readonly absent: readonly string[] } | null {
  const at = taskIds(run.config).indexOf(task);
  const metrics = epochAt(run.epochs, moment)?.[side].tasks[at];
  if (!metrics) return null;
  if (metrics.number) return { total: metrics.number.count, absent: [] };
  const rows = metrics.confusion.map((row) => row.reduce((sum, count) => sum + count, 0));
  return {
    total: rows.reduce((sum, count) => sum + count, 0),
    absent: (run.classes[at] ?? []).filter((_, k) => rows[k] === 0),
  };
}
