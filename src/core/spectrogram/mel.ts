/**
 * The mel filter bank: triangles on a mel scale with Slaney's area normalisation, as `librosa.filters.mel`
 * makes them, kept sparse because a triangle touches few of the FFT's bins.
 * Not here: the spectrum they are applied to (log-mel.ts).
 */
import type { FeatureSetting } from './setting';

/**
 * Band `m` weighs the bins from `first[m]` on with `weights[start[m]..start[m + 1]]`; empty bands have none.
 */
export interface MelFilterBank {
  readonly first: Int32Array;
  readonly start: Int32Array;
  readonly weights: Float32Array;
}

/** Slaney's scale is linear below 1 kHz (200/3 Hz a mel) and logarithmic above. */
const SLANEY = { hzPerMel: 200 / 3, breakHz: 1000, breakMel: 15, logStep: Math.log(6.4) / 27 } as const;

/** @param hz >= 0 */
export function hzToMel(hz: number, scale: FeatureSetting['melScale']): number {
  if (scale === 'htk') return 2595 * Math.log10(1 + hz / 700);
  if (hz < SLANEY.breakHz) return hz / SLANEY.hzPerMel;
  return SLANEY.breakMel + Math.log(hz / SLANEY.breakHz) / SLANEY.logStep;
}

/** The inverse of {@link hzToMel}. */
export function melToHz(mel: number, scale: FeatureSetting['melScale']): number {
  if (scale === 'htk') return 700 * (10 ** (mel / 2595) - 1);
  if (mel < SLANEY.breakMel) return mel * SLANEY.hzPerMel;
  return SLANEY.breakHz * Math.exp((mel - SLANEY.breakMel) * SLANEY.logStep);
}

/**
 * One triangle a band, from the centre of the band below to that of the band above, with area 2 / (its width
 * in Hz). Bands narrower than a bin may be empty: librosa keeps such rows as zeros, and so do we.
 * @param sampleRate Hz
 */
export function melFilterBank(sampleRate: number, setting: FeatureSetting): MelFilterBank {
  const { nFft, nMels, fMin, melScale } = setting;
  const low = hzToMel(fMin, melScale);
  const high = hzToMel(setting.fMax ?? sampleRate / 2, melScale);
  const edges = Array.from({ length: nMels + 2 }, (_, i) =>
    melToHz(low + ((high - low) * i) / (nMels + 1), melScale),
  );
  const first = new Int32Array(nMels);
  const start = new Int32Array(nMels + 1);
  const weights: number[] = [];
  for (let m = 0; m < nMels; m++) {
    const [left, centre, right] = [edges[m]!, edges[m + 1]!, edges[m + 2]!];
    const height = 2 / (right - left);
    for (let bin = Math.max(0, Math.floor((left * nFft) / sampleRate)); bin <= nFft / 2; bin++) {
      const hz = (bin * sampleRate) / nFft;
      if (hz >= right) break;
      const weight = Math.min((hz - left) / (centre - left), (right - hz) / (right - centre));
      if (weight <= 0) continue;
      if (weights.length === start[m]) first[m] = bin;
      // Rounded where librosa rounds, which fills a float32 matrix and then scales it.
      weights.push(Math.fround(Math.fround(weight) * height));
    }
    start[m + 1] = weights.length;
  }
  return { first, start, weights: Float32Array.from(weights) };
}
