/** A run as it is stored: what is needed to list it, to show it and to go on with it. */
import { NOTHING_BY_HAND, type Adjustment, type ByHand } from '../training/adjustments';
import type { RunState } from '../training/events';
import type { RunConfig } from '../config/run-config';
import type { RunData } from '../training/run-data';
import { firstSegment, type StrategyChoice, type StrategySegment } from '../training/segments';
import type { UndoneSwitch } from './undone';

/** The stored form of a run; the page writes it. What an earlier version wrote is read by migrations/. */
export interface RunRecord {
  readonly version: 3;
  readonly id: string;
  readonly name: string;
  readonly config: RunConfig;
  readonly corpusId: string;
  readonly packId: string;
  /** Class names per task, in the order of config.tasks. */
  readonly classes: readonly (readonly string[])[];
  readonly createdAt: number;
  readonly updatedAt: number;
  /** As last heard; `running` without a live trainer means it was interrupted. */
  readonly state: RunState;
  readonly backend: string;
  readonly backendSoftware: boolean;
  readonly softwareVersion: string;
  /** What it trains and validates on. Null: it never began, or 0.1.0 did not keep it. */
  readonly data: RunData | null;
  /** How often it has gone back to its last checkpoint by itself. */
  readonly recoveries: number;
  /** Read from an exported zip: it has a history and predictions, but nothing to continue from. */
  readonly imported: {
    readonly file: string;
    readonly at: number;
    /** What the file says of its corpus, which this browser need not have. */
    readonly corpus: { readonly name: string; readonly utterances: number } | null;
  } | null;
  /** Which strategy acted when. */
  readonly segments: readonly StrategySegment[];
  /** The strategy that the user wants from the next epoch on. */
  readonly nextStrategy: StrategyChoice | null;
  /** Switches that a recovery undid and that are still to be made again, in order. */
  readonly undone: readonly UndoneSwitch[];
  /** What was changed by hand, step by step. */
  readonly adjustments: readonly Adjustment[];
  /** What the user last set, perhaps after the last checkpoint. */
  readonly byHand: ByHand;
  /** Options were changed by hand while it ran: it is more than its configuration. */
  readonly adjusted: boolean;
}

/** What a record says of a run to which nothing has happened yet. */
export const untouched = ({
  strategy,
}: RunConfig): Pick<
  RunRecord,
  | 'version'
  | 'data'
  | 'recoveries'
  | 'imported'
  | 'segments'
  | 'nextStrategy'
  | 'undone'
  | 'adjustments'
  | 'byHand'
  | 'adjusted'
> => ({
  version: 3,
  data: null,
  recoveries: 0,
  imported: null,
  segments: [firstSegment(strategy)],
  nextStrategy: null,
  undone: [],
  adjustments: [],
  byHand: NOTHING_BY_HAND,
  adjusted: false,
});
