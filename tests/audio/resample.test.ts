/** Resampling against SciPy's filter bank and soxr, against the ideal for pure tones, and as properties. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { resample, resampledLength } from '../../src/core/audio/resample';
import { AudioError } from '../../src/core/errors/errors';
import { RandomStream } from '../../src/core/random/streams';
import { logMel } from '../../src/core/spectrogram/log-mel';
import { PAPER_FEATURES } from '../../src/core/spectrogram/setting';
import { fixture } from '../support/fixture';
import { guard, relativeError } from '../support/fidelity';

interface Case {
  readonly source: number;
  readonly target: number;
  readonly kind: string;
  readonly count: number;
  readonly sum: number;
  readonly out: string;
}

const { index, f32 } = await fixture<{ readonly exact: readonly Case[]; readonly faded: readonly Case[] }>(
  'resampling',
);
const RATES = [48000, 44100, 24414, 24000, 22050, 8000];
const TARGET = 16000;
const kHz = (rate: number): string => `${rate / 1000} -> ${TARGET / 1000} kHz`;
const decibels = (ratio: number): number => 20 * Math.log10(ratio);

/** The inputs of reference/fixtures/resampling.py, multiples of 2^-22. */
function made({ kind, count, source, target, sum }: Case): Float32Array {
  const top = (0.88 * Math.min(source, target)) / 2;
  const stream = new RandomStream(48, 'noise');
  const turn = 2 * Math.PI;
  const wave = (n: number): number =>
    kind === 'chirp'
      ? Math.cos(((Math.PI * top) / (count * source)) * n * n)
      : [1, 2, 3, 4, 5, 6, 7].reduce(
          (total, k) => total + Math.cos((((turn * top * k) / 7) * n) / source + k),
          0,
        ) / 7;
  const whole = (n: number): number => {
    if (kind === 'noise') return (stream.uint32() >>> 10) - 2 ** 21;
    if (kind === 'impulse') return n === Math.floor(count / 2) ? 2 ** 21 : 0;
    if (kind === 'dc') return 2 ** 20;
    if (kind === 'silence') return 0;
    return Math.floor(wave(n) * Math.sin((Math.PI * n) / count) ** 2 * 2 ** 21 + 0.5);
  };
  const values = Array.from({ length: count }, (_, n) => whole(n));
  expect(
    values.reduce((total, value) => total + value, 0),
    `${kind} of ${count} is what Python had`,
  ).toBe(sum);
  return Float32Array.from(values, (value) => value / 2 ** 22);
}

const tone = (frequency: number, rate: number, count: number): Float64Array =>
  Float64Array.from({ length: count }, (_, n) => Math.sin((2 * Math.PI * frequency * n) / rate + 1));
/** A tone of one tenth of a second, resampled, with both ends cut off where the filter reaches over them. */
function steady(
  frequency: number,
  source: number,
  target: number,
): { readonly got: Float32Array; readonly ideal: Float64Array } {
  const got = resample(Float32Array.from(tone(frequency, source, Math.round(0.1 * source))), source, target);
  const edge = Math.ceil((90 * target) / Math.min(source, target));
  return { got: got.subarray(edge, -edge), ideal: tone(frequency, target, got.length).subarray(edge, -edge) };
}
const rms = (values: ArrayLike<number>): number =>
  Math.sqrt(Array.from(values).reduce((sum, value) => sum + value * value, 0) / values.length);
/** What is left of `values` without their part at `frequency` and its amplitude, by least squares. */
function withoutTone(
  values: Float32Array,
  frequency: number,
  rate: number,
): { readonly rest: Float64Array; readonly amplitude: number } {
  const [c, s] = [0, Math.PI / 2].map((phase) =>
    Float64Array.from(values, (_, n) => Math.cos((2 * Math.PI * frequency * n) / rate - phase)),
  ) as [Float64Array, Float64Array];
  const dot = (a: ArrayLike<number>, b: ArrayLike<number>): number =>
    Array.from(a).reduce((sum, value, i) => sum + value * b[i]!, 0);
  const [cc, cs, ss, vc, vs] = [dot(c, c), dot(c, s), dot(s, s), dot(values, c), dot(values, s)];
  const [a, b] = [(vc * ss - vs * cs) / (cc * ss - cs * cs), (vs * cc - vc * cs) / (cc * ss - cs * cs)];
  return {
    rest: Float64Array.from(values, (value, i) => value - a * c[i]! - b * s[i]!),
    amplitude: Math.hypot(a, b),
  };
}
const grid = (from: number, to: number, count: number): number[] =>
  Array.from({ length: count }, (_, i) => from + ((to - from) * i) / (count - 1));

describe('against references', () => {
  it("is SciPy's resample_poly with the filter that decision 6 describes: 11 pairs of rates, edges included", () => {
    let worst = 0;
    let length = 0;
    for (const one of index.exact) {
      const expected = f32(one.out);
      const got = resample(made(one), one.source, one.target);
      length = Math.max(length, Math.abs(got.length - expected.length));
      worst = Math.max(worst, relativeError(got, expected));
    }
    guard({
      chapter: 'resampling',
      quantity: 'samples, same filter: noise, impulse, DC, silence, 1 and 10 samples; 11 pairs of rates',
      reference: 'scipy',
      unit: 'relative',
      tolerance: 1e-6,
      worst,
      note: 'rounded once to float32',
    });
    guard({
      chapter: 'resampling',
      quantity: 'length',
      reference: 'scipy',
      unit: 'samples',
      tolerance: 0,
      worst: length,
    });
  });
  it.each(RATES)('%i Hz agrees with soxr VHQ below 0.88 of the lower Nyquist frequency', (rate) => {
    const cases = index.faded.filter(({ source }) => source === rate);
    expect(cases).toHaveLength(2);
    const worst = Math.max(
      ...cases.map((one) => {
        const expected = f32(one.out);
        const got = resample(made(one), one.source, one.target);
        // soxr rounds the length where librosa and we round up.
        expect(got.length - expected.length).toBeGreaterThanOrEqual(0);
        expect(got.length - expected.length).toBeLessThanOrEqual(1);
        return relativeError(got.subarray(0, expected.length), expected);
      }),
    );
    // Where one rate is no multiple of the other, soxr itself falls by up to 0.007 dB towards the passband's
    // end (its `rolloff small`).
    const whole = Math.max(rate, TARGET) % Math.min(rate, TARGET) === 0 || rate === 24000;
    const note = `VHQ; tones and a chirp below 0.88 of the lower Nyquist frequency${whole ? '' : "; the difference is soxr's own roll-off"}`;
    guard({
      chapter: 'resampling',
      quantity: `passband error, ${kHz(rate)}`,
      reference: 'soxr',
      unit: 'relative',
      tolerance: whole ? 1e-5 : 2e-4,
      worst,
      note,
    });
  });
});

describe('against the ideal', () => {
  it('passes tones up to 0.91 of the lower Nyquist frequency: neither gain nor delay', () => {
    let ripple = 0;
    let worst = 0;
    for (const rate of RATES) {
      const lower = Math.min(rate, TARGET) / 2;
      for (const frequency of grid(0.005 * lower, 0.91 * lower, 25)) {
        const { got, ideal } = steady(frequency, rate, TARGET);
        ripple = Math.max(ripple, Math.abs(decibels(withoutTone(got, frequency, TARGET).amplitude)));
        worst = Math.max(worst, relativeError(got, ideal));
      }
    }
    guard({
      chapter: 'resampling',
      quantity: 'passband ripple, tones up to 0.91 of the lower Nyquist frequency',
      reference: 'ideal tone',
      unit: 'dB',
      tolerance: 1e-4,
      worst: ripple,
    });
    guard({
      chapter: 'resampling',
      quantity: 'passband error with phase, tones up to 0.91 of the lower Nyquist frequency',
      reference: 'ideal tone',
      unit: 'relative',
      tolerance: 1e-5,
      worst,
    });
  });
  it.each(RATES.filter((rate) => rate > TARGET))(
    '%i Hz: nothing above the new Nyquist frequency folds down',
    (rate) => {
      const level = Math.max(
        ...grid(TARGET / 2, rate / 2 - 1, 40).map((frequency) =>
          decibels(rms(steady(frequency, rate, TARGET).got) * Math.SQRT2),
        ),
      );
      guard({
        chapter: 'resampling',
        quantity: `alias level, ${kHz(rate)}`,
        reference: 'ideal tone',
        unit: 'dB',
        tolerance: -100,
        worst: level,
        note: 'tones from the new Nyquist frequency on, RMS against the tone',
      });
    },
  );
  it('8000 Hz: no mirror image above the old Nyquist frequency', () => {
    const level = Math.max(
      ...grid(20, 3999, 40).map((frequency) =>
        decibels(rms(withoutTone(steady(frequency, 8000, TARGET).got, frequency, TARGET).rest) * Math.SQRT2),
      ),
    );
    guard({
      chapter: 'resampling',
      quantity: 'image level, 8 -> 16 kHz',
      reference: 'ideal tone',
      unit: 'dB',
      tolerance: -100,
      worst: level,
      note: 'tones up to 4 kHz, everything but the tone',
    });
  });
});

describe('features', () => {
  it("are those of the resampled sound; without a rate, those of the file's own", () => {
    const sound = Float32Array.from(tone(700, 44100, 9000));
    const setting = { ...PAPER_FEATURES, nMels: 40 };
    expect(logMel(sound, 44100, { ...setting, sampleRate: 16000 })).toEqual(
      logMel(resample(sound, 44100, 16000), 16000, setting),
    );
    expect(logMel(sound, 44100, { ...setting, sampleRate: 44100 })).toEqual(logMel(sound, 44100, setting));
    expect(logMel(sound, 44100, { ...setting, sampleRate: 16000 }).frames).toBe(1 + Math.floor(3266 / 512));
  });
});

describe('properties', () => {
  const rate = fc.oneof(
    fc.constantFrom(...RATES, 16000, 11025, 96000),
    fc.integer({ min: 4000, max: 20000 }),
  );
  const sound = fc
    .array(fc.integer({ min: -32768, max: 32767 }), { minLength: 1, maxLength: 400 })
    .map((values) => Float32Array.from(values, (value) => value / 32768));
  const runs = { numRuns: 60 };

  it('gives one sample for every instant before the end, all of them numbers, the same each time', () => {
    fc.assert(
      fc.property(sound, rate, rate, (samples, source, target) => {
        const given = samples.slice();
        const got = resample(samples, source, target);
        expect(BigInt(got.length)).toBe(
          (BigInt(samples.length * target) + BigInt(source) - 1n) / BigInt(source),
        );
        expect(got.length).toBe(resampledLength(samples.length, source, target));
        expect(got.every((value) => Number.isFinite(value) && Math.abs(value) < 4)).toBe(true);
        expect(samples).toEqual(given);
        expect(resample(samples, source, target)).toEqual(got);
      }),
      runs,
    );
  });
  it('changes nothing where the rates are equal', () => {
    fc.assert(
      fc.property(sound, rate, (samples, same) => {
        expect(resample(samples, same, same)).toEqual(samples);
      }),
      runs,
    );
  });
  it('is linear', () => {
    fc.assert(
      fc.property(sound, sound, rate, rate, (a, b, source, target) => {
        const other = Float32Array.from(a, (_, i) => b[i % b.length]!);
        const [ra, rb, rs] = [a, other, a.map((value, i) => value / 2 - other[i]! / 4)].map((samples) =>
          resample(samples, source, target),
        ) as [Float32Array, Float32Array, Float32Array];
        rs.forEach((value, i) => expect(Math.abs(value - (ra[i]! / 2 - rb[i]! / 4))).toBeLessThan(1e-6));
      }),
      runs,
    );
  });
  it('moves with the sound, to the bit: `down` samples of silence before it are `up` samples after', () => {
    fc.assert(
      fc.property(
        sound,
        fc.constantFrom<[number, number]>([48000, 16000], [24000, 16000], [8000, 16000], [16000, 12000]),
        fc.integer({ min: 1, max: 9 }),
        (samples, [source, target], times) => {
          const step = [...Array(source).keys()]
            .map((i) => i + 1)
            .find((count) => (count * target) % source === 0)!;
          const later = new Float32Array(times * step + samples.length);
          later.set(samples, times * step);
          expect(resample(later, source, target).subarray((times * step * target) / source)).toEqual(
            resample(samples, source, target),
          );
        },
      ),
      runs,
    );
  });
  it('a tenth of a second, half a minute and nothing at all have the expected lengths', () => {
    expect(resample(new Float32Array(2441), 24414, 16000)).toHaveLength(1600);
    expect(resample(new Float32Array(34 * 44100 + 1), 44100, 16000)).toHaveLength(34 * 16000 + 1);
    expect(resample(new Float32Array(0), 44100, 16000)).toHaveLength(0);
  });
  it('refuses what a header with an absurd rate would ask for', () => {
    expect(() => resample(new Float32Array(100_000), 1, 16000)).toThrow(AudioError);
  });
});
