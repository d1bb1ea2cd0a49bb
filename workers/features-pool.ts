/**
 * One worker of the feature pool: reads a sound file, decodes it and computes its log-mel spectrogram. Stores
 * nothing.
 */
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
      return new Uint8Array(await file.arrayBuffer());
    });
    await assertAsScanned(bytes, scanned, given.name, sha256);
    const { samples, sampleRate, warnings } = decodeWav(bytes);
    const { decibels, frames } = logMel(samples, sampleRate, setting);
    return new Transfer({ decibels, frames, warnings }, [decibels.buffer]);
  },
});
