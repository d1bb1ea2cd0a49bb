/** The configuration being edited. Always valid: an edit that does not fit is refused and told. */
import { create } from 'zustand';
import { toWire } from '../core/errors/errors';
import { fromQuery } from '../core/training/link';
import { PRESETS } from '../core/training/presets';
import { parseRunConfig } from '../core/training/run-config-schema';
import type { DraftState } from './types';

export const useDraft = create<DraftState>()((set, get) => ({
  config: parseRunConfig(PRESETS.compact),
  preset: 'compact',
  problems: [],
  // Another run's configuration may be taken over, its past may not.
  set: (patch) => {
    try {
      set({ config: parseRunConfig({ ...get().config, ...patch, origin: null }), problems: [] });
    } catch (error) {
      set({ problems: [toWire(error)] });
    }
  },
  // The corpus is what the user has open, not part of a recipe.
  usePreset: (preset) => set({ preset, config: parseRunConfig({ ...PRESETS[preset], corpus: get().config.corpus }), problems: [] }),
  applyLink: (query) => set(fromQuery(query)),
  dismissProblems: () => set({ problems: [] }),
}));
