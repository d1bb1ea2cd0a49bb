/** Filter banks, mel power and decibels against librosa; golden values from reference/spectrogram_fixtures.py. */
import { describe, expect, it } from 'vitest';
import { AudioError, ConfigError } from '../../src/core/errors/errors';
import { frameCount, logMel, melPower, powerToDecibels } from '../../src/core/spectrogram/log-mel';
import { hzToMel, melFilterBank, melToHz } from '../../src/core/spectrogram/mel';
import { PAPER_FEATURES, type FeatureSetting } from '../../src/core/spectrogram/setting';
import { fixture, signal, type Fixture } from './signals';

interface SpectrogramCase {
  signal: string; length: number; sampleRate: number; setting: FeatureSetting; checksum: number; frames: number; power: number; decibels: number;
}
interface FilterCase { setting: FeatureSetting; sampleRate: number; count: number; band: number; bin: number; weight: number }

describe('mel filter banks equal librosa.filters.mel', () => {
  const { cases, bytes } = fixture('mel-filters') as Fixture<FilterCase>;
  it.each(cases)('$setting.nMels bands, $setting.melScale, n_fft $setting.nFft at $sampleRate Hz', ({ setting, sampleRate, count, ...at }) => {
    const { first, start, weights } = melFilterBank(sampleRate, setting);
    const dense = new Map<string, number>();
    for (let m = 0; m < setting.nMels; m++)
      for (let i = start[m]!; i < start[m + 1]!; i++) dense.set(`${m},${first[m]! + i - start[m]!}`, weights[i]!);
    const bands = new Int32Array(bytes, at.band, count);
    const bins = new Int32Array(bytes, at.bin, count);
    const expected = new Float32Array(bytes, at.weight, count);
    let worst = 0;
    for (let i = 0; i < count; i++) {
      const key = `${bands[i]!},${bins[i]!}`;
      // Weights that are nearly zero are differences of nearly equal numbers: measured against the band's height.
      worst = Math.max(worst, Math.abs((dense.get(key) ?? 0) - expected[i]!) / (Math.max(...expected.subarray(Math.max(0, i - 3), i + 4))));
      dense.delete(key);
    }
    expect(worst).toBeLessThan(1e-6);
    // What librosa does not have is rounding: a bin that lies exactly on the edge of a triangle.
    expect(Math.max(0, ...dense.values())).toBeLessThan(1e-9);
  });

  it('leaves the paper setting at 48 kHz with the empty low bands that librosa has', () => {
    const { start } = melFilterBank(48000, PAPER_FEATURES);
    const golden = cases[1]!;
    expect(golden.sampleRate).toBe(48000);
    const filled = new Set(new Int32Array(bytes, golden.band, golden.count));
    const empty = Array.from({ length: 512 }, (_, m) => m).filter((m) => start[m] === start[m + 1]);
    expect(empty.length).toBeGreaterThan(0);
    expect(empty).toEqual(Array.from({ length: 512 }, (_, m) => m).filter((m) => !filled.has(m)));
  });

  it.each(['slaney', 'htk'] as const)('%s: there and back', (scale) => {
    for (const hz of [0, 1, 440, 999.9, 1000, 4000, 24000]) expect(melToHz(hzToMel(hz, scale), scale)).toBeCloseTo(hz, 8);
  });
});

describe('spectrograms equal librosa', () => {
  const { cases, bytes } = fixture('melspectrogram') as Fixture<SpectrogramCase>;
  it.each(cases)('$signal, $length samples at $sampleRate Hz, n_fft $setting.nFft, $setting.melScale, $setting.padMode', (golden) => {
    const { setting, sampleRate, frames } = golden;
    const values = signal(golden.signal, golden.length, sampleRate);
    expect(values.reduce((sum, value) => sum + value, 0)).toBe(golden.checksum);
    const samples = Float32Array.from(values, (value) => value / 32768);

    const power = melPower(samples, sampleRate, setting);
    const expected = new Float32Array(bytes, golden.power, setting.nMels * frames);
    expect(frameCount(samples.length, setting.hop)).toBe(frames);
    expect(power.length).toBe(expected.length);
    const peak = expected.reduce((most, value) => Math.max(most, value), 0);
    let worst = 0;
    let compared = 0;
    for (let i = 0; i < power.length; i++) {
      if (expected[i]! <= 1e-8 * peak) continue;
      compared++;
      worst = Math.max(worst, Math.abs(power[i]! - expected[i]!) / expected[i]!);
    }
    expect(worst).toBeLessThanOrEqual(1e-4);
    expect(compared > 0).toBe(peak > 0);

    const result = logMel(samples, sampleRate, setting);
    expect(result.frames).toBe(frames);
    const decibels = new Float32Array(bytes, golden.decibels, setting.nMels * frames);
    // Without top_db librosa's own float32 noise, 140 dB down, is part of its output; above the usual floor it is not.
    const floor = decibels.reduce((most, value) => Math.max(most, value), -Infinity) - 80;
    let off = 0;
    for (let i = 0; i < decibels.length; i++)
      off = Math.max(off, Math.abs(Math.max(floor, result.decibels[i]!) - Math.max(floor, decibels[i]!)));
    expect(off).toBeLessThanOrEqual(0.01);
  });
});

describe('decibels', () => {
  it('has librosa’s least power and clips below the loudest value', () => {
    const power = [0, 1e-12, 1e-10, 1e-5, 1, 100];
    expect([...powerToDecibels(Float32Array.from(power), null)].map((v) => Math.round(v * 1e4) / 1e4)).toEqual([-100, -100, -100, -50, 0, 20]);
    expect([...powerToDecibels(Float32Array.from(power), 80)].map((v) => Math.round(v * 1e4) / 1e4)).toEqual([-60, -60, -60, -50, 0, 20]);
  });
});

describe('what cannot be computed', () => {
  it('no samples', () => expect(() => logMel(new Float32Array(0), 16000, PAPER_FEATURES)).toThrow(AudioError));
  it.each([{ nFft: 1000 }, { nFft: 2 }, { hop: 0 }, { hop: 1.5 }, { nMels: 0 }, { fMin: 8000 }, { fMin: -1 }])('%o', (part) => {
    expect(() => logMel(new Float32Array(10), 16000, { ...PAPER_FEATURES, ...part })).toThrow(ConfigError);
  });
  it('one setting after another gives what each gives alone', () => {
    const samples = Float32Array.from(signal('noise', 3000, 16000), (v) => v / 32768);
    const htk: FeatureSetting = { ...PAPER_FEATURES, melScale: 'htk' };
    const alone = logMel(samples, 16000, PAPER_FEATURES);
    const other = logMel(samples, 16000, htk);
    expect(logMel(samples, 16000, PAPER_FEATURES)).toEqual(alone);
    expect(logMel(samples, 16000, { ...htk, padMode: 'constant' })).not.toEqual(other);
  });
});
