/**
 * The IndexedDB database: its stores, their records and migrations. Every store has one writer (in brackets).
 * Big arrays do not live here but in the private file system (features) or in chunks below 64 MiB
 * (checkpoints).
 */
import { openDB, type DBSchema, type IDBPDatabase, type StoreNames } from 'idb';
import type { Level } from '../core/audio/level';
import type { TuningRecord } from '../core/bench/tuning';
import type { ManifestV1 } from '../core/corpus/manifest-versions';
import type { SampleChoice } from '../core/corpus/sample';
import type { CorpusManifest } from '../core/corpus/types';
import type { AlikeReport } from '../core/preflight/alike';
import type { ModelChoice } from '../core/model/architectures';
import type { FeatureSetting } from '../core/spectrogram/setting';
import type { FeatureFailure } from '../core/protocol/contracts/features';
import type { CheckpointState } from '../core/run/checkpoint';
import type { RunRecord } from '../core/run/record';
import type { EpochRecord, LogEntry, StepRow } from '../core/training/events';
import type { QueueItem } from '../core/training/sweep';
import type { StoredTensors } from './chunks';

export type { RunRecord };

/** As whatever version wrote it: read through runs.ts. */
export type StoredRun = Pick<RunRecord, 'id' | 'config' | 'createdAt'>;

/** A corpus folder that was opened once. [the page] */
export interface FolderRecord {
  /** The manifest's fingerprint. */
  readonly id: string;
  readonly name: string;
  /** Of the folder or the zip file; null where the browser gave files but no handle (webkitdirectory). */
  readonly handle: FileSystemDirectoryHandle | FileSystemFileHandle | null;
  readonly openedAt: number;
  /** What 0.1.0 called it: its configurations name it so. Absent in its own records, whose `id` it is. */
  readonly sizesId?: string;
  /** The adapter that the user chose for it. Absent: whichever fits. */
  readonly adapter?: string;
  /** What is read of it, where it is a large corpus and the user was asked. */
  readonly sample?: SampleChoice;
  /** Of joined corpora, which lie in no folder: what their parts are called. */
  readonly joined?: readonly string[];
}

/** [the corpus worker] */
export interface CorpusRecord {
  readonly id: string;
  readonly name: string;
  readonly manifest: CorpusManifest;
  readonly scannedAt: number;
}

/** As whatever version wrote it: read through corpora.ts. */
export type StoredCorpus = Omit<CorpusRecord, 'manifest'> & {
  readonly manifest: CorpusManifest | ManifestV1;
};

/** One spectrogram of a pack. */
export interface PackedAt {
  readonly offset: number;
  readonly frames: number;
  /** checksum.ts; absent: written before there was one. */
  readonly sum?: number;
}

/** Where each utterance's log-mel spectrogram lies in `features/<packId>.bin`. [the features worker] */
export interface PackRecord {
  readonly packId: string;
  readonly corpusId: string;
  readonly setting: FeatureSetting;
  /** Byte offset of float32 [nMels][frames], rows from low to high frequency. */
  readonly records: Readonly<Record<string, PackedAt>>;
  readonly warnings: readonly FeatureFailure[];
  readonly failures: readonly FeatureFailure[];
  /**
   * What could not be read the last time it was tried, and may be another time: vanished, changed since the
   * scan. Absent: of 0.1.0, which did not keep it.
   */
  readonly passing?: readonly FeatureFailure[];
  /** Which of them are nearly the same; absent until that was looked for, and after more were added. */
  readonly alike?: AlikeReport;
  /** Level of each utterance's sound. Absent in packs from before it was measured, and of what they held. */
  readonly levels?: Readonly<Record<string, Level>>;
  readonly bytes: number;
  readonly createdAt: number;
  /**
   * Of a joined corpus, whose spectrograms lie in its parts' packs: these, by the part's name. It has no file, no
   * records and no bytes of its own: {@link feature-packs.ts packIndex} composes them as they are.
   */
  readonly parts?: Readonly<Record<string, string>>;
}

/** A block of step rows. [the trainer] */
export interface StepBlock {
  /** Absent in version 1; read through migrations/. */
  readonly version?: number;
  readonly runId: string;
  readonly firstStep: number;
  readonly rows: readonly StepRow[];
}

/** As whatever version wrote it: read through history.ts. [the trainer] */
export type StoredEpoch = EpochRecord & { readonly runId: string; readonly version?: number };

/** [the trainer] */
export interface CheckpointManifest {
  readonly version: 2;
  readonly runId: string;
  readonly which: 'best' | 'last';
  /** Names this checkpoint's chunks. */
  readonly checkpointId: string;
  readonly step: number;
  readonly epoch: number;
  readonly createdAt: number;
  readonly bytes: number;
  /** Of every chunk but the last. */
  readonly chunkBytes: number;
  /** SHA-256 of each chunk, hex. */
  readonly checksums: readonly string[];
  readonly tensors: readonly {
    readonly name: string;
    readonly shape: readonly number[];
    readonly offset: number;
    readonly length: number;
  }[];
  /** Everything that is not an array. */
  readonly state: CheckpointState;
}

/** As whatever version wrote it: read through checkpoints.ts. */
export type StoredCheckpoint = Omit<CheckpointManifest, 'state' | 'version' | 'chunkBytes'> & {
  readonly state: unknown;
};

/** Weights imported from a safetensors file. [the weights worker] */
export interface WeightsRecord {
  /** SHA-256 of the file, hex. */
  readonly id: string;
  /** The file's name when it was last imported. */
  readonly name: string;
  readonly importedAt: number;
  /** Of the file. */
  readonly bytes: number;
  /** The model they belong to; where the shapes allow several input sizes, one of them. */
  readonly model: ModelChoice;
  /** Class names by task, where the file tells them. */
  readonly classes: readonly (readonly [task: string, names: readonly string[]])[];
  /** Arrays that were not float32. */
  readonly converted: number;
  /** Something was taken off the names. */
  readonly prefixed: boolean;
  /** What it was. Absent in records from before anything but `module.` was. */
  readonly prefix?: string;
  /** Names the chunks. */
  readonly chunksId: string;
  readonly storedBytes: number;
  /** Absent in version 1; read through migrations/. */
  readonly version?: number;
  readonly chunkBytes?: number;
  readonly checksums: readonly string[];
  /** In PyTorch's names and shapes. */
  readonly tensors: StoredTensors['tensors'];
}

/** A piece of a checkpoint or of imported weights. [the writer of what names it] */
export interface CheckpointChunk {
  readonly checkpointId: string;
  readonly index: number;
  readonly bytes: ArrayBuffer;
}

export interface Schema extends DBSchema {
  settings: { key: string; value: unknown };
  folders: { key: string; value: FolderRecord };
  corpora: { key: string; value: StoredCorpus };
  packs: { key: string; value: PackRecord };
  runs: { key: string; value: StoredRun; indexes: { createdAt: number } };
  steps: { key: [string, number]; value: StepBlock };
  epochs: { key: [string, number]; value: StoredEpoch };
  log: { key: [string, number]; value: LogEntry & { readonly runId: string } };
  checkpoints: { key: [string, string]; value: StoredCheckpoint };
  chunks: { key: [string, number]; value: CheckpointChunk };
  weights: { key: string; value: WeightsRecord };
  /** Runs to be made. [the page] */
  queue: { key: string; value: QueueItem };
  /** [the trainer; the page may empty it] */
  tuning: { key: [string, string, string]; value: TuningRecord };
}

export type Database = IDBPDatabase<Schema>;

export const DATABASE_NAME = 'equipoise';
export const DATABASE_VERSION = 4;

/** The part of a database that migrations use: IndexedDB's, or the store in memory (memory/records.ts). */
interface Migrated {
  createObjectStore(
    name: StoreNames<Schema>,
    options?: { keyPath: string | string[] },
  ): { createIndex(name: 'createdAt', path: string): unknown };
}

/** Makes the stores that a database of `oldVersion` lacks; 0: all of them. */
export function migrate(db: Migrated, oldVersion: number): void {
  if (oldVersion < 1) {
    db.createObjectStore('settings');
    db.createObjectStore('folders', { keyPath: 'id' });
    db.createObjectStore('corpora', { keyPath: 'id' });
    db.createObjectStore('packs', { keyPath: 'packId' });
    db.createObjectStore('runs', { keyPath: 'id' }).createIndex('createdAt', 'createdAt');
    db.createObjectStore('steps', { keyPath: ['runId', 'firstStep'] });
    db.createObjectStore('epochs', { keyPath: ['runId', 'epoch'] });
    db.createObjectStore('log', { keyPath: ['runId', 'seq'] });
    db.createObjectStore('checkpoints', { keyPath: ['runId', 'which'] });
    db.createObjectStore('chunks', { keyPath: ['checkpointId', 'index'] });
  }
  if (oldVersion < 2) db.createObjectStore('weights', { keyPath: 'id' });
  if (oldVersion < 3) db.createObjectStore('tuning', { keyPath: ['adapter', 'kernel', 'shape'] });
  if (oldVersion < 4) db.createObjectStore('queue', { keyPath: 'id' });
}

/**
 * Opens the database, creating or migrating it. Realms do so through their one Connection (connection.ts).
 * @param closed called when the browser closed it, or another tab needed it closed @throws rejects, also
 * where the browser throws at once
 */
export async function openDatabase(closed: () => void = () => undefined): Promise<Database> {
  return openDB<Schema>(DATABASE_NAME, DATABASE_VERSION, {
    upgrade: (db, oldVersion) => migrate(db, oldVersion),
    blocking(_current, _blocked, event) {
      // Another tab has a newer version of the page, or deletes the database; step aside rather than block
      // it.
      (event.target as IDBDatabase | null)?.close();
      closed();
    },
    terminated: closed,
  });
}
