/**
 * Computes the spectrograms that a feature pack lacks: keeps every worker of the pool busy, appends what
 * comes back, saves the index every so often, and goes on past bad files. Whatever ends it - done, cancelled,
 * disk full, folder gone - the index on disk names only what is wholly written, so that the next call
 * continues from there. Free of browser objects: files, workers and the database come in as functions.
 */
import type { Level } from '../../src/core/audio/level';
import {
  AudioError,
  CancelledError,
  ConfigError,
  PermissionLostError,
  asDetails,
  toWire,
  WorkerError,
} from '../../src/core/errors/errors';
import type {
  FeatureFailure,
  FeaturePoolContract,
  FeatureProgress,
} from '../../src/core/protocol/contracts/features';
import type { CancelSignal } from '../../src/core/progress';
import type { FeatureSetting } from '../../src/core/spectrogram/setting';
import { spectrogramBytes } from '../../src/storage/feature-packs';
import { checksumOf } from '../../src/storage/checksum';
import type { PackedAt, PackRecord } from '../../src/storage/schema';
import type { PackFile } from './pack-file';

type Computed = FeaturePoolContract['requests']['logMel']['result'];

export interface ExtractionTask {
  readonly packId: string;
  readonly corpusId: string;
  readonly setting: FeatureSetting;
  readonly utteranceIds: readonly string[];
  /** What is already there. */
  readonly previous: PackRecord | undefined;
  readonly file: PackFile;
  /** Utterances under way at a time. */
  readonly lanes: number;
  readonly compute: (utteranceId: string) => Promise<Computed>;
  readonly save: (record: PackRecord) => Promise<unknown>;
  readonly signal: CancelSignal;
  readonly progress: (value: FeatureProgress) => void;
  /** Milliseconds; spaces the progress messages. */
  readonly now: () => number;
}

export interface ExtractionResult {
  readonly record: PackRecord;
  /** The record's failures and those that may pass (a vanished file), which are tried again next time. */
  readonly failures: readonly FeatureFailure[];
  /** Spectrograms made by this call. */
  readonly computed: number;
}

const SAVE_EVERY = 200;
const PROGRESS_INTERVAL = 100;
/** So many workers may crash one after the other before the pool is given up. */
const MAX_CRASHES = 3;

/**
 * @throws CancelledError, PermissionLostError, StorageError `quota`, ConfigError, WorkerError - after saving
 * what is done
 */
export async function extractMissing(task: ExtractionTask): Promise<ExtractionResult> {
  const { file, utteranceIds, signal } = task;
  const pack = new PackIndex(task);
  const unusable = new Set(pack.failures.map(({ id }) => id));
  const wanted = [...new Set(utteranceIds)];
  const queue = wanted.filter((id) => !pack.has(id) && !unusable.has(id));
  const triedAgain = new Set<string>();
  /** What ends the extraction; the first one is thrown. */
  const fatal: unknown[] = [];
  let added = 0;
  const cached = wanted.filter((id) => pack.has(id)).length;
  let done = wanted.length - queue.length;
  let next = 0;
  let crashes = 0;
  let lastProgress = -Infinity;
  let saving: Promise<unknown> = Promise.resolve();

  const report = (current: string): void => {
    const now = task.now();
    if (now - lastProgress < PROGRESS_INTERVAL && done < wanted.length) return;
    lastProgress = now;
    task.progress({ done, total: wanted.length, cached, current });
  };
  const save = (): Promise<unknown> => {
    file.flush();
    const record = pack.record();
    saving = saving.then(() => task.save(record));
    return saving;
  };
  /** @returns whether the utterance is dealt with  @throws what must end the extraction */
  const fail = (id: string, error: unknown): boolean => {
    if (error instanceof PermissionLostError || error instanceof ConfigError) throw error;
    if (error instanceof WorkerError) {
      if (++crashes > MAX_CRASHES) throw error;
      // The worker had two files; the one that did not crash it succeeds when it is tried again.
      if (!triedAgain.has(id)) {
        triedAgain.add(id);
        queue.push(id);
        return false;
      }
    }
    const { code, ...values } = asDetails(toWire(error));
    (error instanceof AudioError ? pack.failures : pack.passing).push({ id, code: String(code), values });
    return true;
  };
  const one = async (id: string): Promise<void> => {
    const result = await task.compute(id).catch((error: unknown) => (fail(id, error) ? 'failed' : 'later'));
    if (result === 'later') return;
    if (result !== 'failed') {
      crashes = 0;
      const at = { offset: file.append(result.decibels), frames: result.frames };
      pack.add(id, { ...at, sum: checksumOf(result.decibels) }, result);
      if (++added % SAVE_EVERY === 0) await save();
    }
    done++;
    report(id);
  };
  const lane = async (): Promise<void> => {
    while (next < queue.length && fatal.length === 0 && !signal.aborted)
      await one(queue[next++]!).catch((error: unknown) => fatal.push(error));
  };

  // An index that points behind the end of the file must be gone before the first write there.
  if (pack.lost > 0) await save();
  if (file.size !== pack.bytes) file.cut(pack.bytes);
  report('');
  await Promise.all(Array.from({ length: task.lanes }, lane));
  if (queue.length > 0) await save().catch((error: unknown) => fatal.push(error));
  if (fatal.length > 0) throw fatal[0];
  if (signal.aborted && next < queue.length) throw new CancelledError('feature extraction');
  const record = pack.record();
  return { record, failures: [...record.failures, ...pack.passing], computed: added };
}

/** The index under construction. */
class PackIndex {
  readonly failures: FeatureFailure[];
  readonly passing: FeatureFailure[];
  private readonly records: Record<string, PackedAt> = {};
  private readonly levels: Record<string, Level> = {};
  private readonly warnings: FeatureFailure[];
  private readonly createdAt: number;
  /** Bytes of the file that the index accounts for. */
  bytes = 0;
  /** Spectrograms of the previous index that the file does not hold any more. */
  lost = 0;

  /**
   * Takes over from the previous index what the file really holds; it may have been cut or deleted meanwhile.
   */
  constructor(private readonly task: ExtractionTask) {
    const { previous, file } = task;
    for (const [id, at] of Object.entries(previous?.records ?? {})) {
      const end = at.offset + this.sizeOf(at.frames);
      if (end > file.size) {
        this.lost++;
        continue;
      }
      this.records[id] = at;
      const level = previous?.levels?.[id];
      if (level) this.levels[id] = level;
      this.bytes = Math.max(this.bytes, end);
    }
    this.failures = [...(previous?.failures ?? [])];
    const asked = new Set(task.utteranceIds);
    // What this call asks for is tried again.
    this.passing = (previous?.passing ?? []).filter(({ id }) => !asked.has(id));
    this.warnings = (previous?.warnings ?? []).filter(({ id }) => this.has(id));
    this.createdAt = previous?.createdAt ?? Date.now();
  }

  has(id: string): boolean {
    return Object.hasOwn(this.records, id);
  }

  add(id: string, at: PackedAt, { warnings, level }: Pick<Computed, 'warnings' | 'level'>): void {
    this.records[id] = at;
    this.levels[id] = level;
    this.bytes = at.offset + this.sizeOf(at.frames);
    this.warnings.push(...warnings.map((warning) => ({ id, ...warning })));
  }

  /** A snapshot. */
  record(): PackRecord {
    const { packId, corpusId, setting } = this.task;
    const { bytes, createdAt } = this;
    return {
      packId,
      corpusId,
      setting,
      bytes,
      createdAt,
      records: { ...this.records },
      warnings: [...this.warnings],
      failures: [...this.failures],
      passing: [...this.passing],
      levels: { ...this.levels },
    };
  }

  private sizeOf(frames: number): number {
    return spectrogramBytes(this.task.setting.nMels, frames);
  }
}
