/** Utterances that the next run leaves out: what is chosen on the Data screen goes into the configuration. */
import { useMemo } from 'react';
import { exclusionOf, type Exclusion } from '../../core/corpus/exclusion';
import { useDraft } from '../draft';
import { useCorpus } from './corpus';

const current = (): readonly string[] => useDraft.getState().config.exclude ?? [];

/** Adds to those that are left out; too many are refused, and the draft tells. */
export const exclude = (ids: readonly string[]): void =>
  useDraft.getState().set({ exclude: [...current(), ...ids] });

/** Takes some back in. */
export function include(ids: readonly string[]): void {
  const back = new Set(ids);
  useDraft.getState().set({ exclude: current().filter((id) => !back.has(id)) });
}

/** Of the open corpus: which of the list it has, and which it has not. */
export function useExclusion(): Exclusion {
  const manifest = useCorpus((s) => s.manifest);
  const excluded = useDraft((s) => s.config.exclude);
  return useMemo(
    () => (manifest ? exclusionOf(manifest, excluded) : { found: [], unknown: [] }),
    [manifest, excluded],
  );
}
