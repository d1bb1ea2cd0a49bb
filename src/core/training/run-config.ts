/**
 * RunConfig: the whole of a run as plain, versioned JSON. Same config and same corpus, same run.
 * Not here: validation and links (run-config-schema.ts), presets (presets.ts).
 */
import type { FeatureSetting } from '../spectrogram/setting';
import type { ArchitectureId } from '../model/types';
import type { GradientLevel, StrategyId, StrategyOptions } from '../weighting/types';
import type { TaskId } from './tasks';

export type BackendId = 'webgpu' | 'wasm' | 'cpu';

export type CorpusChoice =
  /** The built-in synthetic corpus; `difficulty` 0 (easy) .. 1 (hard). */
  | { readonly kind: 'demo'; readonly seed: number; readonly difficulty: number }
  /** A corpus folder that was opened; `id` is its manifest's fingerprint. */
  | { readonly kind: 'folder'; readonly id: string; readonly name: string };

export type SplitChoice =
  /** By utterance: the same speakers on both sides (needed to recognise speakers at all). */
  | { readonly kind: 'random'; readonly validationFraction: number }
  /** One session held out: other speakers, so the speaker task cannot be validated. */
  | { readonly kind: 'session'; readonly session: number };

export interface AdamOptions {
  readonly learningRate: number;
  readonly beta1: number;
  readonly beta2: number;
  readonly epsilon: number;
}

/**
 * How often the tasks' gradients are measured, and where. Measuring takes time and changes no number of the
 * run.
 */
export interface Instruments {
  /** Every so many steps, beginning with the first; 0: never. */
  readonly every: number;
  readonly gradients: GradientLevel;
}

/** What early stopping and "best" look at, on the validation side; lower is better. */
export type Monitor = 'sum-of-task-losses' | 'strategy-total';

/** Weights from a file. A configuration names them; they are stored by whoever imported the file. */
export interface InitialWeights {
  /** SHA-256 of the file, hex. */
  readonly id: string;
  readonly name: string;
}

/**
 * Where a forked run comes from: a checkpoint of another run, whose weights, moments and random streams it
 * goes on with.
 */
export interface Origin {
  readonly runId: string;
  /** Of that run, when it was forked. */
  readonly name: string;
  readonly which: 'best' | 'last';
  /** Steps done, and the 1-based epoch under way. */
  readonly step: number;
  readonly epoch: number;
}

export interface RunConfig {
  readonly version: 1;
  readonly corpus: CorpusChoice;
  /** Of the corpus' adapter. */
  readonly labelScheme: string;
  readonly split: SplitChoice;
  readonly features: FeatureSetting;
  readonly architecture: ArchitectureId;
  /** Multiplies every hidden width: 1 is the paper's model, 0.25 the compact one. */
  readonly width: number;
  /** Side of the square input image in pixels. */
  readonly inputSize: number;
  readonly tasks: readonly TaskId[];
  readonly strategy: {
    readonly id: StrategyId;
    readonly options: StrategyOptions;
    /**
     * Of its formulas (Strategy.version), written where a run begins; absent: 1, as in version 0.1.0 of the
     * program.
     */
    readonly version?: number;
  };
  /**
   * Scale the effective weights so that their absolute values sum to the number of tasks
   * (core/weighting/renormalise.ts).
   */
  readonly renormalise: boolean;
  readonly instruments: Instruments;
  readonly adam: AdamOptions;
  readonly batchSize: number;
  /**
   * Examples that are in memory at once; gradients of a batch's parts are added. null: as many as the memory
   * plan allows.
   */
  readonly microBatch: number | null;
  readonly epochs: number;
  /** Epochs without improvement before early stopping. */
  readonly patience: number;
  readonly monitor: Monitor;
  /** What the run starts from: imported weights, or new ones drawn with the seed. */
  readonly initialWeights: InitialWeights | null;
  /** null: from its own beginning. */
  readonly origin: Origin | null;
  /** 0..2^53-1; split, init, shuffle, dropout and sampler draw from separate streams of it. */
  readonly seed: number;
  /** `auto`: webgpu if there is a hardware adapter, else wasm, else cpu. */
  readonly backend: BackendId | 'auto';
}
