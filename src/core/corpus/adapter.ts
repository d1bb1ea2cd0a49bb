/**
 * What a corpus adapter is: how a folder is recognised, read, and described by columns. One adapter is one
 * file in adapters/ and one line in adapters/registry.ts; docs/adding-a-corpus.md shows one.
 */
import type { Digest } from '../audio/content';
import type { Progress } from '../progress';
import type { CancelSignal } from '../progress';
import type { CorpusDirectory, CorpusManifest, Detection, ScanCounts } from './types';

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
  /** Counts audio files once all are listed; before that `total` is 0 and `current` names what is listed. */
  readonly onProgress?: ((progress: Progress) => void) | undefined;
  readonly signal?: CancelSignal | undefined;
  /** SHA-256, where there is a faster one than ours. */
  readonly digest?: Digest | undefined;
}

/** What a scan finds. */
export type Scan = Pick<CorpusManifest, 'fingerprint' | 'utterances' | 'problems'> & {
  readonly sizesFingerprint: string;
  readonly found: ScanCounts;
};

/** A column of labels. */
export interface ColumnSpec {
  readonly id: string;
  readonly kind: 'classes' | 'number';
  /** Class names in order of index; absent: the values that occur in what the scheme uses, sorted. */
  readonly classes?: readonly string[];
}

/** Which of a column's values become which class; what has none is left out of the corpus. */
export interface LabelScheme {
  readonly id: string;
  readonly column: string;
  /** Class names in order of index. */
  readonly classes: readonly string[];
  /** Class of each value that is used. */
  readonly classOf: Readonly<Record<string, string>>;
}

/** A column of groups. */
export interface GroupSpec {
  readonly id: string;
  /** Whether a split may hold one of its values out. */
  readonly holdOut: boolean;
  /** Whether a value on both sides of a split flatters the validation: a voice or a text learnt by heart. */
  readonly leaks: boolean;
  /** The Data screen counts by it. */
  readonly counted?: true;
  /** Its values in the full corpus: what a split offers while no copy is open. */
  readonly usual?: readonly string[];
}

export interface CorpusAdapter {
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
  /** The first one is taken where a configuration names another corpus' scheme. */
  readonly schemes: readonly [LabelScheme, ...LabelScheme[]];
  /** In the order in which they are shown. */
  readonly columns: readonly ColumnSpec[];
  readonly groups: readonly GroupSpec[];
  /** Labelled utterances of the full release by session, where a copy is to be compared with it. */
  readonly release?: readonly number[];
}
