/**
 * What every corpus adapter takes and gives: a folder as a tree of entries in, a manifest of
 * utterances and a report of everything that was skipped out. Pure data; it may be cloned and stored.
 */
import type { Problem } from '../errors/problem';
import type { Votes } from './votes';
import type { CorpusDescription } from './description';
import type { Joined } from './joined/joined';
import type { TableReport } from './tables/describe';
import type { SampleNote } from './sample';

/** A file as an adapter sees it. `bytes` may throw (revoked permission, vanished file). */
export interface CorpusFile {
  readonly kind: 'file';
  readonly name: string;
  size(): Promise<number>;
  /** Bytes `start` (included) to `end` (excluded); fewer when the file is shorter. */
  bytes(start: number, end: number): Promise<Uint8Array>;
}

export interface CorpusDirectory {
  readonly kind: 'directory';
  readonly name: string;
  /**
   * All direct children, hidden ones included; in any order.
   * @param seen is called now and then while a large folder is listed, with the number of children so far and
   * the last one's name; what it throws ends the listing
   */
  entries(seen?: (count: number, name: string) => void): Promise<readonly CorpusEntry[]>;
}

export type CorpusEntry = CorpusFile | CorpusDirectory;

export type Gender = 'female' | 'male';

/** What a corpus says of one thing about a recording; null: nothing. */
export type LabelValue = string | number | null;

/** One labelled recording whose audio header could be read. */
export interface Utterance {
  /** As the corpus names it: `Ses01F_impro01_M003`. Unique in the manifest. */
  readonly id: string;
  /** `/`-separated path of the audio from the folder that was opened. */
  readonly path: string;
  readonly sampleRate: number;
  /** Samples per channel. */
  readonly frames: number;
  /** Of a recording with more than one. Absent: it has one, or nobody looked (manifests of 0.2.0 and before). */
  readonly channels?: number;
  /**
   * Where it begins in its file, in samples per channel: the utterance is a part of the file. Absent: it is the
   * whole file.
   */
  readonly firstFrame?: number;
  /**
   * What its samples are (audio/content.ts): equal for equal sound. Absent in manifests of 0.1.0, which
   * looked at sizes only.
   */
  readonly content?: string;
  /** What can be learnt, by column of the adapter, in the corpus' own values: `emotion: 'ang'`, `age: 31`. */
  readonly labels: Readonly<Record<string, LabelValue>>;
  /** What is said in it, where the corpus tells. */
  readonly text?: string;
  /** What listeners chose, by column of labels, where the corpus tells. */
  readonly votes?: Readonly<Record<string, Votes>>;
  /** The numbers that single listeners gave, by column of labels, where the corpus tells; who gave none is missing. */
  readonly ratings?: Readonly<Record<string, readonly number[]>>;
  /** What it belongs to, by column: `speaker`, `session`, `dialog`; a column may be missing. */
  readonly groups: Readonly<Record<string, string>>;
}

/** Why an adapter takes a folder for its own; the words for a key are the page's (`evidence`). */
export interface Evidence {
  readonly key: string;
  readonly values?: Readonly<Record<string, string | number>>;
}

/** What one adapter says of a folder. */
export interface Detection {
  /** Id of the adapter. */
  readonly adapter: string;
  /** 0 (not this corpus) .. 1 (beyond doubt). */
  readonly score: number;
  readonly evidence: readonly Evidence[];
}

export interface CorpusManifest {
  readonly version: 2;
  /** Id of the adapter that read it (adapters/registry.ts). */
  readonly adapter: string;
  /** What every adapter said, highest score first. Absent in manifests of version 1. */
  readonly detected?: readonly Detection[];
  /** Columns, groups and schemes of its own, in place of the adapter's. */
  readonly described?: CorpusDescription;
  /** The table that describes it, and how it is mapped. */
  readonly table?: TableReport;
  /** What it is made of, where corpora were joined. */
  readonly joined?: Joined;
  /** The user chose the adapter, whatever was detected. */
  readonly byHand?: true;
  /**
   * Hash of ids, labels, contents: the same copy gives the same fingerprint wherever it lies, other sound
   * another one.
   */
  readonly fingerprint: string;
  /**
   * The fingerprint that 0.1.0 gave it: ids, labels and file sizes, whatever the sound. Runs of that version
   * name their corpus so. Absent in its own manifests.
   */
  readonly sizesFingerprint?: string;
  readonly utterances: readonly Utterance[];
  readonly problems: readonly Problem[];
  /** Absent where the corpus was read whole. */
  readonly sample?: SampleNote;
  /** Absent in manifests of 0.1.0, where nobody counted. */
  readonly found?: ScanCounts;
}

/** What was found, before anything was left out. */
export interface ScanCounts {
  /** Well-formed label lines: used, bad-utterance-id, duplicate-id, missing-audio, unreadable-audio. */
  readonly labels: number;
  /** Audio files: used, unreadable-audio, unlabelled-audio, duplicate-audio. */
  readonly audio: number;
  /**
   * The same by the session in the utterances' names, in order; each utterance counts once, and only if its
   * name is one of the corpus'. Empty where a corpus has no sessions.
   */
  readonly sessions: readonly SessionCounts[];
}

export interface SessionCounts {
  /** 1-based. */
  readonly session: number;
  readonly labels: number;
  readonly audio: number;
  /** Labels that have audio, readable or not. */
  readonly both: number;
}
