/** A run as screens show it, and what is shown of one that has only a record. */
import type { WireError } from '../errors/errors';
import type { Adjustment } from '../training/adjustments';
import type { BackendReport, EpochRecord, LogEntry, RunState, StepRow } from '../training/events';
import type { RunConfig } from '../config/run-config';
import type { StrategyChoice, StrategySegment } from '../training/segments';
import type { StrategyOptions } from '../weighting/types';
import type { RunRecord } from './record';

/** A run as the Train screen shows it: live, or an old one opened from the library. */
export interface RunView {
  readonly id: string;
  readonly name: string;
  /**
   * With the strategy that acts now, its options as they are now; the stored record keeps what the run began
   * with.
   */
  readonly config: RunConfig;
  /** Which strategy acted when. */
  readonly segments: readonly StrategySegment[];
  /** The strategy that takes over with the next epoch. */
  readonly nextStrategy: StrategyChoice | null;
  /** The live options as controls show them: those that act, under what the user is setting. */
  readonly liveOptions: StrategyOptions;
  /** What was changed by hand while it went. */
  readonly adjustments: readonly Adjustment[];
  /**
   * Of a fork: the other run from the fork on, where it is still stored. Begins with the last epoch they
   * share; its steps are in `parentSeries`.
   */
  readonly parent: {
    readonly id: string;
    readonly name: string;
    readonly epochs: readonly EpochRecord[];
  } | null;
  /** Class names per task, in the order of config.tasks. */
  readonly classes: readonly (readonly string[])[];
  readonly state: RunState;
  /** True while a trainer works on it in this tab. */
  readonly live: boolean;
  /** What the user has asked for and the step under way keeps waiting. */
  readonly asked: 'pause' | 'stop' | null;
  readonly backend:
    | (Pick<BackendReport, 'software' | 'detail' | 'passedOver' | 'replaced' | 'avoided' | 'threads'> & {
        readonly id: string;
      })
    | null;
  readonly stepsPerEpoch: number;
  readonly lastStep: StepRow | null;
  /** When the trainer last told of a step, or began to work, by this page's clock; null before that. */
  readonly steppedAt: number | null;
  /** Grows with every batch of step rows; charts read the rows through `series`. */
  readonly stepRevision: number;
  readonly epochs: readonly EpochRecord[];
  readonly log: readonly LogEntry[];
  readonly memory: { readonly tensors: number; readonly bytes: number } | null;
  readonly checkpoints: { readonly best: CheckpointInfo | null; readonly last: CheckpointInfo | null };
  readonly error: WireError | null;
  /** It is finished and its test part has no scores yet: continued, it gets them. */
  readonly testDue: boolean;
  /** Read from a file: to look at. */
  readonly imported: boolean;
  /** How often the run has gone back to its last checkpoint by itself. */
  readonly recoveries: number;
  /** The try under way, from 1; null while nothing is being recovered. */
  readonly recovering: number | null;
  /** Smoothed. */
  readonly stepsPerSecond: number;
  readonly etaSeconds: number | null;
}

export interface CheckpointInfo {
  readonly step: number;
  readonly epoch: number;
  readonly bytes: number;
}

/** Of a record whose history has not been read. */
export function emptyView(from: RunRecord): RunView {
  return {
    id: from.id,
    name: from.name,
    config: from.config,
    classes: from.classes,
    state: from.state,
    live: false,
    asked: null,
    backend: from.backend ? { id: from.backend, software: from.backendSoftware, detail: '' } : null,
    stepsPerEpoch: 0,
    lastStep: null,
    steppedAt: null,
    stepRevision: 0,
    epochs: [],
    log: [],
    memory: null,
    checkpoints: { best: null, last: null },
    error: null,
    stepsPerSecond: 0,
    etaSeconds: null,
    testDue: false,
    imported: from.imported !== null,
    recoveries: from.recoveries,
    recovering: null,
    segments: from.segments,
    adjustments: from.adjustments,
    nextStrategy: from.nextStrategy,
    parent: null,
    liveOptions: from.config.strategy.options,
  };
}
