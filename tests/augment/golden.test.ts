/** Augmentations and their order against a restatement in NumPy (reference/fixtures/augment.py). */
import { describe, expect, it } from 'vitest';
import { augmented, mixImages, mixingOf, modelImage } from '../../src/core/augment/apply';
import type { AugmentationChoice } from '../../src/core/augment/registry';
import { copyOf, centred, pictureOf } from '../../src/core/spectrogram/picture';
import { guard } from '../support/fidelity';
import { fixture } from '../support/fixture';
import { noiseSpectrogram } from '../spectrogram/signals';

interface Case {
  nMels: number;
  frames: number;
  seed: number;
  utterance: string;
  epoch: number | null;
  list: number;
  decibels: string;
  image: string;
}
interface Mixture {
  alpha: number;
  count: number;
  seed: number;
  utterance: string;
  epoch: number;
  weight: number;
  partners: number[];
  images: string;
  mixed: string;
}
const golden = await fixture<{
  inputSize: number;
  lists: AugmentationChoice[][];
  cases: Case[];
  mixtures: Mixture[];
}>('augment');
const { inputSize, lists, cases, mixtures } = golden.index;

const named = (list: readonly AugmentationChoice[]): string => list.map(({ id }) => id).join(', ') || 'none';

describe('pictures and images equal NumPy', () => {
  it.each(cases.map((one) => ({ ...one, name: named(lists[one.list]!) })))(
    '$name: $nMels x $frames, seed $seed, utterance $utterance, epoch $epoch',
    (one) => {
      const picture = pictureOf(noiseSpectrogram(one.nMels, one.frames), one.nMels, one.frames);
      const key = { seed: one.seed, utteranceId: one.utterance, epoch: one.epoch };
      const changed = augmented(picture, lists[one.list]!, key);
      const { decibels } = copyOf({
        ...changed,
        placement: changed.placement ?? centred(changed.frames),
      });
      const expected = golden.f32(one.decibels);
      const columns = 512 / 8;
      const off = expected.map((value, i) => {
        const own = decibels[4 * Math.floor(i / columns) * 512 + 8 * (i % columns)]!;
        return Math.abs((own === -Infinity ? -1000 : own) - value);
      });
      expect(off.length).toBe((one.nMels / 4) * columns);
      guard({
        chapter: 'image',
        quantity: 'augmentations, alone and in lists: decibels',
        reference: 'numpy',
        unit: 'dB',
        tolerance: 2e-5,
        worst: Math.max(...off),
        note: 'noise takes logarithms, whose last digit is each library’s own; rounded to float32 at 80 dB',
      });
      const image = modelImage(picture, lists[one.list]!, key, inputSize);
      const levels = golden.u8(one.image);
      guard({
        chapter: 'image',
        quantity: 'augmentations, alone and in lists: grey levels',
        reference: 'numpy',
        unit: 'grey levels',
        tolerance: 1,
        worst: Math.max(...image.map((level, i) => Math.abs(level - levels[i]!))),
      });
    },
  );
});

it.each(mixtures)('mixup, alpha $alpha, $count examples', (one) => {
  const choices: readonly AugmentationChoice[] = [{ id: 'paper-dice' }, { id: 'mixup', alpha: one.alpha }];
  const ids = Array.from({ length: one.count }, (_, i) => (i === 0 ? one.utterance : `other ${i}`));
  const mixing = mixingOf(choices, one.seed, ids, one.epoch)!;
  expect(mixing.partners).toEqual(one.partners);
  guard({
    chapter: 'image',
    quantity: 'mixup: lambda',
    reference: 'numpy',
    unit: '',
    tolerance: 1e-12,
    worst: Math.abs(mixing.lambda - one.weight),
  });
  expect(mixImages(golden.u8(one.images), mixing)).toEqual(golden.u8(one.mixed));
});
