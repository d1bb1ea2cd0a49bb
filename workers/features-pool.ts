/**
 * One worker of the feature pool: reads a sound file, decodes it and computes its log-mel spectrogram. Stores
 * nothing.
 */
import { cutByFrames, cutBytes } from '../src/core/audio/cut';
import { decodeSamples } from '../src/core/audio/wav';
import { openAsScanned } from '../src/core/corpus/as-scanned';
import type { FeaturePoolContract } from '../src/core/protocol/contracts/features';
import { serve, Transfer, type Endpoint } from '../src/core/protocol/rpc';
import { logMel } from '../src/core/spectrogram/log-mel';
import { reading } from '../src/storage/folder-source';
import { sha256 } from '../src/storage/sha256';
import { decodeOnDemand } from './lib/decode-on-demand';

serve<FeaturePoolContract>(self as unknown as Endpoint, {
  logMel: async ({ file: source, scanned, setting }) => {
    const given = source as File | FileSystemFileHandle;
    const bytes = await reading(given.name, async () => {
      const file = given instanceof File ? given : await given.getFile();
      const read = async (start: number, end: number): Promise<Uint8Array<ArrayBuffer>> =>
        new Uint8Array(await file.slice(start, end).arrayBuffer());
      const { firstFrame, frames } = scanned;
      if (firstFrame === undefined) return read(0, file.size);
      return cutBytes(await cutByFrames(read, file.size, firstFrame, frames), read);
    });
    const sound = await openAsScanned(bytes, scanned, given.name, { digest: sha256, decode: decodeOnDemand });
    const { samples, sampleRate, warnings } = decodeSamples(sound, setting.channel);
    const { decibels, frames } = logMel(samples, sampleRate, setting);
    return new Transfer({ decibels, frames, warnings }, [decibels.buffer]);
  },
});
