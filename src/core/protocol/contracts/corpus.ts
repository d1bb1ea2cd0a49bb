/**
 * What the page and the workers that read or make a corpus say to each other. Contracts are types only, one a
 * worker; rpc.ts carries them. FileSystemHandles and Files are cloned through as `unknown` in all of them,
 * because core knows no DOM: src/clients and workers/ agree on the concrete types.
 */
import type { ClassMap, PartOrigin } from '../../corpus/joined/joined';
import type { SampleChoice } from '../../corpus/sample';
import type { TableMapping } from '../../corpus/tables/mapping';
import type { Heard } from '../../audio/heard';
import type { GreyPicture } from '../../augment/preview';
import type { CorpusManifest, Utterance } from '../../corpus/types';
import type { Progress } from '../../progress';
import type { FeatureSetting } from '../../spectrogram/setting';

/** A folder: a FileSystemDirectoryHandle, or a list of Files with `webkitRelativePath`. */
export type FolderSource =
  | { readonly kind: 'handle'; readonly handle: unknown }
  | { readonly kind: 'files'; readonly files: unknown }
  /** A zip file: a File. */
  | { readonly kind: 'zip'; readonly file: unknown }
  /** The demo corpus, already written to the origin's private file system under this name. */
  | { readonly kind: 'demo'; readonly directory: string }
  /** A joined corpus: where each part is, by its name; null of a folder that is not connected. */
  | { readonly kind: 'joined'; readonly parts: Readonly<Record<string, FolderSource | null>> };

/** A stored corpus that is to be joined, and what becomes of its values; absent: what is suggested. */
export interface JoinRequest {
  readonly origin: PartOrigin;
  readonly id: string;
  readonly classOf?: ClassMap | undefined;
}

/** A recording to be played, with its log-mel spectrogram; null where the setting does not fit it. */
export interface HeardUtterance extends Heard {
  readonly picture: GreyPicture | null;
}

/** Scans a folder into a manifest and stores it (store `corpora`); reads one of its recordings to be played. */
export interface CorpusContract {
  readonly requests: {
    /** Fails where the file is not what the scan saw. */
    readonly listen: {
      readonly payload: {
        readonly source: FolderSource;
        readonly utterance: Utterance;
        readonly setting: FeatureSetting;
        /** Of the waveform. */
        readonly columns: number;
      };
      readonly result: HeardUtterance;
    };
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
    /** Joins corpora that are stored, and stores the result under this name. */
    readonly join: {
      readonly payload: { readonly name: string; readonly parts: readonly JoinRequest[] };
      readonly result: CorpusManifest;
      readonly progress: never;
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
