/** A recording for the player: what is played, drawn and read off it. */
import { expect, it } from 'vitest';
import { hear } from '../../src/core/audio/heard';
import { locateSamples } from '../../src/core/audio/riff';
import { decodeWav } from '../../src/core/audio/wav';
import { chunk, fmt, join, riff, uint } from './wav-files';

const pcm16 = (values: readonly number[]): Uint8Array =>
  join(...values.map((value) => uint(value & 0xffff, 2)));

it('plays all channels, draws each, and reads peak and clipping off the samples', () => {
  // Left and right in turn, four frames.
  const data = pcm16([100, -200, 32767, 0, 32767, 16384, 32767, -16384]);
  const bytes = riff(fmt({ channels: 2, rate: 8000 }), chunk('data', data));
  const heard = hear({ bytes, layout: locateSamples(bytes, bytes.length), format: null, packets: null }, 2);
  expect(heard).toMatchObject({ sampleRate: 8000, channels: 2, frames: 4, coding: 'pcm16', clipped: 3 });
  expect(heard.peak).toBe(32767 / 32768);
  // Two stretches of two frames: smallest and largest.
  expect([...heard.waves[0]!]).toEqual([100 / 32768, 32767 / 32768, 32767 / 32768, 32767 / 32768]);
  expect([...heard.waves[1]!]).toEqual([-200 / 32768, 0, -0.5, 0.5]);
  // What is played is the file, sample by sample.
  expect(heard.wav.subarray(44)).toEqual(data);
  expect(decodeWav(heard.wav)).toMatchObject({ channels: 2, sampleRate: 8000, warnings: [] });
});

it('draws no more stretches than there are frames, and takes no number for silence', () => {
  const data = new Uint8Array(new Float32Array([0.5, Number.NaN, -2]).buffer);
  const bytes = riff(fmt({ tag: 3, bits: 32 }), chunk('data', data));
  const heard = hear(
    { bytes, layout: locateSamples(bytes, bytes.length), format: null, packets: null },
    1000,
  );
  expect([...heard.waves[0]!]).toEqual([0.5, 0.5, 0, 0, -2, -2]);
  expect(heard.peak).toBe(2);
  expect([...decodeWav(heard.wav).samples]).toEqual([0.5, 0, -1]);
});
