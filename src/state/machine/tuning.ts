/** What the autotuner found: read from storage, and forgotten there and in the worker that uses it. */
import { create } from 'zustand';
import { tuning } from '../../clients/shelf';
import { trainerClient } from '../../clients/workers';
import { EquipoiseError } from '../../core/errors/errors';
import { useRun } from '../run/run';
import { unlessBlocked } from '../runs/storage';
import type { TuningState } from '../types';

export const useTuning = create<TuningState>()((set) => {
  const attempt = async (work: () => Promise<unknown>): Promise<void> => {
    try {
      await work();
      set({ entries: await tuning.list(), error: null });
    } catch (error) {
      set({ error: unlessBlocked(error) });
    }
  };
  return {
    entries: null,
    error: null,
    refresh: () => attempt(async () => undefined),
    reset: () =>
      attempt(async () => {
        const { trained, starting } = useRun.getState();
        if (trained?.live || starting) throw new EquipoiseError('busy');
        await tuning.clear();
        // It keeps the winners it has read; the next one has none.
        trainerClient.end();
      }),
  };
});
