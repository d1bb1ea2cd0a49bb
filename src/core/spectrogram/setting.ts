/**
 * The feature setting: everything that decides the numbers of a log-mel spectrogram, and nothing else,
 * so that its hash names a cache. Image size belongs to the model (RunConfig.inputSize), not here.
 */
export interface FeatureSetting {
  /** FFT and window length in samples, a power of two. */
  readonly nFft: number;
  /** Samples between frames. */
  readonly hop: number;
  readonly nMels: number;
  /** Hz. */
  readonly fMin: number;
  /** Hz; null is half the file's own sample rate. */
  readonly fMax: number | null;
  readonly melScale: 'slaney' | 'htk';
  /** librosa before 0.10 pads by reflection, since then with zeros. */
  readonly padMode: 'reflect' | 'constant';
  /** dB below the utterance's own maximum at which `power_to_db` clips; null clips nothing. */
  readonly topDb: number | null;
}

/** The paper's setting (librosa's defaults of its time, 512 bands). */
export const PAPER_FEATURES: FeatureSetting = {
  nFft: 2048, hop: 512, nMels: 512, fMin: 0, fMax: null, melScale: 'slaney', padMode: 'reflect', topDb: 80,
};
