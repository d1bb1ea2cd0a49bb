/** Windows other than Hann's, and those shorter than the frame, against librosa (reference/fixtures/spectrogram.py). */
import { describe, expect, it } from 'vitest';
import { melPower } from '../../src/core/spectrogram/log-mel';
import { PAPER_FEATURES, type FeatureSetting } from '../../src/core/spectrogram/setting';
import { windowOf } from '../../src/core/spectrogram/window';
import { guard } from '../support/fidelity';
import { fixture } from '../support/fixture';
import { samplesOf, signal } from './signals';

const golden = await fixture<{
  settings: Record<string, FeatureSetting>;
  cases: {
    setting: string;
    signal: string;
    length: number;
    checksum: number;
    shape: [number, number];
    power: string;
  }[];
}>('spectrogram/windows');

describe('mel power under other windows equals librosa', () => {
  it.each(golden.index.cases)('$setting: $signal, $length samples', (one) => {
    const integers = signal(one.signal, one.length, 16000);
    expect(integers.reduce((sum, value) => sum + value, 0)).toBe(one.checksum);
    const power = melPower(samplesOf(integers), 16000, golden.index.settings[one.setting]!);
    const wanted = golden.f32(one.power);
    expect(power.length).toBe(wanted.length);
    expect(wanted.length).toBe(one.shape[0] * one.shape[1]);
    const peak = Math.max(...wanted);
    expect(peak).toBeGreaterThan(0);
    let worst = 0;
    for (const [i, value] of wanted.entries())
      if (value > 1e-8 * peak) worst = Math.max(worst, Math.abs(power[i]! - value) / value);
    guard({
      chapter: 'spectrogram',
      quantity: 'mel power under Hamming, Blackman and rectangular windows, and windows shorter than n_fft',
      reference: 'librosa',
      unit: 'relative',
      tolerance: 1e-4,
      worst,
      note: 'relative to each value, where it is above 1e-8 of the peak',
    });
  });
});

it('Hann’s window over the whole frame is what it was before there was a choice, to the bit', () => {
  for (const size of [256, 2048, 4096]) {
    const before = Float64Array.from(
      { length: size },
      (_, n) => 0.5 - 0.5 * Math.cos((2 * Math.PI * n) / size),
    );
    expect(windowOf('hann', size, size)).toEqual(before);
  }
});

it('a window longer than its frame is refused', () => {
  const setting: FeatureSetting = { ...PAPER_FEATURES, nFft: 512, windowLength: 513 };
  expect(() => melPower(new Float32Array(600), 16000, setting)).toThrowError(
    expect.objectContaining({ code: 'feature-setting', details: { field: 'windowLength', value: 513 } }),
  );
});
