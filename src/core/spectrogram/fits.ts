/**
 * What must hold between the settings of a spectrogram, the ranges that follow for each, the bands that no
 * frequency of the transform falls into, and what a setting costs. Not here: the range of one setting alone
 * (fields.ts).
 */
import { resampledLength } from '../audio/resample';
import type { Fields } from '../options/field';
import { FEATURE_FIELDS, type FeatureKey } from './fields';
import { frameCount } from './log-mel';
import { melFilterBank } from './mel';
import type { FeatureSetting } from './setting';

export interface Misfit {
  readonly field: FeatureKey;
  /** A reason of the catalogue (core/errors), with its number. */
  readonly why: 'withinFrame' | 'halfRate' | 'aboveLowest';
  readonly limit: number;
}

/**
 * The first setting that does not fit the others.
 * @param rate Hz, the lowest that recordings have where the setting leaves them theirs; absent: not known
 */
export function misfit(setting: FeatureSetting, rate?: number): Misfit | null {
  const { nFft, windowLength, fMin, fMax } = setting;
  const hertz = setting.sampleRate ?? rate;
  if (windowLength !== undefined && windowLength > nFft)
    return { field: 'windowLength', why: 'withinFrame', limit: nFft };
  if (fMax !== null && hertz !== undefined && fMax > hertz / 2)
    return { field: 'fMax', why: 'halfRate', limit: hertz / 2 };
  if (fMax !== null && fMax <= fMin) return { field: 'fMax', why: 'aboveLowest', limit: fMin };
  if (hertz !== undefined && fMin >= hertz / 2) return { field: 'fMin', why: 'halfRate', limit: hertz / 2 };
  return null;
}

/** The declarations with the ranges that the other settings leave. @param rate as for {@link misfit} */
export function fittingFields(setting: FeatureSetting, rate: number): Fields {
  const half = (setting.sampleRate ?? rate) / 2;
  const F = FEATURE_FIELDS;
  return {
    ...F,
    windowLength: {
      ...F.windowLength,
      max: setting.nFft,
      start: Math.min(F.windowLength.start!, setting.nFft),
    },
    fMin: { ...F.fMin, max: Math.min(F.fMin.max, (setting.fMax ?? half) - 1) },
    fMax: { ...F.fMax, min: setting.fMin + 1, max: half, start: Math.min(F.fMax.start!, half) },
  };
}

/** Bands so narrow that no bin of the transform lies in them: they are silent in every recording. */
export function emptyBands(sampleRate: number, setting: FeatureSetting): number {
  const { start } = melFilterBank(sampleRate, setting);
  let empty = 0;
  for (let m = 0; m < setting.nMels; m++) if (start[m] === start[m + 1]) empty++;
  return empty;
}

export interface Recording {
  readonly sampleRate: number;
  /** Samples of a channel. */
  readonly frames: number;
}

/** Frames of a spectrogram. */
export const framesOf = ({ sampleRate, frames }: Recording, setting: FeatureSetting): number =>
  frameCount(resampledLength(frames, sampleRate, setting.sampleRate ?? sampleRate), setting.hop);

export interface Cost {
  /** Of all spectrograms together. */
  readonly frames: number;
  /** On the disk: float32. */
  readonly bytes: number;
  /** Of the longest one, which is computed in memory. */
  readonly largest: number;
}

/** What the spectrograms of recordings take. */
export function costOf(recordings: readonly Recording[], setting: FeatureSetting): Cost {
  let [frames, longest] = [0, 0];
  for (const recording of recordings) {
    const count = framesOf(recording, setting);
    frames += count;
    longest = Math.max(longest, count);
  }
  const band = setting.nMels * Float32Array.BYTES_PER_ELEMENT;
  return { frames, bytes: frames * band, largest: longest * band };
}

/**
 * Where a frequency lies in the picture, 0 at the bottom to 1 at the top; bands are equally high, each centred on
 * its own centre.
 * @param melOf the scale (mel.ts)
 */
export function heightOf(
  hz: number,
  { fMin, nMels }: FeatureSetting,
  fMax: number,
  melOf: (hz: number) => number,
): number {
  const low = melOf(fMin);
  const band = ((melOf(hz) - low) / (melOf(fMax) - low)) * (nMels + 1) - 1;
  return (band + 0.5) / nMels;
}
