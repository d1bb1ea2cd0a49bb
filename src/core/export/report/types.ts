/** What a report is made of: plain data of the chosen runs, and every word of it in the reader's language. */
import type { Over, RunGroup } from '../../compare/groups';
import type { FoldsTogether } from '../../compare/pooled';
import type { PairComparison } from '../../compare/on-utterances';
import type { SeedAnswer } from '../../compare/over-seeds';
import type { Part } from '../../compare/part';
import type { ComparedRun, Reading } from '../../compare/values';
import type { RunState } from '../../training/events';
import type { RunConfig } from '../../config/run-config';
import type { StrategySegment } from '../../training/segments';
import type { TaskId } from '../../tasks/types';

export interface ReportRun extends ComparedRun {
  readonly softwareVersion: string;
  readonly corpusName: string;
  /** Which strategy acted from which step on. */
  readonly segments: readonly StrategySegment[];
  /** Read from a file: its numbers are the file's. */
  readonly imported: boolean;
  /** Reproduces the run in a browser; null where a link cannot carry all of its settings. */
  readonly link: string | null;
}

/** What the tests found; the words for it come later. */
export interface ReportStatistics {
  readonly baseline: RunGroup;
  /** Every recipe with a finished epoch, in the order of the report. */
  readonly groups: readonly RunGroup[];
  /** Every other recipe against the baseline; one family. Empty where nothing can be paired. */
  readonly answers: readonly SeedAnswer[];
  /** Recipes over the folds of their splits; `together` is null where the epoch that is read left no predictions. */
  readonly folds: readonly { readonly group: RunGroup; readonly together: FoldsTogether | null }[];
  /**
   * Two runs on their utterances of one part; `comparison` is null where the epoch that is read left no
   * predictions.
   */
  readonly pair: {
    readonly first: string;
    readonly second: string;
    readonly part: Part;
    readonly comparison: PairComparison | null;
  } | null;
}

export interface GatheredReport {
  /** By recipe, the baseline's first; within a recipe by seed and fold. */
  readonly runs: readonly ReportRun[];
  /** What a recipe's runs are repeated over. */
  readonly over: Over;
  readonly reading: Reading;
  /** Null where no run has a finished epoch. */
  readonly statistics: ReportStatistics | null;
}

/**
 * A table of the statistics in words; the first cell of a row names it. Without rows it is what there is to
 * say instead.
 */
export interface ReportTable {
  readonly section: 'scores' | 'statistics';
  readonly id: string;
  readonly title: string;
  readonly caption: string;
  readonly columns: readonly { readonly name: string; readonly numeric: boolean }[];
  readonly rows: readonly (readonly string[])[];
  /** What the table shows and does not show, one paragraph each. */
  readonly sentences: readonly string[];
}

/** What keeps runs from being compared, or must be known when they are. */
export type Caveat =
  | 'no-epochs'
  | 'corpus'
  | 'label-scheme'
  | 'split'
  | 'split-seed'
  | 'tasks'
  | 'unfinished'
  | 'early'
  | 'epochs'
  | 'backend'
  | 'version'
  | 'synthetic'
  | 'imported'
  | 'unmeasurable'
  | 'left-out'
  | 'counts-all'
  | 'changed'
  | 'older-formula'
  | 'fork'
  | 'fork-best'
  | 'repeats'
  | 'one-seed'
  | 'thinned'
  | 'not-drawn';

export interface ReportWords {
  readonly language: string;
  readonly title: string;
  readonly made: string;
  readonly sections: Readonly<
    Record<
      | 'runs'
      | 'caveats'
      | 'scores'
      | 'test'
      | 'settings'
      | 'charts'
      | 'confusion'
      | 'statistics'
      | 'reproduce',
      string
    >
  >;
  readonly columns: Readonly<
    Record<
      | 'mark'
      | 'run'
      | 'strategy'
      | 'seed'
      | 'corpus'
      | 'epochs'
      | 'best'
      | 'state'
      | 'backend'
      | 'task'
      | 'setting'
      | 'started',
      string
    >
  >;
  /** By id (core/tasks/metrics/registry.ts). */
  readonly metrics: Readonly<Record<string, string>>;
  /** Titles of charts: by the id of a metric, and of both kinds of weights. */
  readonly charts: Readonly<Record<string, (task: string) => string>>;
  /** A configuration's field, by its dotted name, and one of its values. */
  readonly setting: (name: string) => string;
  readonly value: (name: string, value: string) => string;
  readonly epoch: string;
  readonly runsNote: string;
  readonly oneCorpus: (name: string) => string;
  /** What the scores are of: which epoch, which side. */
  readonly scoresNote: string;
  /** What a test part is. */
  readonly testNote: string;
  readonly settingsNote: string;
  /** What a line is. */
  readonly chartsNote: Readonly<Record<'runs' | 'recipes', string>>;
  /** Stands where a score or a matrix would. */
  readonly notMeasurable: string;
  /** So many epochs that not every seed of a recipe reached are not drawn. */
  readonly beyond: (count: number) => string;
  readonly belowZero: string;
  readonly confusionNote: string;
  /** What the picture of a number shows. */
  readonly numberNote: string;
  readonly noDifference: string;
  readonly sameSettings: string;
  readonly absent: string;
  readonly predicted: string;
  readonly truth: string;
  readonly recall: string;
  readonly reproduceNote: string;
  readonly linkLabel: string;
  readonly noLink: string;
  readonly configLabel: string;
  /** `Table 3.` */
  readonly table: (number: number) => string;
  readonly figure: (number: number) => string;
  readonly caveat: (code: Caveat, runs: readonly string[]) => string;
  /** A strategy that took over: since which epoch. */
  readonly since: (strategy: string, epoch: number) => string;
  /** @param parent the mark of the run it was forked from, where that is in the report */
  readonly forkOf: (parent: string | null, step: number) => string;
  readonly task: (task: TaskId) => string;
  readonly strategy: (id: RunConfig['strategy']['id']) => string;
  /** A recipe, told from the others. */
  readonly recipe: (group: RunGroup, all: readonly RunGroup[]) => string;
  readonly className: (name: string) => string;
  readonly state: (state: RunState) => string;
  readonly number: (value: number | null | undefined, digits: number) => string;
  readonly percent: (value: number | null | undefined) => string;
  readonly date: (ms: number) => string;
}
