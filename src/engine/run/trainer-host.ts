/**
 * What the training loop is given: the host that stores, draws and tells. The loop itself: trainer.ts.
 */
import type { Predictions, TrainerState } from '../../core/run/checkpoint';
import type { BackendReport, EpochRecord, LogEntry, StepRow, TrainerEvent } from '../../core/training/events';

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
   * @returns the record of the epoch they are of; null where there is no such checkpoint, or it was tested
   * before
   */
  readonly restoreBest?: () => Promise<EpochRecord | null>;
  /** Stores what was predicted of the test part with those weights, beside them. */
  readonly saveTested?: (tested: Predictions) => Promise<void>;
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
