/**
 * Log-mel spectrograms with the numbers of librosa's `melspectrogram` and `power_to_db`: centred frames,
 * periodic window, power spectrum, mel bands, decibels. Computes in float64 and gives float32.
 * Not here: what a model makes of them (image.ts).
 */
import FFT from 'fft.js';
import { resample } from '../audio/resample';
import { AudioError, ConfigError } from '../errors/errors';
import { melFilterBank, type MelFilterBank } from './mel';
import type { FeatureSetting } from './setting';
import { windowOf } from './window';

export interface LogMel {
  /** float32 [nMels][frames], rows from low to high frequency. */
  readonly decibels: Float32Array<ArrayBuffer>;
  readonly frames: number;
}

/** librosa's `amin`: power below it counts as this. */
const LEAST_POWER = 1e-10;

/** Everything that depends on setting and sample rate only, with the buffers of one transform. */
interface Plan {
  readonly fft: FFT;
  readonly window: Float64Array;
  readonly bank: MelFilterBank;
  /** Two real frames in one complex transform: the even entries are the first, the odd ones the second. */
  readonly input: Float64Array;
  readonly output: Float64Array;
  readonly power: readonly [Float64Array, Float64Array];
}

const plans = new Map<string, Plan>();
const MAX_PLANS = 8;

function planFor(sampleRate: number, setting: FeatureSetting): Plan {
  const { nFft, nMels, fMin, fMax, melScale, window = 'hann', windowLength = nFft } = setting;
  const key = JSON.stringify([sampleRate, nFft, nMels, fMin, fMax, melScale, window, windowLength]);
  let plan = plans.get(key);
  if (!plan) {
    plan = {
      fft: new FFT(nFft),
      window: windowOf(window, windowLength, nFft),
      bank: melFilterBank(sampleRate, setting),
      input: new Float64Array(2 * nFft),
      output: new Float64Array(2 * nFft),
      power: [new Float64Array(nFft / 2 + 1), new Float64Array(nFft / 2 + 1)],
    };
    if (plans.size >= MAX_PLANS) plans.delete(plans.keys().next().value!);
    plans.set(key, plan);
  }
  return plan;
}

function assertUsable(sampleRate: number, setting: FeatureSetting): void {
  const { nFft, hop, nMels, fMin, fMax, windowLength = nFft } = setting;
  const check = (sound: boolean, field: string, value: number): void => {
    if (!sound) throw new ConfigError('feature-setting', { field, value });
  };
  check(nFft >= 4 && nFft <= 65536 && Number.isInteger(Math.log2(nFft)), 'nFft', nFft);
  check(
    Number.isInteger(windowLength) && windowLength > 0 && windowLength <= nFft,
    'windowLength',
    windowLength,
  );
  check(Number.isInteger(hop) && hop > 0, 'hop', hop);
  check(Number.isInteger(nMels) && nMels > 0 && nMels <= 4096, 'nMels', nMels);
  check(fMin >= 0 && fMin < (fMax ?? sampleRate / 2), 'fMin', fMin);
}

/** Frames of a centred transform: one for the start and one for every whole hop. */
export const frameCount = (samples: number, hop: number): number => 1 + Math.floor(samples / hop);

/**
 * The mel power spectrogram, `librosa.feature.melspectrogram(..., power=2, norm='slaney', center=True)`.
 * @param samples at least one
 * @param sampleRate of `samples`, Hz; nothing is resampled here
 * @returns float32 [nMels][frames], rows from low to high frequency
 * @throws AudioError `no-samples`; ConfigError `feature-setting`
 */
export function melPower(
  samples: Float32Array,
  sampleRate: number,
  setting: FeatureSetting,
): Float32Array<ArrayBuffer> {
  if (samples.length === 0) throw new AudioError('no-samples');
  assertUsable(sampleRate, setting);
  const plan = planFor(sampleRate, setting);
  const { hop, nMels } = setting;
  const frames = frameCount(samples.length, hop);
  const mel = new Float32Array(nMels * frames);
  for (let t = 0; t < frames; t += 2) {
    const pair = Math.min(2, frames - t);
    plan.input.fill(0);
    for (let f = 0; f < pair; f++) loadFrame(plan, samples, (t + f) * hop, f, setting.padMode);
    plan.fft.transform(plan.output, plan.input);
    splitPower(plan);
    for (let f = 0; f < pair; f++) applyBank(plan.bank, plan.power[f as 0 | 1], mel, t + f, frames);
  }
  return mel;
}

/** Windows the frame around sample `centre` into the even (lane 0) or odd (lane 1) entries of the input. */
function loadFrame(
  { window, input }: Plan,
  samples: Float32Array,
  centre: number,
  lane: number,
  padMode: FeatureSetting['padMode'],
): void {
  const size = window.length;
  const begin = centre - size / 2;
  const inside = begin >= 0 && begin + size <= samples.length;
  for (let k = 0; k < size; k++) {
    const at = begin + k;
    const here = inside || (at >= 0 && at < samples.length);
    const value = here ? samples[at]! : padMode === 'constant' ? 0 : samples[reflect(at, samples.length)]!;
    input[2 * k + lane] = value * window[k]!;
  }
}

/**
 * numpy's `reflect`: back and forth between the first and last sample, neither repeated, as often as it
 * takes.
 */
function reflect(at: number, length: number): number {
  if (length === 1) return 0;
  const period = 2 * (length - 1);
  const phase = ((at % period) + period) % period;
  return phase < length ? phase : period - phase;
}

/** Separates the two real frames of a complex spectrum by their symmetry and squares their magnitudes. */
function splitPower({ output, power: [first, second] }: Plan): void {
  const size = output.length / 2;
  for (let bin = 0; bin < first.length; bin++) {
    const mirror = (size - bin) % size;
    const re = output[2 * bin]!;
    const im = output[2 * bin + 1]!;
    const mirrorRe = output[2 * mirror]!;
    const mirrorIm = output[2 * mirror + 1]!;
    first[bin] = ((re + mirrorRe) ** 2 + (im - mirrorIm) ** 2) / 4;
    second[bin] = ((im + mirrorIm) ** 2 + (re - mirrorRe) ** 2) / 4;
  }
}

function applyBank(
  { first, start, weights }: MelFilterBank,
  power: Float64Array,
  mel: Float32Array,
  frame: number,
  frames: number,
): void {
  for (let m = 0, at = frame; m < first.length; m++, at += frames) {
    const from = start[m]!;
    const shift = first[m]! - from;
    let sum = 0;
    for (let i = from, to = start[m + 1]!; i < to; i++) sum += weights[i]! * power[i + shift]!;
    mel[at] = sum;
  }
}

/**
 * Power to decibels in place, `librosa.power_to_db(power, ref=1, amin=1e-10, top_db)`.
 * @param topDb everything more than this below the loudest value is raised to that floor; null raises nothing
 */
export function powerToDecibels(
  power: Float32Array<ArrayBuffer>,
  topDb: number | null,
): Float32Array<ArrayBuffer> {
  let loudest = -Infinity;
  for (let i = 0; i < power.length; i++) {
    const decibels = Math.fround(10 * Math.log10(Math.max(LEAST_POWER, power[i]!)));
    power[i] = decibels;
    if (decibels > loudest) loudest = decibels;
  }
  if (topDb === null) return power;
  const floor = Math.fround(loudest - topDb);
  for (let i = 0; i < power.length; i++) if (power[i]! < floor) power[i] = floor;
  return power;
}

/**
 * The log-mel spectrogram of an utterance, at the setting's sample rate or else its own.
 * @param samples mono, full scale -1..1, at least one
 * @param sampleRate of `samples`, Hz
 * @throws as {@link melPower} and {@link resample}
 */
export function logMel(samples: Float32Array, sampleRate: number, setting: FeatureSetting): LogMel {
  const rate = setting.sampleRate ?? sampleRate;
  const sound = resample(samples, sampleRate, rate);
  const decibels = powerToDecibels(melPower(sound, rate, setting), setting.topDb);
  return { decibels, frames: frameCount(sound.length, setting.hop) };
}
