/**
 * The configuration being edited. Always valid: an edit that does not fit is refused and told. Kept over a
 * reload, in localStorage; a link takes its place.
 */
import { create } from 'zustand';
import { toWire } from '../core/errors/errors';
import { draftText, incomplete, readDraft, type ReadDraft } from '../core/config/kept-draft';
import { fromQuery } from '../core/config/link';
import { PRESETS } from '../core/config/presets';
import { parseRunConfig } from '../core/config/parse';
import { keepsake } from './run/keepsake';
import type { DraftState } from './types';

const KEPT = 'equipoise-draft';

function begin(): ReadDraft & { readonly kept: boolean } {
  const text = keepsake.getItem(KEPT);
  const found = text === null ? null : readDraft(text);
  if (found) return { ...found, kept: true };
  return {
    config: parseRunConfig(PRESETS.compact),
    preset: 'compact',
    problems: text === null ? [] : [incomplete(null)],
    kept: false,
  };
}

export const useDraft = create<DraftState>()((set, get) => ({
  ...begin(),
  // Another run's configuration may be taken over, its past may not.
  set: (patch) => {
    try {
      const { exclude, ...config } = { ...get().config, ...patch };
      const some = exclude && exclude.length > 0 ? { exclude } : {};
      set({ config: parseRunConfig({ ...config, ...some, origin: null }), problems: [] });
    } catch (error) {
      set({ problems: [toWire(error)] });
    }
  },
  // The corpus is what the user has open, not part of a recipe, and so is what is left out of it.
  usePreset: (preset) => {
    const { corpus, exclude } = get().config;
    set({
      preset,
      config: parseRunConfig({ ...PRESETS[preset], corpus, ...(exclude ? { exclude } : {}) }),
      problems: [],
    });
  },
  applyLink: (query) => set(fromQuery(query)),
  dismissProblems: () => set({ problems: [] }),
}));

useDraft.subscribe(({ config, preset }, before) => {
  if (config !== before.config || preset !== before.preset)
    keepsake.setItem(KEPT, draftText({ config, preset }));
});
