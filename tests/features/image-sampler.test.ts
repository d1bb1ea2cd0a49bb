/**
 * The sampler gives the images that image.ts defines, reads a spectrogram once, and its cache stays within
 * bounds.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { modelImage } from '../../src/core/augment/apply';
import { PAPER_AUGMENTATIONS, type AugmentationChoice } from '../../src/core/augment/registry';
import { pictureOf } from '../../src/core/spectrogram/picture';
import { ByteCache } from '../../workers/lib/byte-cache';
import { ImageSampler } from '../../workers/lib/image-sampler';

const nMels = 16;
const stored = (id: string) => {
  const frames = 3 + id.length;
  return {
    decibels: Float32Array.from({ length: nMels * frames }, (_, i) => Math.sin(i * id.length)),
    frames,
  };
};

function sampler(augmentations: readonly AugmentationChoice[] = PAPER_AUGMENTATIONS) {
  const reads: string[] = [];
  const read = async (id: string) => {
    reads.push(id);
    return stored(id);
  };
  return { reads, sampler: new ImageSampler({ nMels, inputSize: 8, seed: 7, augmentations, read }) };
}

const image = (
  id: string,
  epoch: number | null,
  augmentations: readonly AugmentationChoice[] = PAPER_AUGMENTATIONS,
): number[] => {
  const { decibels, frames } = stored(id);
  return [
    ...modelImage(pictureOf(decibels, nMels, frames), augmentations, { seed: 7, utteranceId: id, epoch }, 8),
  ];
};

describe('images', () => {
  const ids = Array.from({ length: 40 }, (_, i) => 'x'.repeat(i + 1));

  it.each([0, 5, null])('come in the order of the ids, epoch %s', async (epoch) => {
    const images = await sampler().sampler.sample(ids, epoch);
    expect(images.length).toBe(40 * 64);
    ids.forEach((id, i) => expect([...images.subarray(64 * i, 64 * (i + 1))]).toEqual(image(id, epoch)));
  });

  it('do not depend on what was asked before, and each spectrogram is read once', async () => {
    const { sampler: one, reads } = sampler();
    const validation = await one.sample(ids, null);
    await one.sample(ids.toReversed(), 3);
    expect(await one.sample(ids, null)).toEqual(validation);
    expect([...(await one.sample(['xx'], 1))]).toEqual(image('xx', 1));
    expect(reads).toHaveLength(40);
  });

  it('are augmented in training, and in validation only brought to one length', async () => {
    const choices: readonly AugmentationChoice[] = [
      { id: 'paper-dice' },
      { id: 'gain', decibels: 20 },
      {
        id: 'spec-augment',
        timeMasks: 3,
        timeShare: 0.5,
        frequencyMasks: 3,
        frequencyShare: 0.5,
        fill: 'minimum',
      },
    ];
    const { sampler: one } = sampler(choices);
    expect([...(await one.sample(['xxx'], 2))]).toEqual(image('xxx', 2, choices));
    expect(image('xxx', 2, choices)).not.toEqual(image('xxx', 2));
    expect([...(await one.sample(['xxx'], null))]).toEqual(image('xxx', null));
  });

  it('fail with the error of the reader', async () => {
    const broken = new ImageSampler({
      nMels,
      inputSize: 8,
      seed: 1,
      augmentations: PAPER_AUGMENTATIONS,
      read: () => Promise.reject(new Error('gone')),
    });
    await expect(broken.sample(['a'], 0)).rejects.toThrow('gone');
  });
});

describe('the cache', () => {
  it('forgets the least recently used first', () => {
    const cache = new ByteCache<number>(10);
    cache.set('a', 1, 4);
    cache.set('b', 2, 4);
    expect(cache.get('a')).toBe(1);
    cache.set('c', 3, 4);
    expect([cache.get('a'), cache.get('b'), cache.get('c')]).toEqual([1, undefined, 3]);
    cache.set('d', 4, 11);
    expect(cache.get('d')).toBeUndefined();
    expect(cache.bytes).toBe(8);
  });

  it('never holds more than its limit, and counts right', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.constantFrom('a', 'b', 'c', 'd', 'e'), fc.nat(12))), (sets) => {
        const cache = new ByteCache<number>(20);
        for (const [key, bytes] of sets) {
          cache.set(key, bytes, bytes);
          expect(cache.bytes).toBeLessThanOrEqual(20);
          expect(cache.bytes).toBe(
            ['a', 'b', 'c', 'd', 'e'].reduce((sum, k) => sum + (cache.get(k) ?? 0), 0),
          );
        }
      }),
    );
  });
});
