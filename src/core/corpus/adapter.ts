/**
 * What a corpus adapter is: how a folder is recognised, read, and described by columns. One adapter is one
 * file in adapters/ and one line in adapters/registry.ts; docs/adding-a-corpus.md shows one.
 */
import type { Digest } from '../audio/content';
import type { DecodeCoded } from '../audio/sound';
import type { Progress } from '../progress';
import type { CancelSignal } from '../progress';
import type { CorpusDescription } from './description';
import type { TableMapping } from './tables/mapping';
import type { SampleChoice } from './sample';
import type { CorpusDirectory, CorpusManifest, Detection, ScanCounts } from './types';

export type { LabelScheme } from './description';

/** What is known of a folder without reading it whole: names, as far as they were listed. */
export interface Listing {
  /** Of the folder that was opened. */
  readonly name: string;
  /** Paths of files from that folder, hidden ones left out; not of all files below it. */
  readonly files: readonly string[];
  /** Paths of folders, without a trailing `/`. */
  readonly folders: readonly string[];
  /** The first 4096 bytes of a file, one character a byte; empty where it cannot be read. */
  readonly head: (path: string) => Promise<string>;
}

export interface ScanOptions {
  /**
   * Counts audio files once all are listed; before that `total` is 0, `done` the number of names listed so far
   * and `current` one of them.
   */
  readonly onProgress?: ((progress: Progress) => void) | undefined;
  readonly signal?: CancelSignal | undefined;
  /** What the user made of tables, by what is said of a table's header (tables/mapping.ts). */
  readonly mappings?: Readonly<Record<string, TableMapping>> | undefined;
  /** SHA-256, where there is a faster one than ours. */
  readonly digest?: Digest | undefined;
  /** Unpacks what is not WAV; without it such files are refused. */
  readonly decode?: DecodeCoded | undefined;
  /** What is read of a large corpus. Absent: all, or `large-corpus` where that is more than one reads unasked. */
  readonly sample?: SampleChoice | undefined;
}

/** What a scan finds. */
export type Scan = Pick<
  CorpusManifest,
  'fingerprint' | 'utterances' | 'problems' | 'described' | 'table' | 'sample'
> & {
  readonly sizesFingerprint: string;
  readonly found: ScanCounts;
};

export interface CorpusAdapter extends CorpusDescription {
  readonly id: string;
  /** A proper name, the same in every language. */
  readonly name: string;
  /** What folders and files are called that `detect` looks for; names alone read the same in every language. */
  readonly lookedFor: string;
  /** Made by the program: not among those that a folder may be read as by hand. */
  readonly builtIn?: true;
  /** @returns a score of 0 and no evidence for what is not this corpus */
  readonly detect: (listing: Listing) => Promise<Omit<Detection, 'adapter'>> | Omit<Detection, 'adapter'>;
  /**
   * Reads a folder. No bad file stops the rest: what is skipped, or kept with a reservation, is in `problems`.
   * @throws CorpusError for a folder without a usable utterance; PermissionLostError; CancelledError
   */
  readonly scan: (root: CorpusDirectory, options: ScanOptions) => Promise<Scan>;
  /** Labelled utterances of the full release by session, where a copy is to be compared with it. */
  readonly release?: readonly number[];
}
