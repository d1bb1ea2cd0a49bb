/** Which file names are sound. */
import { describe, expect, it } from 'vitest';
import { audioStem, isAudioName } from '../../src/core/audio/names';

describe('names of sound files', () => {
  it.each([
    ['a.wav', true, 'a'],
    ['Session1/x y.WAV', true, 'Session1/x y'],
    ['злость.Wav', true, 'злость'],
    ['a.wav.txt', false, 'a.wav.txt'],
    ['wav', false, 'wav'],
    ['a.wave', false, 'a.wave'],
    ['.wav.bak', false, '.wav.bak'],
  ])('%s', (name, sound, stem) => {
    expect(isAudioName(name)).toBe(sound);
    expect(audioStem(name)).toBe(stem);
  });
});
