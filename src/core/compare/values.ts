/** Reading one number off a stored run: which score, of which task and side, at which epoch. */
import { isMeasured } from '../tasks/metrics/measurable';
import type { EpochRecord, RunState } from '../training/events';
import type { RunConfig } from '../config/run-config';
import { taskIds, type TaskId } from '../tasks/types';

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

export const METRICS = ['uar', 'accuracy', 'macroF1', 'loss'] as const;
export type Metric = (typeof METRICS)[number];
export type Side = 'train' | 'validation';
/** The best epoch (by the run's own monitor), the last one, or one by its number. */
export type Moment = 'best' | 'last' | number;

export interface Reading {
  readonly metric: Metric;
  readonly side: Side;
  readonly moment: Moment;
}

export const lowerIsBetter = (metric: Metric): boolean => metric === 'loss';

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
  { metric, side }: Pick<Reading, 'metric' | 'side'>,
): number | null {
  const value = epoch?.[side].tasks[taskIds(run.config).indexOf(task)]?.[metric];
  return value !== undefined && Number.isFinite(value) ? value : null;
}

/** Whether the run has this task at this epoch and it cannot be measured on this side. */
export function lacks(
  run: ComparedRun,
  task: TaskId,
  { side, moment }: Pick<Reading, 'side' | 'moment'>,
): boolean {
  const metrics = epochAt(run.epochs, moment)?.[side].tasks[taskIds(run.config).indexOf(task)];
  return metrics !== undefined && !isMeasured(metrics);
}

export const valueOf = (run: ComparedRun, task: TaskId, reading: Reading): number | null =>
  valueIn(run, epochAt(run.epochs, reading.moment), task, reading);
