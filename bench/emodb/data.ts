/** The study's runs as they are committed (docs/emodb-study.json), one line a run, and back. */
import type { FoldPredictions } from '../../src/core/compare/pooled';
import { parseRunConfig } from '../../src/core/config/parse';
import type { RunConfig } from '../../src/core/config/run-config';
import type { TaskCheck } from '../../src/core/tasks/metrics/measurable';
import { taskIds } from '../../src/core/tasks/types';
import type { ProtocolId } from './plan';

/** On what is held out, one entry an utterance; a list a task. */
export interface StudyScores {
  readonly ids: readonly string[];
  readonly truth: readonly (readonly number[])[];
  readonly predicted: readonly (readonly number[])[];
}

export interface StudyRun {
  readonly label: string;
  readonly protocol: ProtocolId;
  readonly fold: string;
  readonly config: RunConfig;
  /** Of the whole corpus. */
  readonly utterances: number;
  readonly classes: readonly (readonly string[])[];
  readonly checks: readonly TaskCheck[];
  /** How many values are on both sides, by column of groups. */
  readonly shared: Readonly<Record<string, number>>;
  /** Who speaks, one an utterance held out. */
  readonly speakers: readonly string[];
  /** Validation UAR of each epoch, a number a task; null where it cannot be measured. */
  readonly uar: readonly (readonly (number | null)[])[];
  readonly last: StudyScores;
  readonly best: StudyScores;
}

/** @param text of docs/emodb-study.json, whose configurations are of the version that made them */
export const readStudy = (text: string): readonly StudyRun[] =>
  (JSON.parse(text) as StudyRun[]).map((run) => ({ ...run, config: parseRunConfig(run.config) }));

export const jsonOf = (runs: readonly StudyRun[]): string =>
  `[\n${runs.map((run) => `  ${JSON.stringify(run)}`).join(',\n')}\n]\n`;

/** What the pooling of folds reads. */
export const foldOf = (run: StudyRun, at: 'last' | 'best'): FoldPredictions => ({
  fold: run.fold,
  predictions: {
    epoch: run.uar.length,
    tasks: taskIds(run.config),
    classes: run.classes,
    checks: run.checks,
    ...run[at],
  },
});
