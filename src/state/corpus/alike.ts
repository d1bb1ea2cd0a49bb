/** Near-identical recordings of the open corpus: known once its spectrograms are cached. */
import { create } from 'zustand';
import { featuresClient } from '../../clients/workers';
import { CancelledError } from '../../core/errors/errors';
import type { AlikeReport } from '../../core/preflight/alike';
import type { FeatureSetting } from '../../core/spectrogram/setting';

interface AlikeState {
  /** What `report` is of. */
  readonly about: string;
  /** Null: not known (yet). */
  readonly report: AlikeReport | null;
  /** Asks the features worker, which compares where that was not done before. */
  readonly look: (corpusId: string, setting: FeatureSetting) => Promise<void>;
}

/** What a report is of: a corpus under a setting of spectrograms. */
export const alikeAbout = (corpusId: string, setting: FeatureSetting): string =>
  JSON.stringify([corpusId, setting]);

let controller = new AbortController();

export const useAlike = create<AlikeState>()((set, get) => ({
  about: '',
  report: null,
  look: async (corpusId, setting) => {
    const about = alikeAbout(corpusId, setting);
    controller.abort();
    controller = new AbortController();
    const { signal } = controller;
    if (get().about !== about) set({ about, report: null });
    try {
      const found = await featuresClient.connect().call('alike', { corpusId, setting }, { signal });
      if (!signal.aborted) set({ about, report: found });
    } catch (error) {
      // A pack that is damaged or gone is told where it is needed: here nothing is known.
      if (!signal.aborted && !(error instanceof CancelledError)) set({ about, report: null });
    }
  },
}));
