/** What page and trainer say to each other; what the trainer tells of itself is a TrainerEvent. */
import type { Instruments, RunConfig } from '../../config/run-config';
import type { RangePoint, RangeResult, RateRange } from '../../optim/range-test';
import type { RunStarted } from '../../run/messages';
import type { Adjustment, ByHand } from '../../training/adjustments';
import type { BackendReport, EpochRecord, LogEntry, StepRow, TrainerEvent } from '../../training/events';
import type { RecoveryNote } from '../../training/recovery';
import type { StrategyChoice, StrategySegment } from '../../training/segments';
import type { StrategyOptions } from '../../weighting/types';

/** What the page knows of a run that begins and belongs in its log. */
export type StartNote = Pick<LogEntry, 'level' | 'code' | 'details'>;

export interface TrainerContract {
  readonly requests: {
    /**
     * A range test of a new network under this configuration; writes nothing. Cancelling ends it with the update
     * under way.
     */
    readonly rangeTest: {
      readonly payload: {
        readonly config: RunConfig;
        readonly packId: string;
        readonly samplers: number | null;
        readonly range: RateRange;
      };
      readonly result: RangeResult;
      readonly progress: RangePoint;
    };
    /** What can compute here; loads the engine. */
    readonly backends: { readonly payload: null; readonly result: readonly BackendReport[] };
    /**
     * `samplers`: workers that make the images; null for as many as the machine has cores to spare. No number
     * depends on it.
     * `tune`: whether kernels that were never measured on this adapter may be measured first.
     */
    readonly start: {
      readonly payload: {
        readonly runId: string;
        readonly config: RunConfig;
        readonly packId: string;
        readonly samplers: number | null;
        readonly tune: boolean;
        readonly paused: boolean;
        readonly pace?: number | null;
        readonly notes?: readonly StartNote[];
      };
      readonly result: RunStarted;
    };
    /**
     * Operations a second that one thread of this processor does at most in WebAssembly SIMD, measured; null
     * where there is none. Blocks the worker for a quarter of a second.
     */
    readonly peak: { readonly payload: null; readonly result: number | null };
    /**
     * From the stored checkpoint; `recovery` says what fault it gets over, null where the user asked for it;
     * `byHand` what was set after the checkpoint, `next` the strategy asked for after it: both act before the
     * first step.
     */
    readonly resume: {
      readonly payload: {
        readonly runId: string;
        readonly config: RunConfig;
        readonly packId: string;
        readonly which: 'best' | 'last';
        readonly samplers: number | null;
        readonly tune: boolean;
        readonly paused: boolean;
        readonly pace?: number | null;
        readonly recovery: RecoveryNote | null;
        readonly byHand?: ByHand | null;
        readonly next?: StrategyChoice | null;
        readonly notes?: readonly StartNote[];
      };
      readonly result: RunStarted;
    };
    /** Steps a second at most, for watching; null as fast as it goes. No number of the run depends on it. */
    readonly setPace: { readonly payload: { readonly stepsPerSecond: number | null }; readonly result: null };
    readonly play: { readonly payload: null; readonly result: null };
    /** Resolves when the step under way is done and a checkpoint is written. */
    readonly pause: { readonly payload: null; readonly result: null };
    /** One optimiser step, then paused. */
    readonly step: { readonly payload: null; readonly result: null };
    /** Ends the run for good; a checkpoint is written first. */
    readonly stop: { readonly payload: null; readonly result: null };
    /** Takes over with the next epoch, with a state of its own; null takes that back. @throws ConfigError */
    readonly switchStrategy: {
      readonly payload: { readonly strategy: StrategyChoice | null };
      readonly result: null;
    };
    /**
     * Makes a checkpoint of a stored run the beginning of another one, which `resume` then goes on with.
     * @returns its configuration with its origin, its segments, and what was changed by hand before
     */
    readonly fork: {
      readonly payload: {
        readonly from: string;
        readonly which: 'best' | 'last';
        readonly name: string;
        readonly runId: string;
        readonly config: RunConfig;
      };
      readonly result: {
        readonly config: RunConfig;
        readonly segments: readonly StrategySegment[];
        readonly adjustments: readonly Adjustment[];
      };
    };
    /**
     * Everything stored was deleted while the run goes: what the page has of its history is written again,
     * then a checkpoint.
     */
    readonly rewrite: {
      readonly payload: {
        readonly rows: readonly StepRow[];
        readonly epochs: readonly EpochRecord[];
        readonly log: readonly LogEntry[];
      };
      readonly result: null;
    };
    /**
     * Act from the next step on, where the segment that they are meant for (counted from 1) is still the
     * present one. @throws ConfigError
     */
    readonly setStrategyOptions: {
      readonly payload: { readonly options: StrategyOptions; readonly segment: number };
      readonly result: { readonly acting: boolean };
    };
    /** Measured so from the next step on; no number of the run depends on it. @throws ConfigError */
    readonly setInstruments: {
      readonly payload: { readonly instruments: Instruments };
      readonly result: null;
    };
  };
  readonly event: TrainerEvent;
}
