/** What of a run is not an array, as a checkpoint stores it. With the arrays it is a complete checkpoint. */
import type { Instruments, RunConfig } from '../config/run-config';
import { StorageError } from '../errors/errors';
import type { ScheduleState } from '../optim/schedule';
import type { TaskCheck } from '../tasks/metrics/measurable';
import type { Adjustment } from '../training/adjustments';
import type { EarlyStopping } from '../training/monitor/early-stopping';
import type { TallyState } from '../training/monitor/tally';
import type { StrategyChoice, StrategySegment } from '../training/segments';
import type { StrategyId, StrategyOptions, StrategyState } from '../weighting/types';

/** What a model predicted of every utterance of a side. */
export interface Predictions {
  readonly ids: readonly string[];
  /** Per task, one entry an utterance: a class, or a number; null where there is no label. */
  readonly truth: readonly (readonly (number | null)[])[];
  readonly predicted: readonly (readonly number[])[];
  /** Softmax of the predicted class, rounded to four places; empty of a number. */
  readonly confidence: readonly (readonly number[])[];
}

/** Plain JSON; what an earlier version wrote is read by migrations/. */
export interface TrainerState {
  readonly version: 2;
  readonly config: RunConfig;
  readonly softwareVersion: string;
  readonly backend: string;
  /** 1-based epoch under way. */
  readonly epoch: number;
  /** Batches of it that are done. */
  readonly batch: number;
  readonly step: number;
  /** In force. */
  readonly strategyId: StrategyId;
  /** Of its formulas, from 1. */
  readonly strategyVersion: number;
  readonly strategyOptions: StrategyOptions;
  readonly strategyState: StrategyState;
  readonly segments: readonly StrategySegment[];
  /** Takes over with the next epoch. */
  readonly next: StrategyChoice | null;
  /** As they measure now. */
  readonly instruments: Instruments;
  /** What was changed by hand up to here. */
  readonly adjustments: readonly Adjustment[];
  /**
   * What of the tasks can be measured. Null: nobody asked (version 0.1.0), everything counts, then as now.
   */
  readonly checks: readonly TaskCheck[] | null;
  readonly early: EarlyStopping;
  /** What the schedule of the learning rate remembers. */
  readonly schedule: ScheduleState;
  readonly tally: TallyState;
  readonly adamIterations: number;
  /** Whether the arrays hold averaged gradients of the strategy in force; otherwise they begin at zero. */
  readonly averages: boolean;
  /**
   * Examples in memory at once; kept when the run goes on elsewhere, since batch norm sees them. Null: not
   * kept, as many as fit.
   */
  readonly microBatch: number | null;
  /**
   * The strategy that `microBatch` was planned for, where a fork has put another in its place: whether it
   * fits is seen where the run goes on.
   */
  readonly replan: StrategyChoice | null;
  /** Of the last validation. */
  readonly predictions: Predictions | null;
  /** Of the test part, with these weights: in the best checkpoint of a run that is finished. */
  readonly tested: Predictions | null;
  readonly ended: 'finished' | 'stopped' | null;
}

/** Of an imported run, which has no trainer: what can be compared of it. */
export type ImportedState = Pick<TrainerState, 'version' | 'predictions' | 'tested'> & {
  readonly checks: null;
};

export type CheckpointState = TrainerState | ImportedState;

/** Whether a trainer can go on from it. */
export const isTrainers = (state: CheckpointState): state is TrainerState => 'config' in state;

/** @throws StorageError `checkpoint-missing` of an imported run, which has predictions alone */
export function trainersState(state: CheckpointState): TrainerState {
  if (isTrainers(state)) return state;
  throw new StorageError('checkpoint-missing', { which: 'last' });
}
