/**
 * Filter banks, shapes, mel power and decibels against librosa (reference/fixtures/spectrogram.py), and what
 * is refused.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AudioError, ConfigError } from '../../src/core/errors/errors';
import { frameCount, logMel, melPower, powerToDecibels } from '../../src/core/spectrogram/log-mel';
import { hzToMel, melFilterBank, melToHz } from '../../src/core/spectrogram/mel';
import { PAPER_FEATURES, type FeatureSetting } from '../../src/core/spectrogram/setting';
import { guard } from '../support/fidelity';
import { fixture, type Fixture } from '../support/fixture';
import { samplesOf, signal } from './signals';

interface SpectrogramCase {
  setting: string;
  signal: string;
  length: number;
  sampleRate: number;
  checksum: number;
  shape: [bands: number, frames: number];
  /** Largest power of all frames. */
  peak: number;
  /**
   * Frames that are stored, and where: their first row, and their first entry among the sums of every frame.
   */
  kept: number[];
  row: number;
  frame: number;
}
type Settings = Record<string, FeatureSetting>;
const golden = await fixture<{
  settings: Settings;
  frames: Record<string, string>;
  cases: SpectrogramCase[];
}>('spectrogram/melspectrogram');
const filters = await fixture<{
  settings: Settings;
  cases: { setting: string; sampleRate: number; band: string; bin: string; weight: string }[];
}>('spectrogram/mel-filters');
const { settings } = golden.index;
const int32 = (store: Fixture<unknown>, key: string): Int32Array => store.array(key).data as Int32Array;

const words = ({ nFft, hop, nMels, melScale, padMode }: FeatureSetting): string =>
  `n_fft ${nFft}, hop ${hop}, ${nMels} bands, ${melScale}, ${padMode}`;
const title = (name: string): string =>
  name === 'paper' ? `the paper’s setting: ${words(settings.paper!)}` : words(settings[name]!);

it('the paper’s setting is the paper’s', () => expect(settings.paper).toEqual(PAPER_FEATURES));

describe('mel filter banks equal librosa.filters.mel', () => {
  it.each(filters.index.cases)('$setting at $sampleRate Hz', ({ setting, sampleRate, ...keys }) => {
    const { first, start, weights } = melFilterBank(sampleRate, settings[setting]!);
    const dense = new Map<string, number>();
    for (let m = 0; m < first.length; m++)
      for (let i = start[m]!; i < start[m + 1]!; i++)
        dense.set(`${m},${first[m]! + i - start[m]!}`, weights[i]!);
    const bands = int32(filters, keys.band);
    const bins = int32(filters, keys.bin);
    const expected = filters.f32(keys.weight);
    let worst = 0;
    for (let i = 0; i < expected.length; i++) {
      const key = `${bands[i]!},${bins[i]!}`;
      // Weights that are nearly zero are differences of nearly equal numbers: measured against the band's
      // height.
      worst = Math.max(
        worst,
        Math.abs((dense.get(key) ?? 0) - expected[i]!) /
          Math.max(...expected.subarray(Math.max(0, i - 3), i + 4)),
      );
      dense.delete(key);
    }
    // What librosa does not have is rounding: a bin that lies exactly on the edge of a triangle.
    expect(Math.max(0, ...dense.values())).toBeLessThanOrEqual(1e-9);
    guard({
      chapter: 'spectrogram',
      quantity: 'mel filter weights, four settings at 16 and 48 kHz',
      reference: 'librosa',
      unit: 'relative',
      tolerance: 1e-6,
      worst,
      note: 'relative to the height of the band’s triangle',
    });
  });

  it('leaves the paper setting at 48 kHz with the empty low bands that librosa has', () => {
    const { start } = melFilterBank(48000, PAPER_FEATURES);
    const filled = new Set(
      int32(
        filters,
        filters.index.cases.find((one) => one.setting === 'paper' && one.sampleRate === 48000)!.band,
      ),
    );
    const bands = Array.from({ length: 512 }, (_, m) => m);
    const empty = bands.filter((m) => start[m] === start[m + 1]);
    expect(empty.length).toBeGreaterThan(0);
    expect(empty).toEqual(bands.filter((m) => !filled.has(m)));
  });

  it.each(['slaney', 'htk'] as const)('%s: there and back', (scale) => {
    for (const hz of [0, 1, 440, 999.9, 1000, 4000, 24000])
      expect(melToHz(hzToMel(hz, scale), scale)).toBeCloseTo(hz, 8);
  });
});

describe('shapes equal librosa', () => {
  it.each(Object.keys(settings))('%s: as many frames for every length', (name) => {
    const counts = int32(golden, golden.index.frames[name]!);
    const wrong = counts.filter((frames, i) => frameCount(i + 1, settings[name]!.hop) !== frames).length;
    expect(counts.length).toBe(2300);
    guard({
      chapter: 'spectrogram',
      quantity: 'number of frames, every length from 1 to 2,300 samples',
      reference: 'librosa',
      unit: 'lengths',
      tolerance: 0,
      worst: wrong,
      note: 'values are compared for hops below n_fft / 2: from there on librosa since 0.10 pads the last frame of some lengths otherwise, up to 6e-5 of the peak power',
    });
  });

  it('and the spectrogram has them: 1 + floor(length / hop), for any length and setting', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 9000 }),
        fc.constantFrom(...Object.values(settings)),
        (length, setting) => {
          const frames = 1 + Math.floor(length / setting.hop);
          const result = logMel(new Float32Array(length).fill(0.25), 16000, setting);
          expect([result.frames, result.decibels.length]).toEqual([frames, frames * setting.nMels]);
        },
      ),
      { numRuns: 60 },
    );
  });
});

describe('spectrograms equal librosa', () => {
  it.each(golden.index.cases)('$setting: $signal, $length samples at $sampleRate Hz', (one) => {
    const setting = settings[one.setting]!;
    const [bands, frames] = one.shape;
    const integers = signal(one.signal, one.length, one.sampleRate);
    expect([integers.length, integers.reduce((sum, value) => sum + value, 0)]).toEqual([
      one.length,
      one.checksum,
    ]);
    const samples = samplesOf(integers);

    const power = melPower(samples, one.sampleRate, setting);
    const { decibels, frames: counted } = logMel(samples, one.sampleRate, setting);
    const unclipped = powerToDecibels(power.slice(), null);
    expect([bands, frames]).toEqual([setting.nMels, counted]);
    expect([power.length, decibels.length]).toEqual([bands * frames, bands * frames]);

    const wantedPower = golden.f32(`${one.setting} power`);
    const wantedDecibels = golden.f32(`${one.setting} decibels`);
    const error = { power: 0, clipped: 0, unclipped: 0 };
    let compared = 0;
    for (const [k, frame] of one.kept.entries()) {
      for (let band = 0; band < bands; band++) {
        const at = band * frames + frame;
        const wanted = wantedPower[(one.row + k) * bands + band]!;
        if (wanted > 1e-8 * one.peak) {
          compared++;
          error.power = Math.max(error.power, Math.abs(power[at]! - wanted) / wanted);
        }
        const row = 2 * (one.row + k) * bands + band;
        error.clipped = Math.max(error.clipped, Math.abs(decibels[at]! - wantedDecibels[row]!));
        error.unclipped = Math.max(error.unclipped, Math.abs(unclipped[at]! - wantedDecibels[row + bands]!));
      }
    }
    // Every frame, also those whose bands are not stored: its power summed over the bands.
    const sums = golden.f32(`${one.setting} sums`).subarray(one.frame, one.frame + frames);
    for (const [frame, wanted] of sums.entries()) {
      if (wanted <= 1e-8 * one.peak) continue;
      let sum = 0;
      for (let at = frame; at < power.length; at += frames) sum += power[at]!;
      error.power = Math.max(error.power, Math.abs(sum - wanted) / wanted);
      compared++;
    }
    expect(compared > 0).toBe(one.peak > 0);

    guard({
      chapter: 'spectrogram',
      quantity: `mel power, ${title(one.setting)}`,
      reference: 'librosa',
      unit: 'relative',
      tolerance: 1e-4,
      worst: error.power,
      note: 'relative to each value, where it is above 1e-8 of the peak',
    });
    guard({
      chapter: 'spectrogram',
      quantity: 'decibels with top_db 60, 80 or 100, every value',
      reference: 'librosa',
      unit: 'dB',
      tolerance: 0.01,
      worst: error.clipped,
    });
    guard({
      chapter: 'spectrogram',
      quantity: 'decibels without top_db, every value down to −100 dB',
      reference: 'librosa',
      unit: 'dB',
      tolerance: 0.01,
      worst: error.unclipped,
    });
  });
});

describe('decibels', () => {
  it('has librosa’s least power and clips below the loudest value', () => {
    const power = [0, 1e-12, 1e-10, 1e-5, 1, 100];
    expect(
      [...powerToDecibels(Float32Array.from(power), null)].map((v) => Math.round(v * 1e4) / 1e4),
    ).toEqual([-100, -100, -100, -50, 0, 20]);
    expect([...powerToDecibels(Float32Array.from(power), 80)].map((v) => Math.round(v * 1e4) / 1e4)).toEqual([
      -60, -60, -60, -50, 0, 20,
    ]);
  });
});

describe('what cannot be computed', () => {
  it('no samples', () =>
    expect(() => logMel(new Float32Array(0), 16000, PAPER_FEATURES)).toThrow(AudioError));
  it.each([
    { nFft: 1000 },
    { nFft: 2 },
    { hop: 0 },
    { hop: 1.5 },
    { nMels: 0 },
    { fMin: 8000 },
    { fMin: -1 },
  ])('%o', (part) => {
    expect(() => logMel(new Float32Array(10), 16000, { ...PAPER_FEATURES, ...part })).toThrow(ConfigError);
  });
  it('one setting after another gives what each gives alone', () => {
    const samples = samplesOf(signal('noise', 3000, 16000));
    const htk: FeatureSetting = { ...PAPER_FEATURES, melScale: 'htk' };
    const alone = logMel(samples, 16000, PAPER_FEATURES);
    const other = logMel(samples, 16000, htk);
    expect(logMel(samples, 16000, PAPER_FEATURES)).toEqual(alone);
    expect(logMel(samples, 16000, { ...htk, padMode: 'constant' })).not.toEqual(other);
  });
});
