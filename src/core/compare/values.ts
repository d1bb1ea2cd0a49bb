/** Reading one number off a stored run: which score, of which task and side, at which epoch. */
import type { TaskKind } from '../tasks/losses/types';
import { isMeasured } from '../tasks/metrics/measurable';
import { metric, METRICS as ALL, primaryMetric, scoresFor } from '../tasks/metrics/registry';
import type { EpochRecord, RunState } from '../training/events';
import type { RunConfig } from '../config/run-config';
import type { TaskId } from '../tasks/types';

/** A stored run as far as a comparison needs it. */
export interface ComparedRun {
  readonly id: string;
  readonly name: string;
  readonly config: RunConfig;
  readonly corpusId: string;
  /** Utterances of the scheme that had no features; undefined where it was not kept. */
  readonly leftOut?: readonly string[] | undefined;
  /** Class names per task, in the order of config.tasks. */
  readonly classes: readonly (readonly string[])[];
  readonly state: RunState;
  readonly backend: string;
  readonly createdAt: number;
  readonly updatedAt: number;
  readonly epochs: readonly EpochRecord[];
  /** The strategy or its options were changed while it ran: it is more than its configuration. */
  readonly changed: boolean;
}

/** Ids of the metrics that tasks of a kind may be compared by: its own, then those of both kinds. */
const offered = (kind: TaskKind): readonly string[] =>
  [...scoresFor(kind, 'compared'), ...ALL.filter((one) => one.kind === 'both')].map(({ id }) => id);

export const METRICS = offered('classes');
export const NUMBER_METRICS = offered('number');
/** Id of a metric (core/tasks/metrics/registry.ts). */
export type MetricId = string;
export type Side = 'train' | 'validation';
/** The best epoch (by the run's own monitor), the last one, or one by its number. */
export type Moment = 'best' | 'last' | number;

export interface Reading {
  /** Of tasks with classes. */
  readonly metric: MetricId;
  /** Of tasks that predict a number. Absent: the one they are looked at by first. */
  readonly number?: MetricId;
  /**
   * What the compared tasks predict. A run in which a task of that name predicts something else has no value of
   * it. Absent: whatever each run has.
   */
  readonly kinds?: ReadonlyMap<TaskId, TaskKind>;
  readonly side: Side;
  readonly moment: Moment;
}

export const lowerIsBetter = (id: MetricId): boolean => metric(id)?.better === 'lower';

const chosen = ({ metric: id, number }: Pick<Reading, 'metric' | 'number'>, kind: TaskKind): MetricId =>
  kind === 'number' ? (number ?? primaryMetric(kind).id) : id;

/** By which metric a task is compared. */
export const metricOf = (reading: Pick<Reading, 'metric' | 'number' | 'kinds'>, task: TaskId): MetricId =>
  chosen(reading, reading.kinds?.get(task) ?? 'classes');

/** Place of a run's task as it is compared; -1 where it has none of that name and kind. */
function placeOf({ config }: ComparedRun, task: TaskId, kinds: Reading['kinds']): number {
  return config.tasks.findIndex(({ id, kind }) => id === task && (kinds?.get(id) ?? kind) === kind);
}

/** @returns null where the run has not got so far */
export function epochAt(epochs: readonly EpochRecord[], moment: Moment): EpochRecord | null {
  if (moment === 'best') return epochs.findLast(({ best }) => best) ?? null;
  if (moment === 'last') return epochs.at(-1) ?? null;
  return epochs.find(({ epoch }) => epoch === moment) ?? null;
}

/** @returns null where the run has no such task or epoch, it cannot be measured, or the number is none */
export function valueIn(
  run: ComparedRun,
  epoch: EpochRecord | null,
  task: TaskId,
  reading: Pick<Reading, 'metric' | 'number' | 'kinds' | 'side'>,
): number | null {
  const at = placeOf(run, task, reading.kinds);
  const metrics = epoch?.[reading.side].tasks[at];
  if (!metrics) return null;
  const value = metric(chosen(reading, run.config.tasks[at]!.kind))?.read(metrics);
  return value !== undefined && Number.isFinite(value) ? value : null;
}

/** Whether the run has this task at this epoch and it cannot be measured on this side. */
export function lacks(
  run: ComparedRun,
  task: TaskId,
  { side, moment, kinds }: Pick<Reading, 'side' | 'moment' | 'kinds'>,
): boolean {
  const metrics = epochAt(run.epochs, moment)?.[side].tasks[placeOf(run, task, kinds)];
  return metrics !== undefined && !isMeasured(metrics);
}

export const valueOf = (run: ComparedRun, task: TaskId, reading: Reading): number | null =>
  valueIn(run, epochAt(run.epochs, reading.moment), task, reading);
