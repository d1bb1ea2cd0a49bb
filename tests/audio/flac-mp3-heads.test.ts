/** What FLAC and MP3 files say of their length, by files of known length and by hand. */
import { describe, expect, it } from 'vitest';
import { flacStream } from '../../src/core/audio/flac-stream';
import { mp3Length } from '../../src/core/audio/mp3-length';
import { fixtureBytes } from '../support/fixture';

describe('FLAC', () => {
  it.each([
    ['mono16.flac', 2, 6400],
    ['stereo24.flac', 3, 2205],
    ['mono8.flac', 1, 3200],
  ])('%s', async (name, bytes, frames) => {
    const head = (await fixtureBytes(`coded/${name}`)).subarray(0, 42);
    expect(flacStream(head)).toEqual({ bytes, frames });
    expect(() => flacStream(head.subarray(0, 20))).toThrow(RangeError);
  });
});

describe('MP3', () => {
  it.each([
    ['mono.mp3', 576, 6400],
    ['stereo.mp3', 1152, 17640],
  ])('%s', async (name, frameSamples, frames) => {
    // LAME's encoder delay is 576, or 1105 from its first sample on.
    expect(mp3Length(await fixtureBytes(`coded/${name}`), frameSamples)).toEqual({ skip: 1105, frames });
  });

  it('knows nothing without a tag, and reads none that is cut off', async () => {
    expect(mp3Length(await fixtureBytes('coded/untagged.mp3'), 576)).toBeNull();
    const bytes = await fixtureBytes('coded/mono.mp3');
    for (const length of [0, 3, 9, 40, 60, 100, 180])
      expect(mp3Length(bytes.subarray(0, length), 576)).toBeNull();
  });
});
