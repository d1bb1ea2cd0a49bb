/** What augmentations do to one utterance of the open corpus, for the Data screen. */
import { create } from 'zustand';
import { featuresClient } from '../../clients/workers';
import type { AugmentationPreview } from '../../core/augment/preview';
import type { AugmentationChoice } from '../../core/augment/registry';
import { CancelledError, toWire, type WireError } from '../../core/errors/errors';
import { RandomStream } from '../../core/random/streams';
import type { FeatureSetting } from '../../core/spectrogram/setting';
import { audioSource, folderClosed } from './corpus';

export interface PreviewRequest {
  readonly corpusId: string;
  readonly corpusName: string;
  readonly setting: FeatureSetting;
  readonly utteranceId: string;
  /** Whom it may be mixed with: one of them is drawn. */
  readonly others: readonly string[];
  readonly augmentations: readonly AugmentationChoice[];
  readonly seed: number;
  /** Counts up with “Draw again”; as an epoch does in training. */
  readonly draw: number;
}

export interface ShownPreview extends AugmentationPreview {
  readonly utteranceId: string;
  readonly partnerId: string;
}

interface AugmentationsState {
  readonly busy: boolean;
  readonly preview: ShownPreview | null;
  readonly error: WireError | null;
  /** Computes the utterance's features where they are missing; of several requests the last one is shown. */
  readonly show: (request: PreviewRequest) => Promise<void>;
}

export const useAugmentations = create<AugmentationsState>()((set) => {
  let latest: PreviewRequest | null = null;
  return {
    busy: false,
    preview: null,
    error: null,
    show: async (request) => {
      latest = request;
      set({ busy: true, error: null });
      try {
        const preview = await previewOf(request);
        if (latest === request) set({ preview, busy: false });
      } catch (error) {
        if (latest !== request) return;
        set({ busy: false, preview: null, error: error instanceof CancelledError ? null : toWire(error) });
      }
    },
  };
});

async function previewOf(request: PreviewRequest): Promise<ShownPreview> {
  const { corpusId, setting, utteranceId, others, augmentations, seed, draw } = request;
  const stream = new RandomStream(seed, 'augment-preview', utteranceId, draw);
  const partnerId = others.length > 0 ? others[stream.below(others.length)]! : utteranceId;
  const utteranceIds = [...new Set([utteranceId, partnerId])];
  const connection = featuresClient.connect();
  const cached = await connection.call('has', { corpusId, setting, utteranceIds });
  const source = cached ? null : await audioSource(corpusId);
  if (!source && !cached) throw folderClosed(request.corpusName);
  const { packId } = await connection.call('extract', {
    // What is cached is not read again, so any source will do.
    source: source ?? { kind: 'files', files: [] },
    corpusId,
    utteranceIds,
    setting,
    workers: 1,
  });
  const found = await connection.call('augment', {
    packId,
    utteranceId,
    partnerId,
    augmentations,
    seed,
    draw,
  });
  return { ...found, utteranceId, partnerId };
}
