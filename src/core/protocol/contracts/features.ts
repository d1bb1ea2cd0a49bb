/** What page, features worker, its pool and the samplers say to each other. */
import type { AudioWarning } from '../../audio/warning';
import type { Level } from '../../audio/level';
import type { AugmentationPreview, FeaturePreview } from '../../augment/preview';
import type { AugmentationChoice } from '../../augment/registry';
import type { Scanned } from '../../corpus/as-scanned';
import type { AlikeReport } from '../../preflight/alike';
import type { Progress } from '../../progress';
import type { FeatureSetting } from '../../spectrogram/setting';
import type { FolderSource } from './corpus';

export interface FeatureFailure {
  readonly id: string;
  readonly code: string;
  /** Of the sentence that the code stands for. */
  readonly values?: Readonly<Record<string, string | number>>;
  /** The words of an error that has none here; of packs before 0.3.0 always, in English. */
  readonly detail?: string;
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

/** A pack as a list shows it. */
export interface CachedFeatures {
  readonly packId: string;
  /** Of the corpus; null: the corpus itself is not known here any more. */
  readonly corpus: string | null;
  readonly setting: FeatureSetting;
  readonly utterances: number;
  readonly bytes: number;
  /** The index names more than the file holds; what is missing is computed anew when it is needed. */
  readonly cut: boolean;
  /** Milliseconds since 1970. */
  readonly createdAt: number;
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
    /** Which recordings of a pack are nearly the same; null where there is no pack that can be read. */
    readonly alike: {
      readonly payload: { readonly corpusId: string; readonly setting: FeatureSetting };
      readonly result: AlikeReport | null;
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
    /** Every pack that is stored, of whichever corpus, the newest first. */
    readonly caches: { readonly payload: null; readonly result: readonly CachedFeatures[] };
    /** Deletes one; refused while a run is under way, and waited for while it is written. */
    readonly deleteCache: { readonly payload: { readonly packId: string }; readonly result: null };
    /** What a setting makes of one recording; nothing is stored. Its sound is kept for the next setting. */
    readonly preview: {
      readonly payload: {
        readonly source: FolderSource;
        readonly corpusId: string;
        readonly utteranceId: string;
        readonly setting: FeatureSetting;
        readonly augmentations: readonly AugmentationChoice[];
        readonly seed: number;
        readonly draw: number;
        readonly inputSize: number;
      };
      readonly result: FeaturePreview;
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
        readonly warnings: readonly AudioWarning[];
        readonly level: Level;
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
