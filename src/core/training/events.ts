/**
 * What a run reports while it goes and what is stored of it: step rows, epoch records, log entries.
 * Per-task arrays follow RunConfig.tasks.
 */
import type { BackendWords } from './backend-details';
import type { TaskMetrics } from '../tasks/metrics/types';
import type { Adjustment } from './adjustments';
import type { MemoryLimits } from './memory/memory-plan';
import type { BackendId, Instruments } from '../config/run-config';
import type { StrategyChoice, StrategySegment } from './segments';
import type { ErrorDetails, WireError } from '../errors/errors';
import type { GradientReading } from '../weighting/readings';
import type { Fallback } from '../weighting/types';

export type RunState = 'preparing' | 'running' | 'paused' | 'stopped' | 'finished' | 'failed';

export interface StepRow {
  /** 1-based count of optimiser steps since the run began. */
  readonly step: number;
  /** 1-based. */
  readonly epoch: number;
  readonly total: number;
  readonly losses: readonly number[];
  readonly nominal: readonly number[];
  readonly effective: readonly number[];
  /** Wall time of the step in ms, waiting for data included. */
  readonly ms: number;
  /** Of which waiting for data. */
  readonly waitMs: number;
  /**
   * Of which what strategy and instruments took beyond one forward and one backward pass; absent in old runs.
   */
  readonly extraMs?: number;
  /** What the strategy had to make up, if anything. */
  readonly fallback?: Fallback;
  /** Of the update, where the schedule is not constant. */
  readonly learningRate?: number;
  /** Measured gradients, in steps in which the instruments measure. */
  readonly gradients?: GradientReading;
}

export interface SideMetrics {
  /** The strategy's total at the mean task losses; NaN where one of them cannot be measured. */
  readonly total: number;
  readonly tasks: readonly TaskMetrics[];
}

export interface EpochRecord {
  /** 1-based. */
  readonly epoch: number;
  /** Steps done at its end. */
  readonly step: number;
  readonly seconds: number;
  readonly train: SideMetrics;
  readonly validation: SideMetrics;
  /** What the monitor read, and whether it is the best so far. */
  readonly monitored: number;
  /**
   * The monitored value has tasks in it that could not be measured: recorded by version 0.1.0. Set on
   * reading, never stored.
   */
  readonly countsAll?: boolean;
  readonly best: boolean;
  /** Mean over the epoch's steps. */
  readonly nominal: readonly number[];
  readonly effective: readonly number[];
  /**
   * Scores of the test part, of the best epoch's weights, added when the run is finished; absent in all other
   * epochs and where the split holds no test part out.
   */
  readonly test?: SideMetrics;
  /** The strategy that was in force at its end. Absent in records from before it could change. */
  readonly strategy?: StrategyChoice;
}

/** `code` is translated by the UI (`log.<code>`), `details` fill the sentence. */
export interface LogEntry {
  readonly seq: number;
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly level: 'info' | 'warning' | 'error';
  readonly code: string;
  readonly step: number;
  readonly details: Readonly<Record<string, string | number>>;
}

export interface BackendReport {
  readonly id: BackendId;
  readonly available: boolean;
  /** `webgpu` in software (SwiftShader, llvmpipe) is true; wasm and cpu are false: they never claim a GPU. */
  readonly software: boolean;
  /** Adapter description, or what is missing, in plain words. */
  readonly detail: string;
  /** The same by name, for other languages; absent where an adapter describes itself. */
  readonly said?: BackendWords;
  /** What a run may plan with; unknown where there is none. */
  readonly limits?: MemoryLimits;
  /** Of `auto`: the better backends that failed, and why. */
  readonly passedOver?: readonly { readonly id: BackendId; readonly error: WireError }[];
  /** Kernels that computed wrong numbers here and gave way to the backend's own. */
  readonly replaced?: readonly string[];
  /**
   * Variants of kernels that computed wrong numbers here, in whose place other variants run:
   * `kernel/variant`.
   */
  readonly avoided?: readonly string[];
  /** Of wasm, once it has been decided. */
  readonly threads?: ThreadReport;
  /** Of wasm: how many threads may be decided for; absent: one. */
  readonly mostThreads?: number;
}

/**
 * Why as many threads compute as do: they were measured to be faster, or not; the number was asked for; the
 * page may not share memory, or there is one processor; the threads failed.
 */
export type ThreadReason = 'faster' | 'no-gain' | 'pinned' | 'impossible' | 'failed';

export interface ThreadReport {
  readonly used: number;
  readonly reason: ThreadReason;
  /** What was measured: with so many threads (the best number tried), so many times the speed of one. */
  readonly measured?: { readonly threads: number; readonly gain: number };
  /** What failed: a reason of the catalogue (`why`) with its values, or the `message` of a browser. */
  readonly failure?: ErrorDetails;
}

/** Everything the trainer tells the page about a run, at most ten times a second. */
export type TrainerEvent =
  | {
      readonly kind: 'state';
      readonly runId: string;
      readonly state: RunState;
      readonly backend: BackendReport | null;
      readonly error: WireError | null;
    }
  /**
   * The run cannot go on in this worker; whether it goes back to its last checkpoint is the page's to decide.
   * Nothing follows.
   */
  | { readonly kind: 'fault'; readonly runId: string; readonly error: WireError }
  /**
   * The strategy in force with its options as they act now, the one that takes over with the next epoch, and
   * which acted when; how gradients are measured now, and what was changed by hand; at the start and after
   * each change.
   */
  | {
      readonly kind: 'strategy';
      readonly runId: string;
      readonly strategy: StrategyChoice;
      readonly next: StrategyChoice | null;
      readonly segments: readonly StrategySegment[];
      readonly instruments: Instruments;
      readonly adjustments: readonly Adjustment[];
    }
  | {
      readonly kind: 'steps';
      readonly runId: string;
      readonly rows: readonly StepRow[];
      readonly stepsPerEpoch: number;
    }
  | { readonly kind: 'epoch'; readonly runId: string; readonly record: EpochRecord }
  /** The run is finished, and its best epoch was scored on the test part. */
  | { readonly kind: 'test'; readonly runId: string; readonly epoch: number; readonly test: SideMetrics }
  | { readonly kind: 'log'; readonly runId: string; readonly entries: readonly LogEntry[] }
  | {
      readonly kind: 'checkpoint';
      readonly runId: string;
      readonly which: 'best' | 'last';
      readonly step: number;
      readonly epoch: number;
      readonly bytes: number;
    }
  /** Before the run begins: kernels are being measured on this adapter, so many shape classes of so many. */
  | {
      readonly kind: 'tuning';
      readonly runId: string;
      readonly done: number;
      readonly total: number;
      readonly kernel: string;
    }
  /**
   * Backends have been checked on this machine: the one that passed, and those that did not. Not about a run.
   */
  | {
      readonly kind: 'checked';
      readonly backend: BackendReport | null;
      readonly failed: NonNullable<BackendReport['passedOver']>;
    }
  | { readonly kind: 'memory'; readonly runId: string; readonly tensors: number; readonly bytes: number };
