/**
 * The feature setting: everything that decides the numbers of a log-mel spectrogram, and nothing else,
 * so that its hash names a cache. Image size belongs to the model (RunConfig.inputSize), not here.
 */
import type { Channel } from '../audio/wav';
import type { WindowName } from './window';

export interface FeatureSetting {
  /**
   * Hz that every utterance is resampled to before anything else; null leaves each at its file's own rate.
   */
  readonly sampleRate: number | null;
  /** Samples of a frame, a power of two; also of the window, unless it has a length of its own. */
  readonly nFft: number;
  /** Samples between frames. */
  readonly hop: number;
  readonly nMels: number;
  /** Hz. */
  readonly fMin: number;
  /** Hz; null is half the sample rate, after resampling. */
  readonly fMax: number | null;
  readonly melScale: 'slaney' | 'htk';
  /** librosa before 0.10 pads by reflection, since then with zeros. */
  readonly padMode: 'reflect' | 'constant';
  /** dB below the utterance's own maximum at which `power_to_db` clips; null clips nothing. */
  readonly topDb: number | null;
  /** The channel of a recording that has several; absent: their mean, as before there was a choice. */
  readonly channel?: Exclude<Channel, 'mix'>;
  /** Absent: Hann's, as before there was a choice. */
  readonly window?: Exclude<WindowName, 'hann'>;
  /** Samples, at most `nFft`, in the middle of the frame; absent: all of it. */
  readonly windowLength?: number;
}

/** The paper's setting (librosa's defaults of its time, 512 bands, no resampling). */
export const PAPER_FEATURES: FeatureSetting = {
  sampleRate: null,
  nFft: 2048,
  hop: 512,
  nMels: 512,
  fMin: 0,
  fMax: null,
  melScale: 'slaney',
  padMode: 'reflect',
  topDb: 80,
};
