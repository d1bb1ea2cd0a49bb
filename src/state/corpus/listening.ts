/** One recording of the open corpus, for the player: its sound, its waveform and its spectrogram. */
import { create } from 'zustand';
import { corpusClient } from '../../clients/workers';
import type { Utterance } from '../../core/corpus/types';
import { CancelledError, toWire, type WireError } from '../../core/errors/errors';
import type { HeardUtterance } from '../../core/protocol/contracts/corpus';
import type { FeatureSetting } from '../../core/spectrogram/setting';
import { audioSource, folderClosed, useCorpus } from './corpus';

/** Of the waveform: more than there are pixels on most screens. */
const COLUMNS = 1600;

interface ListeningState {
  /** Null: nothing was asked for. */
  readonly utterance: Utterance | null;
  readonly heard: HeardUtterance | null;
  readonly busy: boolean;
  readonly error: WireError | null;
  /** Of several requests the last one counts. */
  readonly listen: (utterance: Utterance, setting: FeatureSetting) => Promise<void>;
  readonly stop: () => void;
}

export const useListening = create<ListeningState>()((set) => {
  let latest: Utterance | null = null;
  return {
    utterance: null,
    heard: null,
    busy: false,
    error: null,
    listen: async (utterance, setting) => {
      latest = utterance;
      set({ utterance, heard: null, busy: true, error: null });
      try {
        const { manifest, name } = useCorpus.getState();
        const source = manifest && (await audioSource(manifest.fingerprint));
        if (!source) throw folderClosed(name);
        const payload = { source, utterance, setting, columns: COLUMNS };
        const heard = await corpusClient.connect().call('listen', payload);
        if (latest === utterance) set({ heard, busy: false });
      } catch (error) {
        if (latest !== utterance) return;
        set({ busy: false, error: error instanceof CancelledError ? null : toWire(error) });
      }
    },
    stop: () => {
      latest = null;
      set({ utterance: null, heard: null, busy: false, error: null });
    },
  };
});
