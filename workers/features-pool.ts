/**
 * One worker of the feature pool: reads a sound file, decodes it and computes its log-mel spectrogram. Stores
 * nothing.
 */
import { levelOf } from '../src/core/audio/level';
import { decodeSamples } from '../src/core/audio/wav';
import type { FeaturePoolContract } from '../src/core/protocol/contracts/features';
import { serve, Transfer, type Endpoint } from '../src/core/protocol/rpc';
import { logMel } from '../src/core/spectrogram/log-mel';
import { readScanned } from './lib/read-scanned';

serve<FeaturePoolContract>(self as unknown as Endpoint, {
  logMel: async ({ file: source, scanned, setting }) => {
    const sound = await readScanned(source as File | FileSystemFileHandle, scanned);
    const { samples, sampleRate, warnings } = decodeSamples(sound, setting.channel);
    const { decibels, frames } = logMel(samples, sampleRate, setting);
    return new Transfer({ decibels, frames, warnings, level: levelOf(samples) }, [decibels.buffer]);
  },
});
