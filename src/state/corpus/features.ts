/** Feature extraction as the page sees it: ensure a pack, show its progress, cancel it. */
import { create } from 'zustand';
import { corpora } from '../../clients/shelf';
import { featuresClient } from '../../clients/workers';
import { applyScheme } from '../../core/corpus/label-schemes';
import { CancelledError, CorpusError, PermissionLostError, toWire } from '../../core/errors/errors';
import type { FeatureSummary } from '../../core/protocol/contracts/features';
import type { RunConfig } from '../../core/config/run-config';
import { useAlike } from './alike';
import { audioSource, folderClosed, useCorpus } from './corpus';
import { paceOf } from '../run/pace';
import { useSettings } from '../settings';
import type { FeaturesState } from '../types';

let controller = new AbortController();

/** As many workers as cores, at most eight, unless the user chose: nothing else computes meanwhile. */
const poolSize = (): number => useSettings.getState().workers ?? Math.min(8, navigator.hardwareConcurrency);

/** What an extraction is about: the same text, the same spectrograms of the same utterances. */
export const featureRequest = (
  { features, labelScheme, exclude }: Pick<RunConfig, 'features' | 'labelScheme' | 'exclude'>,
  corpusId: string,
): string => JSON.stringify([corpusId, labelScheme, features, exclude ?? []]);

const GONE = ['file-missing', 'file-unreadable'];

/** Not one spectrogram, and no file to make one of: the folder was moved, or its drive taken away. */
const isGone = ({ utterances, failures }: FeatureSummary): boolean =>
  utterances === 0 && failures.length > 0 && failures.every(({ code }) => GONE.includes(code));

export const useFeatures = create<FeaturesState>()((set) => {
  /** @param fresh whatever is cached */
  const prepare = async (config: RunConfig, corpusId: string, fresh: boolean): Promise<string | null> => {
    controller = new AbortController();
    const { signal } = controller;
    /** The first message: what it calls done needed no work. */
    let first: { readonly at: number; readonly done: number } | null = null;
    set({
      status: 'running',
      progress: null,
      about: featureRequest(config, corpusId),
      summary: null,
      error: null,
    });
    try {
      const corpus = await corpora.get(corpusId);
      if (!corpus) throw new CorpusError('corpus-not-open');
      const utteranceIds = applyScheme(corpus.manifest, config).items.map(({ id }) => id);
      const connection = featuresClient.connect();
      const cached =
        !fresh && (await connection.call('has', { corpusId, setting: config.features, utteranceIds }));
      const source = cached ? null : await audioSource(corpusId);
      if (!source && !cached) throw folderClosed(corpus.name);
      const summary = await connection.call(
        'extract',
        {
          // A complete pack is not read again, so any source will do.
          source: source ?? { kind: 'files', files: [] },
          corpusId,
          utteranceIds,
          setting: config.features,
          workers: poolSize(),
          fresh,
        },
        {
          signal,
          onProgress: (progress) => {
            const now = performance.now();
            first ??= { at: now, done: progress.done };
            set({ progress: { ...progress, pace: paceOf(progress, first.done, (now - first.at) / 1000) } });
          },
        },
      );
      if (isGone(summary)) throw new PermissionLostError('folder-gone', { name: corpus.name });
      set({ status: 'ready', summary, progress: null });
      void useAlike.getState().look(corpusId, config.features);
      return summary.packId;
    } catch (error) {
      if (error instanceof CancelledError) set({ status: 'idle', progress: null });
      else set({ status: 'failed', error: toWire(error), progress: null });
      return null;
    }
  };
  return {
    status: 'idle',
    progress: null,
    about: null,
    summary: null,
    error: null,
    ensure: (config, corpusId) => prepare(config, corpusId, false),
    recompute: async (config) => {
      await useCorpus.getState().readAgain();
      const { error, manifest, status } = useCorpus.getState();
      if (status === 'ready' && !error && manifest) await prepare(config, manifest.fingerprint, true);
    },
    cancel: () => controller.abort(),
  };
});
