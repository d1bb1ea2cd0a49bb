/** What a feature setting makes of one utterance of the open corpus, for the Data screen; nothing is stored. */
import { create } from 'zustand';
import { featuresClient } from '../../clients/workers';
import type { FeaturePreview } from '../../core/augment/preview';
import type { AugmentationChoice } from '../../core/augment/registry';
import { toWire, type WireError } from '../../core/errors/errors';
import type { FeatureSetting } from '../../core/spectrogram/setting';
import { audioSource, folderClosed } from './corpus';

export interface FeaturePreviewRequest {
  readonly corpusId: string;
  readonly corpusName: string;
  readonly setting: FeatureSetting;
  readonly utteranceId: string;
  readonly augmentations: readonly AugmentationChoice[];
  readonly seed: number;
  /** Counts up with “Draw again”; as an epoch does in training. */
  readonly draw: number;
  /** Side of the model's image. */
  readonly inputSize: number;
}

interface FeaturePreviewState {
  readonly busy: boolean;
  /** With the request that it answers. */
  readonly shown: { readonly preview: FeaturePreview; readonly of: FeaturePreviewRequest } | null;
  readonly error: WireError | null;
  /** One is computed at a time; of those asked for meanwhile the last one follows. */
  readonly show: (request: FeaturePreviewRequest) => Promise<void>;
}

export const useFeaturePreview = create<FeaturePreviewState>()((set) => {
  let waiting: FeaturePreviewRequest | null = null;
  let working = false;
  return {
    busy: false,
    shown: null,
    error: null,
    show: async (request) => {
      waiting = request;
      if (working) return;
      working = true;
      set({ busy: true });
      while (waiting) {
        const of: FeaturePreviewRequest = waiting;
        waiting = null;
        try {
          const preview = await previewOf(of);
          set({ shown: { preview, of }, error: null });
        } catch (error) {
          set({ error: toWire(error) });
        }
      }
      working = false;
      set({ busy: false });
    },
  };
});

async function previewOf({ corpusName, ...request }: FeaturePreviewRequest): Promise<FeaturePreview> {
  const source = await audioSource(request.corpusId);
  if (!source) throw folderClosed(corpusName);
  return featuresClient.connect().call('preview', { source, ...request });
}
