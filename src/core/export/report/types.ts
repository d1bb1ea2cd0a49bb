/** What a report is made of: plain data of the chosen runs, and every word of it in the reader's language. */
import type { EpochRecord, RunState } from '../../training/events';
import type { RunConfig } from '../../training/run-config';
import type { TaskId } from '../../training/tasks';

export interface ReportRun {
  readonly id: string;
  readonly name: string;
  readonly config: RunConfig;
  /** Class names per task, in the order of config.tasks. */
  readonly classes: readonly (readonly string[])[];
  readonly state: RunState;
  readonly backend: string;
  readonly softwareVersion: string;
  readonly createdAt: number;
  readonly corpusId: string;
  readonly corpusName: string;
  readonly epochs: readonly EpochRecord[];
  /** Reproduces the run in a browser; null where a link cannot carry all of its settings. */
  readonly link: string | null;
}

/** A table that came with its answers, such as tests over seeds. */
export interface ReportTable {
  readonly caption: string;
  readonly header: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** In plain words, one sentence a row or more. */
  readonly sentences: readonly string[];
}

/** What keeps runs from being compared, or must be known when they are. */
export type Caveat =
  | 'no-epochs' | 'corpus' | 'label-scheme' | 'split' | 'split-seed' | 'tasks' | 'unfinished' | 'epochs' | 'backend' | 'version' | 'synthetic' | 'one-seed' | 'thinned';

export interface ReportWords {
  readonly language: string;
  readonly title: string;
  readonly made: string;
  readonly sections: Readonly<Record<'runs' | 'caveats' | 'scores' | 'settings' | 'charts' | 'confusion' | 'statistics' | 'reproduce', string>>;
  readonly columns: Readonly<Record<'mark' | 'run' | 'strategy' | 'seed' | 'corpus' | 'epochs' | 'best' | 'state' | 'backend' | 'task' | 'setting' | 'started', string>>;
  readonly metrics: Readonly<Record<'loss' | 'accuracy' | 'uar' | 'macroPrecision' | 'macroRecall' | 'macroF1', string>>;
  readonly charts: Readonly<Record<'loss' | 'uar' | 'effective' | 'nominal', (task: string) => string>>;
  readonly epoch: string;
  /** What the scores are of: the best epoch, validation side. */
  readonly scoresNote: string;
  readonly chartsNote: string;
  readonly belowZero: string;
  readonly confusionNote: string;
  readonly noDifference: string;
  readonly sameSettings: string;
  readonly absent: string;
  readonly predicted: string;
  readonly truth: string;
  readonly recall: string;
  readonly noEpoch: string;
  readonly reproduceNote: string;
  readonly linkLabel: string;
  readonly noLink: string;
  readonly configLabel: string;
  readonly caveat: (code: Caveat, runs: readonly string[]) => string;
  readonly task: (task: TaskId) => string;
  readonly strategy: (id: RunConfig['strategy']['id']) => string;
  readonly className: (name: string) => string;
  readonly state: (state: RunState) => string;
  readonly number: (value: number | null | undefined, digits: number) => string;
  readonly percent: (value: number | null | undefined) => string;
  readonly date: (ms: number) => string;
}
