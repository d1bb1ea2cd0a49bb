/** What comes in from files and links: a configuration for the next run, or an exported run to look at. */
import { create } from 'zustand';
import { runs } from '../../clients/shelf';
import { importClient } from '../../clients/workers';
import { ConfigError, StorageError, toWire, type WireError } from '../../core/errors/errors';
import {
  CONFIG_FILE_LIMIT,
  fileTooLarge,
  nearestPreset,
  readConfigFile,
  readShareLink,
} from '../../core/export/config-file';
import type { RunState } from '../../core/training/events';
import type { RunConfig } from '../../core/config/run-config';
import { useDraft } from '../draft';
import { untouched } from '../../core/run/record';
import { useLibrary } from './library';

/** Of an exported zip; the paper's model with both checkpoints has half a gigabyte. */
const ZIP_LIMIT = 4_000_000_000;

export interface ImportedRunSummary {
  readonly kind: 'run';
  readonly id: string;
  readonly name: string;
  /** As the file says; `stopped` where it does not say. */
  readonly state: RunState;
  readonly epochs: number;
  readonly steps: number;
  /** Files of the zip that were not read: weights, mostly. */
  readonly left: readonly string[];
  /**
   * Columns that are not known here and were not read, and what the files of an older version do not tell.
   */
  readonly unknown: readonly string[];
  readonly absent: readonly string[];
}

export type Imported = { readonly kind: 'configuration'; readonly config: RunConfig } | ImportedRunSummary;

export interface ExchangeState {
  /** The import dialog is open. */
  readonly open: boolean;
  readonly reading: boolean;
  readonly error: WireError | null;
  readonly show: (open: boolean) => void;
  /** @returns what it was; null where it was refused, and `error` says why */
  readonly readFile: (file: File) => Promise<Imported | null>;
  /** Takes over what the link says; single values that were refused become the draft's problems. */
  readonly readLink: (text: string) => Imported | null;
}

function takeOver(config: RunConfig): Imported {
  useDraft.setState({ config, preset: nearestPreset(config), problems: [] });
  return { kind: 'configuration', config };
}

async function importRun(file: Blob, name: string): Promise<Imported> {
  if (file.size > ZIP_LIMIT) throw fileTooLarge(file.size, ZIP_LIMIT);
  const id = crypto.randomUUID();
  try {
    const { epochs, steps, left, unknown, absent, corpus, ...record } = await importClient
      .connect()
      .call('run', { file, name, runId: id });
    const now = Date.now();
    await runs.put({
      ...untouched(record.config),
      ...record,
      id,
      packId: '',
      updatedAt: now,
      imported: { file: name.slice(0, 200), at: now, corpus },
    });
    await useLibrary.getState().refresh();
    return { kind: 'run', id, name: record.name, state: record.state, epochs, steps, left, unknown, absent };
  } catch (error) {
    // what was written before it failed; the failure itself is what to tell
    await runs.remove(id).catch(() => undefined);
    throw error;
  }
}

/** @throws StorageError `file-unreadable` */
const readable = <T>(read: Promise<T>): Promise<T> =>
  read.catch((error: unknown) => {
    throw new StorageError('file-unreadable', {}, error);
  });

/**
 * A zip by its first bytes, whatever its name says; a file of which the name alone says so is a damaged one.
 */
async function isZip(file: Blob, name: string): Promise<boolean> {
  const [a, b] = new Uint8Array(await readable(file.slice(0, 2).arrayBuffer()));
  return (a === 0x50 && b === 0x4b) || /\.zip$/i.test(name);
}

/**
 * @param name for a Blob that has none
 * @throws ConfigError or StorageError why it was refused
 */
export async function importFile(
  file: Blob,
  name = file instanceof File ? file.name : '',
): Promise<Imported> {
  if (await isZip(file, name)) return importRun(file, name || 'run.zip');
  if (/\.(csv|tsv|txt)$/i.test(name)) throw new ConfigError('table-alone', { name: name.slice(0, 100) });
  if (name !== '' && !/\.json$/i.test(name))
    throw new ConfigError('not-importable', { name: name.slice(0, 100) });
  if (file.size > CONFIG_FILE_LIMIT) throw fileTooLarge(file.size, CONFIG_FILE_LIMIT);
  return takeOver(readConfigFile(await readable(file.text())));
}

export const useExchange = create<ExchangeState>()((set) => ({
  open: false,
  reading: false,
  error: null,
  show: (open) => set({ open, error: null }),
  readFile: async (file) => {
    set({ reading: true, error: null });
    try {
      return await importFile(file);
    } catch (error) {
      set({ error: toWire(error) });
      return null;
    } finally {
      set({ reading: false });
    }
  },
  readLink: (text) => {
    try {
      const read = readShareLink(text);
      useDraft.setState(read);
      set({ error: null });
      return { kind: 'configuration', config: read.config };
    } catch (error) {
      set({ error: toWire(error) });
      return null;
    }
  },
}));
