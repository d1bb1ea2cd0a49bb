/** Every kind of WAV file that libsndfile reads, read as libsndfile reads it (reference/fixtures/wav.py). */
import { describe, expect, it } from 'vitest';
import { decodeWav, probeWav } from '../../src/core/audio/wav';
import { AudioError } from '../../src/core/errors/errors';
import { fixture } from '../support/fixture';

interface Case {
  readonly name: string;
  readonly file: string;
  readonly error?: true;
  readonly rate: number;
  readonly channels: number;
  readonly mono: string;
}

const { index, u8, f32 } = await fixture<{ readonly cases: readonly Case[] }>('wav');
/** libsndfile reads these as packed threes; writers of 24 bits in four bytes mean four (riff.ts). */
const OURS = new Set(['24 bits, block 4']);

describe('as libsndfile reads', () => {
  it.each(index.cases.filter(({ error, name }) => !error && !OURS.has(name)))(
    '$name',
    ({ file, rate, channels, mono }) => {
      const bytes = u8(file);
      const expected = f32(mono);
      const wave = decodeWav(bytes);
      expect([wave.sampleRate, wave.channels, wave.samples.length]).toEqual([
        rate,
        channels,
        expected.length,
      ]);
      const worst = expected.reduce(
        (most, value, i) => Math.max(most, Math.abs(value - wave.samples[i]!)),
        0,
      );
      expect(worst).toBe(0);
      expect(probeWav(bytes, bytes.length).frames).toBe(expected.length);
    },
  );

  it.each(index.cases.filter(({ error }) => error))('$name is refused by both', ({ file }) => {
    expect(() => decodeWav(u8(file))).toThrow(AudioError);
  });
});
