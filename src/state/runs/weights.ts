/** Weights imported from files: reading a file in, the list of what is stored, and letting go of it. */
import { create } from 'zustand';
import { storedWeights } from '../../clients/shelf';
import { weightsClient } from '../../clients/workers';
import { toWire } from '../../core/errors/errors';
import { modelChoice } from '../../core/config/model-choice';
import { useCorpus } from '../corpus/corpus';
import { useDraft } from '../draft';
import { unlessBlocked } from './storage';
import type { WeightsState } from '../types';

export const useWeights = create<WeightsState>()((set, get) => ({
  loaded: false,
  importing: false,
  progress: null,
  entries: [],
  error: null,
  refresh: async () => {
    try {
      set({ entries: await storedWeights.list(), loaded: true });
    } catch (error) {
      set({ error: unlessBlocked(error) });
    }
  },
  importFile: async (file, name) => {
    set({ importing: true, progress: null, error: null });
    try {
      const choice = modelChoice(useDraft.getState().config, useCorpus.getState().manifest);
      const summary = await weightsClient
        .connect()
        .call('import', { file, name, choice }, { onProgress: (progress) => set({ progress }) });
      await get().refresh();
      return summary;
    } catch (error) {
      set({ error: toWire(error) });
      return null;
    } finally {
      set({ importing: false, progress: null });
    }
  },
  remove: async (id) => {
    set({ error: null });
    try {
      await weightsClient.connect().call('remove', { id });
      const { config, set: change } = useDraft.getState();
      if (config.initialWeights?.id === id) change({ initialWeights: null });
      await get().refresh();
    } catch (error) {
      set({ error: toWire(error) });
    }
  },
  dismissError: () => set({ error: null }),
}));
