/**
 * The text files of an exported run: configuration, metrics, times, steps, confusion matrices, predictions,
 * event log.
 */
import { withMessage } from '../errors/errors';
import { adjustmentText, type Adjustment } from '../training/adjustments';
import type { Joined } from '../corpus/joined/joined';
import type { EpochRecord, LogEntry, RunState, StepRow } from '../training/events';
import type { RunConfig } from '../config/run-config';
import type { RunData } from '../training/run-data';
import { METRICS } from '../tasks/metrics/registry';
import { sum } from '../weighting/numerics';
import { pairsOf } from '../weighting/readings';
import { strategyOfStep, type StrategySegment } from '../training/segments';
import { toCsv, type Cell } from './csv';

/** Of config.json; what an earlier version wrote is read by core/import/migrations. */
export const RUN_EXPORT_VERSION = 2;

export interface ExportedRun {
  readonly id: string;
  readonly name: string;
  readonly config: RunConfig;
  readonly classes: readonly (readonly string[])[];
  readonly createdAt: number;
  readonly backend: string;
  /** A graphics adapter in software. */
  readonly backendSoftware: boolean;
  readonly softwareVersion: string;
  /** `paused` where it was not over. */
  readonly state: RunState;
  /** How often it went back to its last checkpoint by itself. */
  readonly recoveries: number;
  /** Options were changed by hand while it ran. */
  readonly adjusted: boolean;
  /** Which strategy acted from which step on; `config.strategy` is what the run began with. */
  readonly segments: readonly StrategySegment[];
  /** What was changed by hand while it went. */
  readonly adjustments: readonly Adjustment[];
  readonly corpus: {
    readonly name: string;
    readonly fingerprint: string;
    readonly utterances: number;
    /** Of a joined corpus: its parts, and what became of their labels. */
    readonly parts?: Joined['parts'];
  };
  /** What it trained and validated on, and what was left out; null where it was not kept. */
  readonly data: RunData | null;
}

export interface ExportedPredictions {
  readonly ids: readonly string[];
  /** null where there is no label. */
  readonly truth: readonly (readonly (number | null)[])[];
  readonly predicted: readonly (readonly number[])[];
  readonly confidence: readonly (readonly number[])[];
}

const SIDES = ['train', 'validation'] as const;
type Side = (typeof SIDES)[number] | 'test';

const USUAL = METRICS.filter(({ kind }) => kind !== 'number');
const OF_NUMBERS = METRICS.filter(({ kind }) => kind === 'number');

/** config.json: everything that reproduces the run. */
export function configFile({
  id,
  name,
  config,
  classes,
  createdAt,
  backend,
  backendSoftware,
  softwareVersion,
  state,
  recoveries,
  adjusted,
  segments,
  adjustments,
  corpus,
  data,
}: ExportedRun): string {
  const told = {
    id,
    name,
    state,
    createdAt: new Date(createdAt).toISOString(),
    backend,
    backendSoftware,
    softwareVersion,
    recoveries,
    adjusted,
    segments,
    adjustments,
    corpus,
    data,
    classes,
    config,
  };
  return `${JSON.stringify({ format: 'equipoise-run', version: RUN_EXPORT_VERSION, ...told }, null, 2)}\n`;
}

/**
 * Long form: one row per epoch, side and task. `strategy` is the one in force at the epoch's end. Scores that
 * cannot be measured are empty, with the reason behind them. Scores of numbers have columns of their own, where
 * a run has such a task.
 */
export function metricsFile(
  tasks: readonly string[],
  epochs: readonly EpochRecord[],
  segments: readonly StrategySegment[],
  sides: readonly Side[] = SIDES,
): string {
  const hasNumbers = epochs.some(({ train }) => train.tasks.some(({ number }) => number));
  const rows = epochs.flatMap((epoch) =>
    sides.flatMap((side) =>
      (epoch[side]?.tasks ?? []).map((task, i): Cell[] => [
        epoch.epoch,
        epoch.step,
        side,
        tasks[i],
        ...USUAL.map(({ read }) => read(task)),
        epoch.nominal[i],
        epoch.effective[i],
        epoch[side]?.total,
        epoch.monitored,
        epoch.best,
        strategyOfStep(segments, epoch.step)?.id,
        task.unmeasurable,
        task.leftOut,
        ...(hasNumbers ? [task.number?.count, ...OF_NUMBERS.map(({ read }) => read(task))] : []),
      ]),
    ),
  );
  return toCsv(
    [
      'epoch',
      'step',
      'side',
      'task',
      ...USUAL.map(({ column }) => column),
      'nominal_weight',
      'effective_weight',
      'total_loss',
      'monitored',
      'best',
      'strategy',
      'not_measured',
      'left_out',
      // Of labelled examples.
      ...(hasNumbers ? ['count', ...OF_NUMBERS.map(({ column }) => column)] : []),
    ],
    rows,
  );
}

/** One row an epoch. Apart from metrics.csv, which a seed decides to the last byte; times no seed decides. */
export const timesFile = (epochs: readonly EpochRecord[]): string =>
  toCsv(
    ['epoch', 'seconds'],
    epochs.map(({ epoch, seconds }) => [epoch, seconds]),
  );

/**
 * One row a step. Gradients stand in the steps in which they were measured; the other rows leave their
 * columns empty. `changed`: by hand, acting from this step on. Only runs whose learning rate changes have its
 * column, the last.
 */
export function stepsFile(
  tasks: readonly string[],
  steps: readonly StepRow[],
  segments: readonly StrategySegment[],
  adjustments: readonly Adjustment[],
): string {
  const pairs = pairsOf(tasks.length);
  const scheduled = steps.some(({ learningRate }) => learningRate !== undefined);
  const none = {
    level: undefined,
    norms: tasks.map(() => undefined),
    cosines: pairs.map(() => undefined),
    shares: tasks.map(() => undefined),
  };
  const columns = (kinds: readonly string[]): string[] =>
    kinds.flatMap((kind) => tasks.map((task) => `${kind}_${task}`));
  return toCsv(
    [
      'step',
      'epoch',
      'total_loss',
      ...columns(['loss', 'nominal_weight', 'effective_weight']),
      'sum_of_weights',
      'made_up',
      'ms',
      'wait_ms',
      'extra_ms',
      'gradients_at',
      ...columns(['gradient_norm']),
      ...pairs.map(([i, j]) => `cosine_${tasks[i]}_${tasks[j]}`),
      ...columns(['update_share']),
      'strategy',
      'changed',
      ...(scheduled ? ['learning_rate'] : []),
    ],
    steps.map((row) => {
      const { level, norms, cosines, shares } = row.gradients ?? none;
      return [
        row.step,
        row.epoch,
        row.total,
        ...row.losses,
        ...row.nominal,
        ...row.effective,
        sum(row.effective),
        row.fallback,
        row.ms,
        row.waitMs,
        row.extraMs,
        level,
        ...norms,
        ...cosines,
        ...shares,
        strategyOfStep(segments, row.step)?.id,
        adjustmentText(adjustments, row.step),
        ...(scheduled ? [row.learningRate] : []),
      ];
    }),
  );
}

/** Every cell of every confusion matrix of every epoch. */
export function confusionFile(
  tasks: readonly string[],
  classes: readonly (readonly string[])[],
  epochs: readonly EpochRecord[],
  sides: readonly Side[] = SIDES,
): string {
  const rows = epochs.flatMap((epoch) =>
    sides.flatMap((side) =>
      (epoch[side]?.tasks ?? []).flatMap((task, i) =>
        task.confusion.flatMap((counts, truth) =>
          counts.map((count, predicted): Cell[] => [
            epoch.epoch,
            side,
            tasks[i],
            classes[i]![truth],
            classes[i]![predicted],
            count,
          ]),
        ),
      ),
    ),
  );
  return toCsv(['epoch', 'side', 'task', 'true', 'predicted', 'count'], rows);
}

/**
 * The scores of the test part and its confusion matrices, in the columns of metrics.csv and confusion.csv;
 * nothing where no test part was scored.
 */
export function testFiles(
  tasks: readonly string[],
  classes: readonly (readonly string[])[],
  epochs: readonly EpochRecord[],
  segments: readonly StrategySegment[],
): readonly { readonly name: string; readonly text: string }[] {
  if (epochs.every(({ test }) => test === undefined)) return [];
  return [
    { name: 'test.csv', text: metricsFile(tasks, epochs, segments, ['test']) },
    { name: 'test-confusion.csv', text: confusionFile(tasks, classes, epochs, ['test']) },
  ];
}

/** Predictions of the checkpoint that is exported, of the validation side or of the test part; a number as it is, without a confidence. */
export function predictionsFile(
  tasks: readonly string[],
  classes: readonly (readonly string[])[],
  predictions: ExportedPredictions,
): string {
  return toCsv(
    ['utterance', ...tasks.flatMap((task) => [`${task}_true`, `${task}_predicted`, `${task}_confidence`])],
    predictions.ids.map((id, row) => [
      id,
      ...tasks.flatMap((_, i): Cell[] => {
        const [truth, predicted] = [predictions.truth[i]![row], predictions.predicted[i]![row]!];
        const names = classes[i]!;
        const said = (value: number | null | undefined): Cell =>
          value === null || value === undefined ? undefined : names.length === 0 ? value : names[value];
        return [said(truth), said(predicted), predictions.confidence[i]![row]];
      }),
    ]),
  );
}

export function logFile(log: readonly LogEntry[]): string {
  return toCsv(
    ['time', 'level', 'code', 'step', 'details'],
    log.map((entry) => [
      new Date(entry.at).toISOString(),
      entry.level,
      entry.code,
      entry.step,
      JSON.stringify(withMessage(entry.details)),
    ]),
  );
}
