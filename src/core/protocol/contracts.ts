/**
 * What page and workers say to each other, one contract a worker. Types only; rpc.ts carries them.
 * FileSystemHandles and Files are cloned through as `unknown` here, because core knows no DOM:
 * src/clients and workers/ agree on the concrete types.
 */
import type { AugmentationPreview } from '../augment/preview';
import type { AugmentationChoice } from '../augment/registry';
import type { BenchCase, Preset } from '../bench/cases';
import type { Recorded } from '../bench/line';
import type { PairComparison } from '../compare/on-utterances';
import type { StepCurves } from '../compare/over-steps';
import type { SeedAnswer, SeedQuestion } from '../compare/over-seeds';
import type { Scanned } from '../corpus/as-scanned';
import type { SampleChoice } from '../corpus/sample';
import type { TableMapping } from '../corpus/tables/mapping';
import type { CorpusManifest } from '../corpus/types';
import type { WireError } from '../errors/errors';
import type { ModelChoice } from '../model/architectures';
import type { Progress } from '../progress';
import type { RangePoint, RangeResult, RateRange } from '../optim/range-test';
import type { RunStarted } from '../run/messages';
import type { FeatureSetting } from '../spectrogram/setting';
import type { Adjustment, ByHand } from '../training/adjustments';
import type {
  BackendReport,
  EpochRecord,
  LogEntry,
  RunState,
  StepRow,
  TrainerEvent,
} from '../training/events';
import type { RecoveryNote } from '../training/recovery';
import type { BackendId, Instruments, RunConfig } from '../config/run-config';
import type { RunData } from '../training/run-data';
import type { StrategyChoice, StrategySegment } from '../training/segments';
import type { StrategyOptions } from '../weighting/types';

/** A folder: a FileSystemDirectoryHandle, or a list of Files with `webkitRelativePath`. */
export type FolderSource =
  | { readonly kind: 'handle'; readonly handle: unknown }
  | { readonly kind: 'files'; readonly files: unknown }
  /** The demo corpus, already written to the origin's private file system under this name. */
  | { readonly kind: 'demo'; readonly directory: string };

/** Scans a folder into a manifest and stores it (store `corpora`). */
export interface CorpusContract {
  readonly requests: {
    readonly scan: {
      readonly payload: {
        readonly source: FolderSource;
        readonly name: string;
        /** Id of the adapter that is to read it; null: whichever fits. */
        readonly adapter: string | null;
        /** What the user made of tables, by their headers (core/corpus/tables/mapping.ts). */
        readonly mappings?: Readonly<Record<string, TableMapping>>;
        /** What is read of a large corpus; null: nobody was asked yet. */
        readonly sample: SampleChoice | null;
      };
      readonly result: CorpusManifest;
      readonly progress: Progress;
    };
  };
  readonly event: never;
}

/** Writes the demo corpus into the private file system; a no-op when it is there already. */
export interface SynthContract {
  readonly requests: {
    readonly make: {
      readonly payload: { readonly seed: number; readonly difficulty: number };
      readonly result: {
        readonly directory: string;
        readonly utterances: number;
        readonly ms: number;
        readonly cached: boolean;
      };
      readonly progress: Progress;
    };
  };
  readonly event: never;
}

export interface FeatureFailure {
  readonly id: string;
  readonly code: string;
  readonly detail: string;
}

export interface FeatureSummary {
  readonly packId: string;
  readonly utterances: number;
  /** Of which computed by this call; the others were in the cache. */
  readonly computed: number;
  /** Read with a warning (truncated). */
  readonly warnings: readonly FeatureFailure[];
  /** Left out. */
  readonly failures: readonly FeatureFailure[];
  readonly bytes: number;
  readonly ms: number;
  readonly cached: boolean;
}

export interface FeatureProgress extends Progress {
  /** Of `total`, those that were in the cache before. */
  readonly cached: number;
}

/** Coordinates the feature pool and owns the feature packs. */
export interface FeaturesContract {
  readonly requests: {
    readonly extract: {
      /** `fresh`: what is cached of this corpus and setting is thrown away first. */
      readonly payload: {
        readonly source: FolderSource;
        readonly corpusId: string;
        readonly utteranceIds: readonly string[];
        readonly setting: FeatureSetting;
        readonly workers: number;
        readonly fresh?: boolean;
      };
      readonly result: FeatureSummary;
      readonly progress: FeatureProgress;
    };
    /** Whether a complete pack for these utterances is cached. */
    readonly has: {
      readonly payload: {
        readonly corpusId: string;
        readonly setting: FeatureSetting;
        readonly utteranceIds: readonly string[];
      };
      readonly result: boolean;
    };
    /** What augmentations do to an utterance whose features are cached; `draw` stands for an epoch. */
    readonly augment: {
      readonly payload: {
        readonly packId: string;
        readonly utteranceId: string;
        readonly partnerId: string;
        readonly augmentations: readonly AugmentationChoice[];
        readonly seed: number;
        readonly draw: number;
      };
      readonly result: AugmentationPreview;
    };
  };
  readonly event: never;
}

/** One worker of the feature pool: a file in, a log-mel spectrogram out. */
export interface FeaturePoolContract {
  readonly requests: {
    readonly logMel: {
      /** `file` is a File or a FileSystemFileHandle; `scanned`: what it must still be. */
      readonly payload: {
        readonly file: unknown;
        readonly scanned: Scanned;
        readonly setting: FeatureSetting;
      };
      readonly result: {
        readonly decibels: Float32Array<ArrayBuffer>;
        readonly frames: number;
        readonly warnings: readonly string[];
      };
    };
  };
  readonly event: never;
}

/** One worker of the sampler pool: model images out of a feature pack. */
export interface SamplerContract {
  readonly requests: {
    readonly open: {
      readonly payload: {
        readonly packId: string;
        readonly inputSize: number;
        readonly seed: number;
        readonly augmentations: readonly AugmentationChoice[];
      };
      readonly result: null;
    };
    /**
     * Grey-level images, `count` x size x size, in the order of `utteranceIds`. `epoch` null: the fixed
     * validation draw.
     */
    readonly sample: {
      readonly payload: { readonly utteranceIds: readonly string[]; readonly epoch: number | null };
      readonly result: Uint8Array<ArrayBuffer>;
    };
  };
  readonly event: never;
}

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

/** Imported weights as the page sees them. */
export interface WeightsSummary {
  /** SHA-256 of the file, hex. */
  readonly id: string;
  readonly name: string;
  /** Size of the file. */
  readonly bytes: number;
  readonly arrays: number;
  /** The model they belong to; where the shapes allow several input sizes, one of them. */
  readonly model: ModelChoice;
  /** Class names by task, where the file tells them. */
  readonly classes: readonly (readonly [task: string, names: readonly string[]])[];
  /** Arrays that were converted to float32. */
  readonly converted: number;
  /** Something was taken off the names, and what: `module.`, `_orig_mod.`; empty where nothing was. */
  readonly prefixed: boolean;
  readonly prefix: string;
  readonly importedAt: number;
}

/** Reads safetensors files and owns the store `weights`. */
export interface WeightsContract {
  readonly requests: {
    readonly import: {
      /**
       * `file` is a Blob; `choice` is the model at hand, against which a file of no model of ours is
       * compared.
       */
      readonly payload: { readonly file: unknown; readonly name: string; readonly choice: ModelChoice };
      readonly result: WeightsSummary;
      readonly progress: Progress;
    };
    readonly remove: { readonly payload: { readonly id: string }; readonly result: null };
  };
  readonly event: never;
}

/** Packs a stored run into a zip, off the page's thread. */
export interface ExportContract {
  readonly requests: {
    readonly zip: {
      readonly payload: { readonly runId: string };
      readonly result: { readonly name: string; readonly blob: unknown };
    };
  };
  readonly event: never;
}

/** What an imported run's record is made of. */
export interface ImportedSummary {
  readonly name: string;
  readonly config: RunConfig;
  readonly classes: readonly (readonly string[])[];
  readonly createdAt: number;
  readonly backend: string;
  readonly backendSoftware: boolean;
  readonly softwareVersion: string;
  readonly state: RunState;
  readonly recoveries: number;
  readonly adjusted: boolean;
  readonly corpusId: string;
  readonly corpus: { readonly name: string; readonly utterances: number };
  readonly data: RunData | null;
  readonly segments: readonly StrategySegment[];
  readonly adjustments: readonly Adjustment[];
  readonly epochs: number;
  readonly steps: number;
  /**
   * Columns that are not known here and were not read, and what the files of an older version do not tell.
   */
  readonly unknown: readonly string[];
  readonly absent: readonly string[];
  /** Files of the zip that were not read: weights, mostly. */
  readonly left: readonly string[];
}

/** Reads exported runs; writer of what belongs to imported runs. */
export interface ImportContract {
  readonly requests: {
    /** `file` is a Blob. Stores history and predictions under `runId`; the record is the page's to write. */
    readonly run: {
      readonly payload: { readonly file: unknown; readonly name: string; readonly runId: string };
      readonly result: ImportedSummary;
    };
  };
  readonly event: never;
}

/** Which predictions of two runs are compared: of the validation side at that checkpoint, or of the test part. */
export type PairedOn = 'best' | 'last' | 'test';

/** Tests of stored runs, off the page's thread: the bootstrap takes its time. */
export interface StatsContract {
  readonly requests: {
    readonly pair: {
      readonly payload: {
        readonly first: string;
        readonly second: string;
        readonly on: PairedOn;
      };
      readonly result: PairComparison;
    };
    /** Curves over the steps of stored runs, each of so many points at most. */
    readonly steps: {
      readonly payload: { readonly runIds: readonly string[]; readonly points: number };
      readonly result: readonly StepCurves[];
    };
    readonly seeds: {
      readonly payload: { readonly questions: readonly SeedQuestion[] };
      readonly result: readonly SeedAnswer[];
    };
  };
  readonly event: never;
}

export interface BenchProgress extends Progress {
  readonly backend: BackendId;
  /** A finished case; null when `current` begins. */
  readonly line: Recorded | null;
}

/** A backend of ours that could not be used, and why. */
export interface BenchFailure {
  readonly backend: BackendId;
  readonly error: WireError;
}

export interface BenchResult {
  readonly lines: readonly Recorded[];
  readonly failures: readonly BenchFailure[];
}

/** Measures this machine: our engine beside TensorFlow.js as shipped, case by case. */
export interface BenchContract {
  readonly requests: {
    /** `machine`: what the user calls this machine; empty for what the browser tells. */
    readonly run: {
      readonly payload: {
        readonly preset: Preset;
        readonly backends: readonly BackendId[];
        readonly machine: string;
      };
      readonly result: BenchResult;
      readonly progress: BenchProgress;
    };
  };
  readonly event: never;
}

/**
 * TensorFlow.js as shipped, in a worker of its own: nested in the one that measures. One backend, one case at
 * a time.
 */
export interface BenchShippedContract {
  readonly requests: {
    readonly open: { readonly payload: { readonly backend: BackendId }; readonly result: null };
    readonly prepare: { readonly payload: { readonly benchCase: BenchCase }; readonly result: null };
    /** Milliseconds of `count` runs together. */
    readonly time: { readonly payload: { readonly count: number }; readonly result: number };
    readonly release: { readonly payload: null; readonly result: null };
  };
  readonly event: never;
}
