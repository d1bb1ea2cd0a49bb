/**
 * Runs that differ in nothing but their seed - or, where that is asked for, their fold - belong together: their mean says something about the recipe,
 * their spread about luck. The backend may differ too; it changes last digits, not what is computed.
 */
import { sortedJson } from '../sorted-json';
import { isSeeded } from '../splits/registry';
import { turnOf, withoutTurn } from '../splits/turns';
import { BASELINE } from '../weighting/registry';
import { hashName } from '../random/streams';
import type { RunConfig } from '../config/run-config';
import type { ComparedRun } from './values';

export interface RunGroup {
  /** Equal for equal recipes on the same corpus: 16 hexadecimal digits, short enough for a link. */
  readonly key: string;
  readonly config: RunConfig;
  /** One a seed, by ascending seed; over folds one a seed and fold. */
  readonly runs: readonly ComparedRun[];
  /** Folds that its runs hold out, in order; empty where recipes are grouped over seeds alone. */
  readonly folds: readonly string[];
  /** Runs left out because their seed (and fold) is there already: the same run again, and no evidence. */
  readonly repeats: number;
  /** A run whose strategy or options were changed by hand stands alone. */
  readonly changed: boolean;
}

/**
 * Equal for runs of one recipe on the same utterances; of a run that was changed by hand, its own. What a
 * folder or a file of weights is called does not count: `corpusId` and the weights' hash say what it is.
 */
export function recipeKey(
  { id, config, corpusId, leftOut = [], changed }: ComparedRun,
  over: Over = 'seeds',
): string {
  const { seed: _seed, backend: _backend, ...rest } = config;
  const recipe = {
    ...rest,
    ...(over === 'seeds-and-folds' ? { split: withoutTurn(rest.split) } : {}),
    corpus: rest.corpus.kind === 'folder' ? 'folder' : rest.corpus,
    initialWeights: rest.initialWeights?.id ?? null,
  };
  return hashName(
    sortedJson({ recipe, corpusId, ...(leftOut.length > 0 ? { leftOut } : {}), ...(changed ? { id } : {}) }),
  );
}

/** What a recipe's runs may differ in: their seeds, or their folds as well. */
export const OVER = ['seeds', 'seeds-and-folds'] as const;
export type Over = (typeof OVER)[number];

/** Whether recipes can be averaged over folds: two runs differ in whose turn it is. */
export const hasFolds = (runs: readonly Pick<ComparedRun, 'config'>[]): boolean =>
  runs.some(({ config: { split } }) =>
    runs.some(
      ({ config: { split: other } }) =>
        turnOf(split) !== turnOf(other) && sortedJson(withoutTurn(split)) === sortedJson(withoutTurn(other)),
    ),
  );

/** `3`, or over folds `3/5`: a run's seed, and the fold it holds out. */
export const replicateText = (
  { folds }: { readonly folds: readonly string[] },
  { config }: Pick<ComparedRun, 'config'>,
): string => (folds.length > 0 ? `${config.seed}/${turnOf(config.split) ?? ''}` : String(config.seed));

/** The run that stands for its seed: the one that got furthest, then the newest. */
const further = (a: ComparedRun, b: ComparedRun): ComparedRun =>
  b.epochs.length > a.epochs.length || (b.epochs.length === a.epochs.length && b.createdAt > a.createdAt)
    ? b
    : a;

/**
 * @param runs with at least one finished epoch each  @returns in the order in which their recipes first occur
 */
export function groupRuns(runs: readonly ComparedRun[], over: Over = 'seeds'): readonly RunGroup[] {
  const byKey = new Map<string, ComparedRun[]>();
  for (const run of runs) {
    const key = recipeKey(run, over);
    byKey.set(key, [...(byKey.get(key) ?? []), run]);
  }
  return [...byKey].map(([key, members]) => {
    const foldOf = ({ config: { split } }: ComparedRun): string =>
      over === 'seeds-and-folds' ? (turnOf(split) ?? '') : '';
    const kinds = new Map<string, ComparedRun>();
    for (const run of members) {
      const kind = JSON.stringify([run.config.seed, foldOf(run)]);
      const known = kinds.get(kind);
      kinds.set(kind, known ? further(known, run) : run);
    }
    const kept = [...kinds.values()].sort(
      (a, b) => a.config.seed - b.config.seed || inOrder(foldOf(a), foldOf(b)),
    );
    return {
      key,
      config: kept[0]!.config,
      runs: kept,
      folds: [...new Set(kept.map(foldOf))].filter(Boolean).sort(inOrder),
      repeats: members.length - kept.length,
      changed: kept[0]!.changed,
    };
  });
}

const inOrder = (a: string, b: string): number => a.localeCompare(b, 'en', { numeric: true });

/**
 * Whether two recipes with the same seed validate on the same utterances: a random split of other utterances
 * is another split.
 */
export const sameValidation = (
  a: Pick<ComparedRun, 'corpusId' | 'config' | 'leftOut'>,
  b: Pick<ComparedRun, 'corpusId' | 'config' | 'leftOut'>,
): boolean =>
  a.corpusId === b.corpusId &&
  sortedJson(a.leftOut ?? []) === sortedJson(b.leftOut ?? []) &&
  a.config.labelScheme === b.config.labelScheme &&
  sortedJson(a.config.split) === sortedJson(b.config.split) &&
  (!isSeeded(a.config.split) || a.config.seed === b.config.seed);

/** Pairs of runs with one seed (and fold) on one validation set. */
export function pairsOf(first: RunGroup, second: RunGroup): readonly (readonly [ComparedRun, ComparedRun])[] {
  return first.runs.flatMap((a) => {
    const b = second.runs.find((run) => run.config.seed === a.config.seed && sameValidation(a, run));
    return b ? [[a, b] as const] : [];
  });
}

/**
 * The group that others are measured against unless the user says otherwise: the unweighted sum with most
 * seeds, else the first.
 */
export function defaultBaseline(groups: readonly RunGroup[]): RunGroup | null {
  const plain = groups
    .filter(({ config, changed }) => config.strategy.id === BASELINE && !changed)
    .toSorted((a, b) => b.runs.length - a.runs.length);
  return plain[0] ?? groups[0] ?? null;
}
