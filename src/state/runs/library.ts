/** The runs that are stored: list, rename, delete, export. */
import { create } from 'zustand';
import { deleteFeatureCaches, isRunning, runs, storageUsage } from '../../clients/shelf';
import { exportClient } from '../../clients/workers';
import { EquipoiseError, toWire } from '../../core/errors/errors';
import { testIsDue } from '../../core/training/monitor/tested';
import { useFeatures } from '../corpus/features';
import { useRun } from '../run/run';
import { unlessBlocked } from './storage';
import type { LibraryEntry, LibraryState } from '../types';

async function entries(): Promise<readonly LibraryEntry[]> {
  return Promise.all(
    (await runs.list()).map(async (record): Promise<LibraryEntry> => {
      const [facts, running] = await Promise.all([runs.facts(record.id), isRunning(record.id)]);
      const interrupted = !running && (record.state === 'running' || record.state === 'preparing');
      return {
        ...record,
        state: interrupted ? 'paused' : record.state,
        epochsDone: facts.epochs.length,
        stepsDone: facts.steps,
        best: facts.epochs.findLast(({ best }) => best) ?? null,
        last: facts.epochs.at(-1) ?? null,
        canContinue:
          !running &&
          !record.imported &&
          (record.state !== 'finished' || testIsDue(record.state, record.data, facts.epochs)),
        // Best and last may share their chunks.
        bytes: [
          ...new Map(facts.manifests.map((manifest) => [manifest.checkpointId, manifest.bytes])).values(),
        ].reduce((sum, bytes) => sum + bytes, 0),
      };
    }),
  );
}

/** How long a deleted run can be had back. */
export const UNDO_SECONDS = 10;
const timers = new Map<string, ReturnType<typeof setTimeout>>();

export const useLibrary = create<LibraryState>()((set, get) => {
  const attempt = async (work: () => Promise<unknown>): Promise<void> => {
    try {
      await work();
      set({ status: 'ready', error: null });
    } catch (error) {
      const told = unlessBlocked(error);
      set({ error: told, ...(told ? {} : { status: 'ready' as const }) });
    }
  };
  const refresh = async (): Promise<void> => {
    const [all, usage] = await Promise.all([entries(), storageUsage()]);
    set(({ removing }) => ({
      entries: all.filter(({ id }) => !removing.some(({ runId }) => runId === id)),
      usage,
    }));
  };
  const forget = (runId: string): void => {
    clearTimeout(timers.get(runId));
    timers.delete(runId);
    set(({ removing }) => ({ removing: removing.filter((one) => one.runId !== runId) }));
  };
  return {
    status: 'loading',
    entries: [],
    error: null,
    usage: null,
    removing: [],
    refresh: () => attempt(refresh),
    rename: (runId, name) =>
      attempt(async () => {
        // The store of the run writes its record as long as it goes.
        if (!(await useRun.getState().rename(runId, name))) {
          const record = await runs.get(runId);
          if (record) await runs.put({ ...record, name });
        }
        await refresh();
      }),
    remove: (runId) =>
      attempt(async () => {
        if (await isRunning(runId)) throw new EquipoiseError('busy');
        await runs.remove(runId);
        if (useRun.getState().view?.id === runId) useRun.getState().close();
        await refresh();
      }),
    removeSoon: (runId) => {
      const entry = get().entries.find(({ id }) => id === runId);
      if (!entry) return;
      set(({ removing, entries: shown }) => ({
        removing: [...removing, { runId, name: entry.name }],
        entries: shown.filter(({ id }) => id !== runId),
      }));
      // If it fails - the run was begun again meanwhile - it stands in the list again, with the reason.
      timers.set(
        runId,
        setTimeout(
          () =>
            void get()
              .remove(runId)
              .finally(() => {
                forget(runId);
                void refresh();
              }),
          UNDO_SECONDS * 1000,
        ),
      );
    },
    undoRemove: (runId) => {
      forget(runId);
      void attempt(refresh);
    },
    exportZip: async (runId) => {
      try {
        const { name, blob } = await exportClient.connect().call('zip', { runId });
        return { name, blob: blob as Blob };
      } catch (error) {
        set({ error: toWire(error) });
        return null;
      }
    },
    deleteCaches: () =>
      attempt(async () => {
        if (useRun.getState().trained?.live || useFeatures.getState().status === 'running')
          throw new EquipoiseError('busy');
        await deleteFeatureCaches();
        await refresh();
      }),
  };
});
