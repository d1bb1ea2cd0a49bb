/**
 * The sweep's runs as they are committed (docs/demo-sweep.json): one line a run, rounded, without confusion
 * matrices; and back to what core/compare reads. The report is made of this alone, so that anybody can make
 * it again without training.
 */
import type { RunPredictions } from '../../src/core/compare/on-utterances';
import type { ComparedRun } from '../../src/core/compare/values';
import type { EpochRecord, SideMetrics } from '../../src/core/training/events';
import type { TaskMetrics } from '../../src/core/tasks/metrics/types';
import type { RunConfig } from '../../src/core/config/run-config';
import type { KeptRun } from '../support/kept-run';
import { taskIds } from '../../src/core/tasks/types';
import { parseRunConfig } from '../../src/core/config/parse';

type Score = 'loss' | 'accuracy' | 'uar' | 'macroF1';
type Columns = Readonly<Record<Score, readonly (readonly number[])[]>>;

/** Columns: per task, one number an epoch. */
export interface SweepRun {
  readonly label: string;
  readonly config: RunConfig;
  readonly classes: readonly (readonly string[])[];
  readonly steps: readonly number[];
  readonly monitored: readonly number[];
  /** Epochs that were the best so far. */
  readonly best: readonly number[];
  readonly train: Columns;
  readonly validation: Columns;
  readonly effective: readonly (readonly number[])[];
  /** At the best epoch. */
  readonly ids: readonly string[];
  readonly speakers: readonly string[];
  readonly truth: readonly (readonly number[])[];
  readonly predicted: readonly (readonly number[])[];
}

/** @param text of docs/demo-sweep.json, whose configurations are of the version that made them */
export const readSweep = (text: string): readonly SweepRun[] =>
  (JSON.parse(text) as SweepRun[]).map((run) => ({ ...run, config: parseRunConfig(run.config) }));

const short = (value: number): number => Number(value.toPrecision(5));

function columns(epochs: readonly EpochRecord[], side: 'train' | 'validation'): Columns {
  const of = (score: Score) =>
    epochs[0]![side].tasks.map((_, task) => epochs.map((epoch) => short(epoch[side].tasks[task]![score])));
  return { loss: of('loss'), accuracy: of('accuracy'), uar: of('uar'), macroF1: of('macroF1') };
}

export const committed = (
  label: string,
  { config, classes, epochs, predictions, speakers }: KeptRun,
): SweepRun => ({
  label,
  config,
  classes,
  steps: epochs.map(({ step }) => step),
  monitored: epochs.map(({ monitored }) => short(monitored)),
  best: epochs.filter(({ best }) => best).map(({ epoch }) => epoch),
  train: columns(epochs, 'train'),
  validation: columns(epochs, 'validation'),
  effective: config.tasks.map((_, task) => epochs.map(({ effective }) => short(effective[task]!))),
  ids: predictions.ids,
  speakers,
  // Here everything has a label.
  truth: predictions.truth.map((task) => task.map((target) => target!)),
  predicted: predictions.predicted,
});

/** What was not kept is no number. */
function sideOf(run: SweepRun, side: 'train' | 'validation', epoch: number): SideMetrics {
  const { loss, accuracy, uar, macroF1 } = run[side];
  const task = (i: number): TaskMetrics => ({
    loss: loss[i]![epoch]!,
    accuracy: accuracy[i]![epoch]!,
    uar: uar[i]![epoch]!,
    macroF1: macroF1[i]![epoch]!,
    macroPrecision: Number.NaN,
    macroRecall: Number.NaN,
    confusion: [],
  });
  return { total: Number.NaN, tasks: run.config.tasks.map((_, i) => task(i)) };
}

export function comparedRun(run: SweepRun): ComparedRun {
  const at = (i: number): readonly number[] => run.effective.map((column) => column[i]!);
  const epochs = run.steps.map((step, i): EpochRecord => ({
    epoch: i + 1,
    step,
    seconds: Number.NaN,
    train: sideOf(run, 'train', i),
    validation: sideOf(run, 'validation', i),
    monitored: run.monitored[i]!,
    best: run.best.includes(i + 1),
    nominal: [],
    effective: at(i),
  }));
  return {
    id: `${run.label} ${run.config.seed}`,
    name: run.label,
    config: run.config,
    corpusId: 'demo',
    classes: run.classes,
    state: 'finished',
    backend: run.config.backend,
    createdAt: 0,
    updatedAt: 0,
    epochs,
    changed: false,
  };
}

export const predictionsOf = ({
  config,
  classes,
  ids,
  truth,
  predicted,
  best,
}: SweepRun): RunPredictions => ({
  epoch: best.at(-1)!,
  tasks: taskIds(config),
  classes,
  ids,
  truth,
  predicted,
});

/** One line a run, so that a difference shows it. */
export const jsonOf = (runs: readonly SweepRun[]): string =>
  `[\n${runs.map((run) => `  ${JSON.stringify(run)}`).join(',\n')}\n]\n`;
