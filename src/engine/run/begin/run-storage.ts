/**
 * What a run needs of storage, as the engine sees it: the worker provides it (workers/lib/run-storage.ts), a
 * test keeps it in memory.
 */
import type { CorpusManifest } from '../../../core/corpus/types';
import type { EpochRecord, LogEntry, StepRow } from '../../../core/training/events';
import type { Features, RunData } from '../../../core/training/run-data';
import type { NamedShape } from '../../../core/weights/match';
import type { TensorPieces } from '../../../storage/chunks';
import type { NamedArray } from '../../network/network';
import type { Predictions, TrainerState } from '../../../core/run/checkpoint';

export type Which = 'best' | 'last';

export interface StoredCheckpoint {
  readonly which: Which;
  /** Optimiser steps done. */
  readonly step: number;
  readonly state: TrainerState;
  /** Reads its arrays; throws StorageError `checkpoint-damaged` where a chunk is missing or changed. */
  readonly tensors: () => AsyncIterable<TensorPieces> | Iterable<TensorPieces>;
}

/** Weights that were imported from a file. */
export interface ImportedWeights {
  readonly id: string;
  readonly name: string;
  /** Class names by task, where the file tells them. */
  readonly classes: readonly (readonly [task: string, names: readonly string[]])[];
  readonly shapes: readonly NamedShape[];
  /** Throws StorageError `weights-damaged`. */
  readonly arrays: () => AsyncIterable<NamedArray>;
}

export interface RunStorage {
  /** @returns null where the features or their corpus are no longer stored */
  readonly features: (
    packId: string,
  ) => Promise<{ readonly pack: Features; readonly manifest: CorpusManifest } | null>;
  /** @returns what the run's record says that it began with; null of a run that never began */
  readonly data: (runId: string) => Promise<RunData | null>;
  /** At most one of each kind. */
  readonly checkpoints: (runId: string) => Promise<readonly StoredCheckpoint[]>;
  readonly epochs: (runId: string) => Promise<readonly EpochRecord[]>;
  readonly weights: (id: string) => Promise<ImportedWeights | null>;
  /** Removes steps and epochs after this step, and what an interrupted checkpoint left. */
  readonly cutAfter: (runId: string, step: number) => Promise<void>;
  readonly nextLogSeq: (runId: string) => Promise<number>;
  readonly saveHistory: (
    runId: string,
    rows: readonly StepRow[],
    epochs: readonly EpochRecord[],
  ) => Promise<void>;
  readonly saveLog: (runId: string, entries: readonly LogEntry[]) => Promise<void>;
  /** Puts the predictions of the test part beside the best checkpoint's weights, which they are of. */
  readonly saveTested: (runId: string, tested: Predictions) => Promise<void>;
  /** @returns bytes written */
  readonly saveCheckpoint: (
    runId: string,
    state: TrainerState,
    tensors: Iterable<TensorPieces>,
    kinds: readonly Which[],
  ) => Promise<number>;
}
