/** What comes in from files and links: a configuration for the next run, or an exported run to look at. */
import { create } from 'zustand';
import { runs } from '../clients/shelf';
import { importClient } from '../clients/workers';
import { ConfigError, toWire, type WireError } from '../core/errors/errors';
import { CONFIG_FILE_LIMIT, fileTooLarge, nearestPreset, readConfigFile, readShareLink } from '../core/export/config-file';
import type { RunConfig } from '../core/training/run-config';
import { useDraft } from './draft';
import { useLibrary } from './library';

/** Of an exported zip; the paper's model with both checkpoints has half a gigabyte. */
const ZIP_LIMIT = 4_000_000_000;

export type Imported = { readonly kind: 'configuration' } | { readonly kind: 'run'; readonly name: string };

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
  return { kind: 'configuration' };
}

async function importRun(file: File): Promise<Imported> {
  if (file.size > ZIP_LIMIT) throw fileTooLarge(file.size, ZIP_LIMIT);
  const id = crypto.randomUUID();
  try {
    const { epochs: _epochs, left: _left, name, corpusId, ...record } = await importClient.connect().call('run', { file, name: file.name, runId: id });
    await runs.put({
      ...record, id, name, corpusId, packId: '', updatedAt: Date.now(), state: 'stopped', backendSoftware: false, imported: { file: file.name.slice(0, 200), at: Date.now() },
    });
    await useLibrary.getState().refresh();
    return { kind: 'run', name };
  } catch (error) {
    await runs.remove(id).catch(() => undefined); // what was written before it failed; the failure itself is what to tell
    throw error;
  }
}

export const useExchange = create<ExchangeState>()((set) => ({
  open: false, reading: false, error: null,
  show: (open) => set({ open, error: null }),
  readFile: async (file) => {
    set({ reading: true, error: null });
    try {
      if (/\.zip$/i.test(file.name)) return await importRun(file);
      if (!/\.json$/i.test(file.name)) throw new ConfigError('not-importable', `“${file.name}” is neither a configuration nor an exported run.`, 'Choose a file that this workbench saved.', { name: file.name.slice(0, 100) });
      if (file.size > CONFIG_FILE_LIMIT) throw fileTooLarge(file.size, CONFIG_FILE_LIMIT);
      return takeOver(readConfigFile(await file.text()));
    } catch (error) {
      set({ error: toWire(error) });
      return null;
    } finally {
      set({ reading: false });
    }
  },
  readLink: (text) => {
    try {
      useDraft.setState(readShareLink(text));
      set({ error: null });
      return { kind: 'configuration' };
    } catch (error) {
      set({ error: toWire(error) });
      return null;
    }
  },
}));
