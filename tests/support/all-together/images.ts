/** Images of the run, and one of its augmentations by hand. */
import { expect } from 'vitest';
import { RandomStream } from '../../../src/core/random/streams';
import type { RunConfig } from '../../../src/core/config/run-config';
import type { LogMel } from '../../../src/core/spectrogram/log-mel';
import type { Modules, Options } from './modules';

/** As the sampler makes them; and the new augmentation is what its page says. */
export function imagesOf(
  m: Modules,
  config: RunConfig,
  features: ReadonlyMap<string, LogMel>,
): Options['images'] {
  const { nMels } = config.features;
  const [id, { decibels, frames }] = [...features][7]!;
  const picture = m.pictureOf(decibels, nMels, frames);
  const key = { seed: config.seed, utteranceId: id, epoch: 2 };
  const [, tilt] = config.augmentations;
  const tilted = m.augmented(picture, [tilt!], key);
  const by = 3 * (2 * new RandomStream(config.seed, 'augment', 'tilt', 0, id, 2).uniform() - 1);
  for (const band of [0, 1, nMels - 1])
    expect(tilted.decibels[band * frames + 3]! - decibels[band * frames + 3]!).toBeCloseTo(
      (by * band) / (nMels - 1),
      4,
    );
  expect(m.augmented(picture, [tilt!], { ...key, epoch: null })).toBe(picture);

  return async (ids, epoch) => {
    const out = new Uint8Array(ids.length * config.inputSize ** 2);
    ids.forEach((utteranceId, i) => {
      const own = features.get(utteranceId)!;
      const of = m.pictureOf(own.decibels, nMels, own.frames);
      const draw = { seed: config.seed, utteranceId, epoch };
      out.set(m.modelImage(of, config.augmentations, draw, config.inputSize), i * config.inputSize ** 2);
    });
    return out;
  };
}
