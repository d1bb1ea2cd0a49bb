/**
 * The settings of a spectrogram, declared like every other option (core/options): schema, links, controls and the
 * marks of what departs are read from here. What must hold between them: fits.ts.
 */
import { CHANNELS } from '../audio/wav';
import { choiceField, numberField, openNumberField, type Fields, type ValueOf } from '../options/field';
import { PAPER_FEATURES, type FeatureSetting } from './setting';
import { WINDOWS } from './window';

/** Powers of two: what the transform takes. */
export const FFT_SIZES = [256, 512, 1024, 2048, 4096] as const;

/** In the order in which they are shown, and in which a link is read: the FFT before the window that fits it. */
export const FEATURE_FIELDS = {
  /** Hz; null leaves each recording its own. */
  sampleRate: openNumberField({
    default: null,
    none: 'own',
    start: 16000,
    min: 4000,
    max: 192000,
    integer: true,
    unit: 'Hz',
    link: 'rate',
  }),
  /** Of several: their mean or one of them. */
  channel: choiceField({ choices: CHANNELS, default: 'mix' }),
  /** Samples of a frame. */
  nFft: numberField({
    default: PAPER_FEATURES.nFft,
    min: FFT_SIZES[0],
    max: FFT_SIZES[4],
    integer: true,
    unit: 'samples',
  }),
  window: choiceField({ choices: WINDOWS, default: 'hann' }),
  /** null: as long as the frame. */
  windowLength: openNumberField({
    default: null,
    none: 'frame',
    start: 400,
    min: 16,
    max: FFT_SIZES[4],
    integer: true,
    slider: true,
    unit: 'samples',
  }),
  hop: numberField({
    default: PAPER_FEATURES.hop,
    min: 16,
    max: 4096,
    integer: true,
    slider: true,
    unit: 'samples',
  }),
  nMels: numberField({
    default: PAPER_FEATURES.nMels,
    min: 8,
    max: 512,
    integer: true,
    slider: true,
    unit: 'bands',
  }),
  fMin: numberField({ default: PAPER_FEATURES.fMin, min: 0, max: 20000, step: 10, slider: true, unit: 'Hz' }),
  /** null: half the sample rate. */
  fMax: openNumberField({
    default: PAPER_FEATURES.fMax,
    none: 'half',
    start: 8000,
    min: 1,
    max: 96000,
    step: 10,
    slider: true,
    unit: 'Hz',
  }),
  melScale: choiceField({ choices: ['slaney', 'htk'], default: PAPER_FEATURES.melScale }),
  /** null: nothing is raised. */
  topDb: openNumberField({
    default: PAPER_FEATURES.topDb,
    none: 'off',
    start: 80,
    min: 1,
    max: 200,
    step: 1,
    slider: true,
    unit: 'dB',
  }),
  padMode: choiceField({ choices: ['reflect', 'constant'], default: PAPER_FEATURES.padMode }),
} as const satisfies Fields;

export type FeatureKey = keyof typeof FEATURE_FIELDS;

/** Those that came later: absent at their default, so that what was stored before stays what it was. */
const ABSENT_AT_DEFAULT: ReadonlySet<string> = new Set<FeatureKey>(['channel', 'window', 'windowLength']);

type Features = Readonly<Partial<Record<FeatureKey, unknown>>>;

/** What a field stands at, its default where it is absent. */
export const featureOf = <K extends FeatureKey>(
  setting: Features,
  key: K,
): ValueOf<(typeof FEATURE_FIELDS)[K]> => (setting[key] ?? FEATURE_FIELDS[key].default) as never;

/** The setting with another value in one place; whether it fits is fits.ts' to say. */
export function withFeature<S extends FeatureSetting>(setting: S, key: FeatureKey, value: unknown): S {
  const { [key]: _former, ...others } = setting;
  const gone = ABSENT_AT_DEFAULT.has(key) && value === FEATURE_FIELDS[key].default;
  return (gone ? others : { ...setting, [key]: value }) as S;
}
