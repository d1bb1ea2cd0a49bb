/**
 * `window.equipoise`: the workbench for scripts. The same stores as the screens use, nothing else; documented in
 * docs/automation.md. What is here is a promise: a change of meaning raises `version`.
 */
import { trainerClient } from '../clients/workers';
import { CancelledError, fromWire, type WireError } from '../core/errors/errors';
import type { BackendReport, EpochRecord, RunState, StepRow, TrainerEvent } from '../core/training/events';
import type { RunConfig } from '../core/training/run-config';
import { parseRunConfig } from '../core/training/run-config-schema';
import { useBackends } from './backends';
import { useDraft } from './draft';
import { useLibrary } from './library';
import { runSeries, useRun } from './run';
import type { LibraryEntry } from './types';

export interface RunSummary {
  readonly id: string;
  readonly state: RunState;
  readonly backend: string;
  readonly software: boolean;
  readonly config: RunConfig;
  readonly epochs: readonly EpochRecord[];
  readonly steps: readonly StepRow[];
  readonly error: WireError | null;
}

export interface PageApi {
  readonly version: 1;
  /** Starts a run of the draft with these changes and resolves when it is over. @throws the error that ended it before its first step */
  readonly run: (change?: Partial<RunConfig>) => Promise<RunSummary>;
  /** Continues a stored run and resolves when it is over. */
  readonly resume: (id: string) => Promise<RunSummary>;
  readonly pause: () => Promise<void>;
  readonly runs: () => Promise<readonly LibraryEntry[]>;
  /** The run's zip. */
  readonly exportRun: (id: string) => Promise<Blob>;
  readonly backends: () => Promise<readonly BackendReport[]>;
  /** @returns the function that unsubscribes */
  readonly on: <K extends TrainerEvent['kind']>(kind: K, listener: (event: TrainerEvent & { readonly kind: K }) => void) => () => void;
}

const ENDED: readonly RunState[] = ['finished', 'stopped', 'failed'];

function over(id: string): Promise<RunSummary> {
  return new Promise((resolve) => {
    const look = (): boolean => {
      const { view } = useRun.getState();
      if (!view || view.id !== id || view.live || !ENDED.includes(view.state)) return false;
      resolve({
        id, state: view.state, backend: view.backend?.id ?? '', software: view.backend?.software ?? false, config: view.config,
        epochs: view.epochs, steps: runSeries().rows(Number.MAX_SAFE_INTEGER), error: view.error,
      });
      return true;
    };
    if (look()) return;
    const off = useRun.subscribe(() => { if (look()) off(); });
  });
}

/** @throws what the store holds, as the class it was */
function raise(error: WireError | null): void {
  if (error) throw fromWire(error);
}

export const pageApi: PageApi = {
  version: 1,
  run: async (change = {}) => {
    const id = await useRun.getState().start(parseRunConfig({ ...useDraft.getState().config, ...change }));
    raise(id ? null : useRun.getState().error);
    if (!id) throw new CancelledError('run');
    return over(id);
  },
  resume: async (id) => {
    await useRun.getState().resume(id);
    raise(useRun.getState().error);
    return over(id);
  },
  pause: () => useRun.getState().pause(),
  runs: async () => {
    await useLibrary.getState().refresh();
    return useLibrary.getState().entries;
  },
  exportRun: async (id) => {
    const file = await useLibrary.getState().exportZip(id);
    if (!file) raise(useLibrary.getState().error);
    return file!.blob;
  },
  backends: async () => {
    await useBackends.getState().probe();
    return useBackends.getState().reports;
  },
  on: (kind, listener) => {
    const handle = (event: TrainerEvent): void => { if (event.kind === kind) listener(event as Parameters<typeof listener>[0]); };
    return trainerClient.on(handle);
  },
};

declare global {
  interface Window {
    readonly equipoise: PageApi;
  }
}

/** Puts the API on the window; once, by the page's entry. */
export function publishPageApi(): void {
  Object.defineProperty(window, 'equipoise', { value: pageApi, writable: false });
}
