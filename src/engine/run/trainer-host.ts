/**
 * What the training loop stands between: the state that makes a checkpoint complete, and the host that
 * stores, draws and tells. The loop itself: trainer.ts.
 */
import type { TaskCheck } from '../../core/tasks/metrics/measurable';
import type { ScheduleState } from '../../core/optim/schedule';
import type { Adjustment } from '../../core/training/adjustments';
import type { EarlyStopping } from '../../core/training/monitor/early-stopping';
import type { BackendReport, EpochRecord, LogEntry, StepRow, TrainerEvent } from '../../core/training/events';
import type { Instruments, RunConfig } from '../../core/config/run-config';
import type { StrategyChoice, StrategySegment } from '../../core/training/segments';
import type { TallyState } from '../../core/training/monitor/tally';
import type { StrategyId, StrategyOptions, StrategyState } from '../../core/weighting/types';

/** Validation predictions of the last pass, for the export. */
export interface Predictions {
  readonly ids: readonly string[];
  /** Per task, one entry an utterance: a class, or a number; null where there is no label. */
  readonly truth: readonly (readonly (number | null)[])[];
  readonly predicted: readonly (readonly number[])[];
  /** Softmax of the predicted class, rounded to four places; empty of a number. */
  readonly confidence: readonly (readonly number[])[];
}

/** Everything of a run that is not an array; JSON. With the arrays it is a complete checkpoint. */
export interface TrainerState {
  readonly version: 1;
  readonly config: RunConfig;
  readonly softwareVersion: string;
  readonly backend: string;
  /** 1-based epoch under way. */
  readonly epoch: number;
  /** Batches of it that are done. */
  readonly batch: number;
  readonly step: number;
  /** In force; absent in checkpoints from before it could change: then `config.strategy.id`. */
  readonly strategyId?: StrategyId;
  /** Of its formulas; absent in checkpoints of version 0.1.0, and where the formulas are the first. */
  readonly strategyVersion?: number;
  readonly strategyOptions: StrategyOptions;
  readonly strategyState: StrategyState;
  readonly segments?: readonly StrategySegment[];
  /** Takes over with the next epoch. */
  readonly next?: StrategyChoice | null;
  /**
   * As they measure now; absent in checkpoints from before they could be changed: then `config.instruments`.
   */
  readonly instruments?: Instruments;
  /** What was changed by hand up to here. */
  readonly adjustments?: readonly Adjustment[];
  /**
   * What of the tasks can be measured. Absent in checkpoints of version 0.1.0: everything counts, then as
   * now.
   */
  readonly checks?: readonly TaskCheck[];
  readonly early: EarlyStopping;
  /** What the schedule of the learning rate remembers; absent where it is constant. */
  readonly schedule?: ScheduleState;
  readonly tally: TallyState;
  readonly adamIterations: number;
  /** Whether the arrays hold averaged gradients of the strategy in force; otherwise they begin at zero. */
  readonly averages?: boolean;
  /**
   * Examples in memory at once; kept when the run goes on elsewhere, since batch norm sees them. Absent in
   * old checkpoints.
   */
  readonly microBatch?: number;
  /**
   * The strategy that `microBatch` was planned for, where a fork has put another in its place: whether it
   * fits is seen where the run goes on.
   */
  readonly replan?: StrategyChoice;
  readonly predictions: Predictions | null;
  readonly ended: 'finished' | 'stopped' | null;
}

/** An entry of the run's log before it has a place in it. */
export type Note = Pick<LogEntry, 'level' | 'code' | 'details'>;

export interface TrainerHost {
  readonly runId: string;
  readonly backend: BackendReport;
  readonly softwareVersion: string;
  readonly images: (ids: readonly string[], epoch: number | null) => Promise<Uint8Array>;
  readonly emit: (event: TrainerEvent) => void;
  /** Stores what the run has told since the last call. */
  readonly saveHistory: (rows: readonly StepRow[], epochs: readonly EpochRecord[]) => Promise<void>;
  readonly saveLog: (entries: readonly LogEntry[]) => Promise<void>;
  /** @param onPiece to be called now and then while it takes  @returns bytes written */
  readonly saveCheckpoint: (
    state: TrainerState,
    which: readonly ('best' | 'last')[],
    onPiece: () => void,
  ) => Promise<number>;
  /**
   * Puts the best checkpoint's weights into the network, for the test part. Absent: nothing is tested.
   * @returns the record of the epoch they are of; null where there is no such checkpoint
   */
  readonly restoreBest?: () => Promise<EpochRecord | null>;
  /** Announces that this is at work and will say so again within so many milliseconds; null: at rest. */
  readonly alive: (withinMs: number | null) => void;
  /** Lets messages in between two steps. */
  readonly breathe: () => Promise<void>;
  readonly memory: () => { readonly tensors: number; readonly bytes: number };
  readonly firstLogSeq: number;
  /**
   * What happened before the loop began and belongs in the log: a damaged checkpoint passed over, another
   * backend.
   */
  readonly notes: readonly Note[];
}
