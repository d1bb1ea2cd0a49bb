/**
 * Model images out of spectrograms: keeps the spectrograms it has read, because every epoch comes back to
 * them, and the finished validation images, because they never change. Not here: where spectrograms come
 * from.
 */
import { modelImage } from '../../src/core/augment/apply';
import type { AugmentationChoice } from '../../src/core/augment/registry';
import { pictureOf } from '../../src/core/spectrogram/picture';
import type { Spectrogram } from '../../src/storage/feature-packs';
import { ByteCache } from './byte-cache';

const MEBIBYTE = 2 ** 20;
const SPECTROGRAM_CACHE = 192 * MEBIBYTE;
const VALIDATION_CACHE = 64 * MEBIBYTE;
/** Spectrograms asked for at a time. */
const READ_AHEAD = 16;

export interface SamplerOptions {
  readonly nMels: number;
  /** Side of the images. */
  readonly inputSize: number;
  readonly seed: number;
  /** In their order; validation images are spared all but what brings them to one length. */
  readonly augmentations: readonly AugmentationChoice[];
  readonly read: (utteranceId: string) => Promise<Spectrogram>;
}

export class ImageSampler {
  private readonly spectrograms = new ByteCache<Spectrogram>(SPECTROGRAM_CACHE);
  private readonly validation = new ByteCache<Uint8Array<ArrayBuffer>>(VALIDATION_CACHE);

  constructor(private readonly options: SamplerOptions) {}

  /**
   * @param epoch null for the fixed validation draw
   * @returns uint8 [utteranceIds.length][inputSize][inputSize], a function of pack, seed, ids and epoch alone
   */
  async sample(utteranceIds: readonly string[], epoch: number | null): Promise<Uint8Array<ArrayBuffer>> {
    const { nMels, inputSize, seed, augmentations } = this.options;
    const pixels = inputSize * inputSize;
    const images = new Uint8Array(utteranceIds.length * pixels);
    for (let first = 0; first < utteranceIds.length; first += READ_AHEAD) {
      const ids = utteranceIds.slice(first, first + READ_AHEAD);
      const ready = ids.map((id) => (epoch === null ? this.validation.get(id) : undefined));
      const read = await Promise.all(ids.map(async (id, i) => (ready[i] ? null : this.spectrogram(id))));
      ids.forEach((id, i) => {
        const to = images.subarray((first + i) * pixels, (first + i + 1) * pixels);
        const [image, spectrogram] = [ready[i], read[i]];
        if (image) to.set(image);
        else if (spectrogram) {
          const picture = pictureOf(spectrogram.decibels, nMels, spectrogram.frames);
          modelImage(picture, augmentations, { seed, utteranceId: id, epoch }, inputSize, to);
          if (epoch === null) this.validation.set(id, to.slice(), pixels);
        }
      });
    }
    return images;
  }

  private async spectrogram(id: string): Promise<Spectrogram> {
    const kept = this.spectrograms.get(id);
    if (kept) return kept;
    const read = await this.options.read(id);
    this.spectrograms.set(id, read, read.decibels.byteLength);
    return read;
  }
}
