/** The decoder of coded files, loaded when the first one turns up: 190 KB that a corpus of WAV never needs. */
import type { DecodeCoded } from '../../src/core/audio/sound';

export const decodeOnDemand: DecodeCoded = async (bytes) =>
  (await import('./decode-coded')).decodeCoded(bytes);
