/**
 * One worker of the sampler pool: opens a feature pack for reading and makes model images out of it. Writes
 * nothing.
 */
import { StorageError } from '../src/core/errors/errors';
import type { SamplerContract } from '../src/core/protocol/contracts/features';
import { serve, Transfer, type Endpoint } from '../src/core/protocol/rpc';
import { Connection } from '../src/storage/connection';
import { openPack, readSpectrogram, type Spectrogram } from '../src/storage/feature-packs';
import { ImageSampler } from './lib/image-sampler';

const database = new Connection();
let sampler: ImageSampler | null = null;

serve<SamplerContract>(self as unknown as Endpoint, {
  open: async ({ packId, inputSize, seed, augmentations }) => {
    let pack = await openPack(await database.get(), packId);
    const read = async (id: string): Promise<Spectrogram> => {
      try {
        return await readSpectrogram(pack, id);
      } catch (error) {
        // A File goes stale when its file is written to: another run may be adding utterances to this pack.
        if (!(error instanceof DOMException)) throw error;
        pack = await openPack(await database.get(), packId);
        return readSpectrogram(pack, id);
      }
    };
    sampler = new ImageSampler({ nMels: pack.record.setting.nMels, inputSize, seed, augmentations, read });
    return null;
  },
  sample: async ({ utteranceIds, epoch }) => {
    if (!sampler) throw new StorageError('pack-missing');
    const images = await sampler.sample(utteranceIds, epoch);
    return new Transfer(images, [images.buffer]);
  },
});
