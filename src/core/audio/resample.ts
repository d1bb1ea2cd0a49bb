/**
 * Brings sound to another sample rate with a polyphase filter: a sinc under a Kaiser window, for any two
 * whole rates. Linear phase, no delay: result j is the sound at exactly j / target seconds. Before and after
 * its samples it is silent. Weights and sums are float64. Not here: which rate is wanted
 * (spectrogram/setting.ts), reading files (wav.ts). Source: Kaiser's design formulas, Oppenheim & Schafer,
 * Discrete-Time Signal Processing, chapter 7; docs/decisions/0006.
 */
import { AudioError } from '../errors/errors';

/**
 * Share of the lower Nyquist frequency that passes unchanged; from that frequency on everything is removed.
 */
const PASSBAND = 0.91;
/** dB by which aliases and images are lowered; the passband's ripple is as small. */
const ATTENUATION = 120;
const BETA = 0.1102 * (ATTENUATION - 8.7);
/** Zero crossings of the sinc on either side: as many as the way from passband to stopband takes. */
const SIDE = Math.ceil((ATTENUATION - 7.95) / (2.285 * Math.PI * (1 - PASSBAND)) / 2);
/** Where the sinc cuts, the middle of that way, relative to the lower Nyquist frequency. */
const CUTOFF = (1 + PASSBAND) / 2;

/** Samples that a result may have, 1 GB: a header with an absurd rate must not ask for more. */
const LONGEST = 2 ** 28;
/**
 * Weights of one pair of rates that are kept for the next file, 32 MB; a pair that has more computes them
 * each time.
 */
const KEPT_WEIGHTS = 2 ** 22;
const KEPT_PAIRS = 4;

/** One of the ways in which the filter lies over the samples. */
interface Phase {
  /** Which sample `weights[0]` belongs to, counted from the last one that is not after the wanted instant. */
  readonly first: number;
  readonly weights: Float64Array;
}

/** Phases by `up`/`down`, then by number. */
const kept = new Map<string, Map<number, Phase>>();

/**
 * How many samples {@link resample} gives: one for every j / target before the end of the last sample, as
 * librosa counts.
 */
export const resampledLength = (samples: number, source: number, target: number): number =>
  Math.ceil((samples * target) / source);

/**
 * @param samples at `source` Hz, finite; not changed
 * @param source Hz, a positive integer
 * @param target Hz, a positive integer
 * @returns `resampledLength` samples; `samples` itself where the rates are equal
 * @throws AudioError `sample-rate` where the result would be too long for memory
 */
export function resample(samples: Float32Array, source: number, target: number): Float32Array {
  if (source === target) return samples;
  const length = resampledLength(samples.length, source, target);
  if (length > LONGEST) throw new AudioError('sample-rate', { source, target, samples: length });
  const divisor = greatestCommonDivisor(source, target);
  const [up, down] = [target / divisor, source / divisor];
  const phases = phasesOf(up, down);
  const result = new Float32Array(length);
  // Results j, j + up, j + 2 up, ... share a phase.
  for (let j = 0; j < Math.min(up, length); j++) {
    const at = j * down;
    const number = at % up;
    const phase = phases?.get(number) ?? makePhase(number, up, down);
    phases?.set(number, phase);
    weigh(phase.weights, samples, Math.floor(at / up) + phase.first, down, result, j, up);
  }
  return result;
}

const greatestCommonDivisor = (a: number, b: number): number =>
  b === 0 ? a : greatestCommonDivisor(b, a % b);

/** The phases known so far; null where there are too many weights to keep. */
function phasesOf(up: number, down: number): Map<number, Phase> | null {
  if (2 * SIDE * Math.max(up, down) > KEPT_WEIGHTS) return null;
  const key = `${up}/${down}`;
  const phases = kept.get(key) ?? new Map<number, Phase>();
  if (!kept.has(key) && kept.size >= KEPT_PAIRS) kept.delete(kept.keys().next().value!);
  kept.set(key, phases);
  return phases;
}

/** The filter around an instant that lies `number / up` of a sample after a sample. */
function makePhase(number: number, up: number, down: number): Phase {
  // On a grid of `up` points a sample.
  const half = SIDE * Math.max(up, down);
  const first = Math.ceil((number - half) / up);
  const cutoff = CUTOFF * Math.min(1, up / down);
  const weights = new Float64Array(Math.floor((number + half) / up) - first + 1);
  for (let k = 0; k < weights.length; k++) {
    const distance = number - (first + k) * up;
    const angle = (Math.PI * cutoff * distance) / up;
    weights[k] = cutoff * (distance === 0 ? 1 : Math.sin(angle) / angle) * kaiser(distance / half);
  }
  return { first, weights };
}

/** 1 / (k!)^2 for k = 29 .. 0: the modified Bessel function I0(2 sqrt(t)) is the series over t^k. */
const SERIES = Float64Array.from({ length: 30 }, (_, i) => {
  let factorial = 1;
  for (let k = 2; k < 30 - i; k++) factorial *= k;
  return 1 / factorial ** 2;
});

/** I0(BETA sqrt(x)) for x in 0..1; what the series leaves out is below 1e-17 of I0(BETA). */
function bessel(x: number): number {
  const t = (BETA ** 2 / 4) * x;
  let sum = 0;
  for (let i = 0; i < SERIES.length; i++) sum = sum * t + SERIES[i]!;
  return sum;
}

const PEAK = bessel(1);

/** Kaiser's window on -1..1. */
const kaiser = (x: number): number => bessel(1 - x * x) / PEAK;

/**
 * Results `at`, `at + step`, ... of one phase: sums over weights and samples from `base`, `base + stride`,
 * ... on. Where the sound begins and ends one at a time, else four side by side (twice as fast); a sum's
 * order is the same in both.
 */
function weigh(
  weights: Float64Array,
  samples: Float32Array,
  base: number,
  stride: number,
  result: Float32Array,
  at: number,
  step: number,
): void {
  const taps = weights.length;
  let from = base;
  for (let j = at; j < result.length; j += step, from += stride) {
    if (from >= 0 && from + 3 * stride + taps <= samples.length && j + 3 * step < result.length) {
      let [a, b, c, d] = [0, 0, 0, 0];
      let [p, q, r, s] = [from, from + stride, from + 2 * stride, from + 3 * stride];
      for (let k = 0; k < taps; k++) {
        const weight = weights[k]!;
        a += weight * samples[p++]!;
        b += weight * samples[q++]!;
        c += weight * samples[r++]!;
        d += weight * samples[s++]!;
      }
      result[j] = a;
      result[(j += step)] = b;
      result[(j += step)] = c;
      result[(j += step)] = d;
      from += 3 * stride;
    } else {
      const end = Math.min(taps, samples.length - from);
      let sum = 0;
      for (let k = Math.max(0, -from); k < end; k++) sum += weights[k]! * samples[from + k]!;
      result[j] = sum;
    }
  }
}
