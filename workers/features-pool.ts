/**
 * One worker of the feature pool: reads a sound file, decodes it and computes its log-mel spectrogram. Stores
 * nothing.
 */
import { cutByFrames, cutBytes } from '../src/core/audio/cut';
import { decodeWav } from '../src/core/audio/wav';
import { assertAsScanned } from '../src/core/corpus/as-scanned';
import type { FeaturePoolContract } from '../src/core/protocol/contracts';
import { serve, Transfer, type Endpoint } from '../src/core/protocol/rpc';
import { logMel } from '../src/core/spectrogram/log-mel';
import { reading } from '../src/storage/folder-source';
import { sha256 } from '../src/storage/sha256';

serve<FeaturePoolContract>(self as unknown as Endpoint, {
  logMel: async ({ file: source, scanned, setting }) => {
    const given = source as File | FileSystemFileHandle;
    const bytes = await reading(given.name, async () => {
      const file = given instanceof File ? given : await given.getFile();
      const read = async (start: number, end: number): Promise<Uint8Array> =>
        new Uint8Array(await file.slice(start, end).arrayBuffer());
      const { firstFrame, frames } = scanned;
      if (firstFrame === undefined) return read(0, file.size);
      return cutBytes(await cutByFrames(read, file.size, firstFrame, frames), read);
    });
    await assertAsScanned(bytes, scanned, given.name, sha256);
    const { samples, sampleRate, warnings } = decodeWav(bytes);
    const { decibels, frames } = logMel(samples, sampleRate, setting);
    return new Transfer({ decibels, frames, warnings }, [decibels.buffer]);
  },
});
