/**
 * The WAV files that Python and the spectrogram tests read as speech are what the synthesiser makes, byte for
 * byte.
 */
import { expect, it } from 'vitest';
import { fixtureBytes } from '../support/fixture';
import { synthesised } from './utterances';

it.each(synthesised())(
  '$name is committed as the synthesiser makes it; else run reference/utterances.mjs and regenerate',
  async ({ name, bytes }) => {
    expect(bytes.length).toBeGreaterThan(30_000);
    expect(Buffer.from(await fixtureBytes(`spectrogram/${name}.wav`)).equals(bytes)).toBe(true);
  },
);
