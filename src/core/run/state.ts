/**
 * Everything known of the run that is trained here, or was last, in one value. The stored record is its
 * serialisation (`recordOf`), what screens show a selector (`viewOf`); what changes it is reduce.ts.
 */
import type { WireError } from '../errors/errors';
import type { ByHand } from '../training/adjustments';
import { NO_TRIES, type Tries } from '../training/recovery';
import type { RunConfig } from '../config/run-config';
import { testIsDue } from '../training/monitor/tested';
import type { StrategyChoice } from '../training/segments';
import { NOTHING_SET, optionsShown, type LiveOptions, type SegmentRef } from './live-options';
import type { RunRecord } from './record';
import type { UndoneSwitch } from './undone';
import type { RunView } from './view';

/** What the user last wanted of the run. */
export type Wish = 'run' | 'pause' | 'stop';

/** Getting over faults: docs/reliability.md. */
export interface Recovering {
  readonly tries: Tries;
  /** A fault is being got over; until then commands wait. */
  readonly active: boolean;
  /** The try under way, from 1. */
  readonly attempt: number | null;
  /** The fault that this try gets over. */
  readonly over: WireError | null;
  /** What happened since the run was last under way and is not in its log. */
  readonly unlogged: readonly WireError[];
  /** The worker is being ended, or its failure is told to whoever called it: its faults are nobody's. */
  readonly deaf: boolean;
  /** Changes when a recovery under way is no longer wanted. */
  readonly turn: number;
}

const UNDISTURBED: Recovering = {
  tries: NO_TRIES,
  active: false,
  attempt: null,
  over: null,
  unlogged: [],
  deaf: false,
  turn: 0,
};

type Shown = Omit<RunView, 'config' | 'nextStrategy' | 'recovering' | 'imported' | 'liveOptions' | 'testDue'>;
type Stored = Pick<
  RunRecord,
  'config' | 'corpusId' | 'packId' | 'createdAt' | 'softwareVersion' | 'data' | 'imported' | 'adjusted'
>;

/** `config` is what the run began with. */
export interface Run extends Shown, Stored {
  /** The features that the trainer reads. */
  readonly pack: string;
  /** The configuration as it acts now: the strategy with its options and the instruments are the trainer's. */
  readonly acting: RunConfig;
  /** The strategy for the next epoch: as the user wants it, as the trainer has it, as a resumed one was told. */
  readonly next: Readonly<Record<'wanted' | 'told' | 'sent', StrategyChoice | null>>;
  /** Switches that a recovery undid, still to be made again. */
  readonly undone: readonly UndoneSwitch[];
  /** What the user last set, perhaps after the last checkpoint. */
  readonly byHand: ByHand;
  /** What the user is setting. */
  readonly setting: LiveOptions;
  readonly wish: Wish;
  readonly recovery: Recovering;
}

export interface TakenUp {
  readonly pack: string;
  readonly wish: Wish;
  readonly byHand: ByHand;
  readonly wanted: StrategyChoice | null;
  readonly undone: readonly UndoneSwitch[];
}

/**
 * The run of a record that a trainer is about to work on. @param view what is stored of its history
 */
export function runOf(record: RunRecord, view: RunView, taken: TakenUp): Run {
  const {
    config,
    nextStrategy,
    recovering: _none,
    imported: _shown,
    liveOptions: _acting,
    testDue: _due,
    ...shown
  } = view;
  const { corpusId, packId, createdAt, softwareVersion, data, imported, adjusted } = record;
  return {
    ...shown,
    config: record.config,
    corpusId,
    packId,
    createdAt,
    softwareVersion,
    data,
    imported,
    adjusted,
    pack: taken.pack,
    acting: config,
    next: { wanted: taken.wanted, told: nextStrategy, sent: null },
    undone: taken.undone,
    byHand: taken.byHand,
    setting: NOTHING_SET,
    wish: taken.wish,
    recovery: UNDISTURBED,
  };
}

/** Which segment live options are set for now. */
export const segmentOf = ({ id, segments }: Run): SegmentRef => ({ runId: id, segment: segments.length });

export const isRecovering = (run: Run | null): boolean => run?.recovery.active === true;

/** @param now milliseconds since the epoch */
export function recordOf(run: Run, now: number): RunRecord {
  const { id, name, config, corpusId, packId, classes, createdAt, state, backend, softwareVersion } = run;
  const { data, recoveries, imported, segments, next, undone, adjustments, byHand, adjusted } = run;
  return {
    version: 3,
    id,
    name,
    config,
    corpusId,
    packId,
    classes,
    createdAt,
    updatedAt: now,
    state,
    backend: backend?.id ?? '',
    backendSoftware: backend?.software ?? false,
    softwareVersion,
    data,
    recoveries,
    imported,
    segments,
    nextStrategy: next.told ?? next.wanted,
    undone,
    adjustments,
    byHand,
    adjusted,
  };
}

export function viewOf(run: Run): RunView {
  return {
    id: run.id,
    name: run.name,
    config: run.acting,
    segments: run.segments,
    nextStrategy: run.next.told,
    liveOptions: optionsShown(run.setting, segmentOf(run), run.acting.strategy.options),
    adjustments: run.adjustments,
    parent: run.parent,
    classes: run.classes,
    state: run.state,
    live: run.live,
    asked: run.asked,
    backend: run.backend,
    stepsPerEpoch: run.stepsPerEpoch,
    lastStep: run.lastStep,
    steppedAt: run.steppedAt,
    stepRevision: run.stepRevision,
    epochs: run.epochs,
    log: run.log,
    memory: run.memory,
    checkpoints: run.checkpoints,
    error: run.error,
    testDue: !run.imported && testIsDue(run.state, run.data, run.epochs),
    imported: run.imported !== null,
    recoveries: run.recoveries,
    recovering: run.recovery.attempt,
    stepsPerSecond: run.stepsPerSecond,
    etaSeconds: run.etaSeconds,
  };
}
