/** What must hold between the settings of a spectrogram, and what they cost. */
import { describe, expect, it } from 'vitest';
import { parseRunConfig } from '../../src/core/config/parse';
import { PRESETS } from '../../src/core/config/presets';
import { FEATURE_FIELDS, featureOf, withFeature } from '../../src/core/spectrogram/fields';
import { costOf, emptyBands, fittingFields, heightOf, misfit } from '../../src/core/spectrogram/fits';
import { logMel } from '../../src/core/spectrogram/log-mel';
import { hzToMel, melFilterBank, melToHz } from '../../src/core/spectrogram/mel';
import { PAPER_FEATURES, type FeatureSetting } from '../../src/core/spectrogram/setting';
import { packId } from '../../src/storage/feature-packs';

const at = (part: Partial<FeatureSetting>): FeatureSetting => ({ ...PAPER_FEATURES, ...part });

describe('settings that do not fit each other', () => {
  it.each([
    [at({ nFft: 512, windowLength: 513 }), { field: 'windowLength', why: 'withinFrame', limit: 512 }],
    [at({ sampleRate: 16000, fMax: 8001 }), { field: 'fMax', why: 'halfRate', limit: 8000 }],
    [at({ fMin: 300, fMax: 300 }), { field: 'fMax', why: 'aboveLowest', limit: 300 }],
    [at({ sampleRate: 8000, fMin: 4000 }), { field: 'fMin', why: 'halfRate', limit: 4000 }],
  ] as const)('%#', (setting, wanted) => {
    expect(misfit(setting)).toEqual(wanted);
    const { field, why, limit } = wanted;
    expect(() => parseRunConfig({ ...PRESETS.compact, features: setting })).toThrowError(
      expect.objectContaining({
        code: 'bad-config',
        details: expect.objectContaining({ field: `features.${field}`, why, limit }),
      }),
    );
  });

  it('at the edge they fit', () => {
    for (const setting of [
      PAPER_FEATURES,
      at({ nFft: 512, windowLength: 512 }),
      at({ sampleRate: 16000, fMax: 8000 }),
      at({ fMin: 299, fMax: 300 }),
    ]) {
      expect(misfit(setting)).toBeNull();
      expect(parseRunConfig({ ...PRESETS.compact, features: setting }).features).toEqual(setting);
    }
  });

  it('where recordings keep their rate, the lowest of them counts', () => {
    expect(misfit(at({ fMax: 8000 }))).toBeNull();
    expect(misfit(at({ fMax: 8000 }), 16000)).toBeNull();
    expect(misfit(at({ fMax: 8000 }), 11025)).toEqual({ field: 'fMax', why: 'halfRate', limit: 5512.5 });
  });

  it('the ranges of the controls leave no misfit', () => {
    const { windowLength, fMin, fMax } = fittingFields(at({ nFft: 512, fMin: 100, fMax: 4000 }), 16000);
    expect([windowLength, fMin, fMax]).toMatchObject([{ max: 512 }, { max: 3999 }, { min: 101, max: 8000 }]);
    for (const value of [101, 8000]) expect(misfit(at({ fMin: 100, fMax: value }), 16000)).toBeNull();
  });
});

describe('a setting that came later is absent at its default', () => {
  it.each([
    ['window', 'hamming', 'hann'],
    ['windowLength', 400, null],
    ['channel', 'left', 'mix'],
  ] as const)('%s', (key, value, usual) => {
    const changed = withFeature(PAPER_FEATURES, key, value);
    expect(changed).toEqual({ ...PAPER_FEATURES, [key]: value });
    expect([featureOf(PAPER_FEATURES, key), featureOf(changed, key)]).toEqual([usual, value]);
    expect(Object.keys(withFeature(changed, key, usual))).toEqual(Object.keys(PAPER_FEATURES));
    expect(packId('corpus', changed)).not.toBe(packId('corpus', PAPER_FEATURES));
    expect(packId('corpus', withFeature(changed, key, usual))).toBe(packId('corpus', PAPER_FEATURES));
  });

  it('the declared defaults are the paper’s setting', () => {
    for (const [key, value] of Object.entries(PAPER_FEATURES))
      expect(FEATURE_FIELDS[key as keyof typeof FEATURE_FIELDS].default).toBe(value);
  });
});

it('counts the bands that no bin falls into', () => {
  const { start } = melFilterBank(48000, PAPER_FEATURES);
  const empty = Array.from({ length: 512 }, (_, m) => m).filter((m) => start[m] === start[m + 1]);
  expect(empty.length).toBeGreaterThan(0);
  expect(emptyBands(48000, PAPER_FEATURES)).toBe(empty.length);
  expect(emptyBands(16000, at({ nMels: 40 }))).toBe(0);
});

it('tells what a corpus costs: as many frames as are computed, four bytes a cell', () => {
  const recordings = [
    { sampleRate: 16000, frames: 16000 },
    { sampleRate: 44100, frames: 30001 },
    { sampleRate: 8000, frames: 1 },
  ];
  const setting = at({ sampleRate: 16000, hop: 160, nFft: 512, nMels: 40 });
  const computed = recordings.map(
    ({ sampleRate, frames }) => logMel(new Float32Array(frames).fill(0.1), sampleRate, setting).frames,
  );
  const frames = computed.reduce((sum, count) => sum + count, 0);
  expect(costOf(recordings, setting)).toEqual({
    frames,
    bytes: frames * 40 * 4,
    largest: Math.max(...computed) * 40 * 4,
  });
});

it('puts the centre of each band at the middle of its row', () => {
  const setting = at({ nMels: 40, fMin: 50, fMax: 7600, melScale: 'htk' });
  const mel = (hz: number): number => hzToMel(hz, 'htk');
  const [low, high] = [mel(50), mel(7600)];
  for (const m of [0, 17, 39]) {
    const centre = melToHz(low + ((high - low) * (m + 1)) / 41, 'htk');
    expect(heightOf(centre, setting, 7600, mel)).toBeCloseTo((m + 0.5) / 40, 10);
  }
});
