/** What the Data screen shows of a list of augmentations is what training would see of it. */
import { expect, it } from 'vitest';
import { augmented, mixingOf } from '../../src/core/augment/apply';
import { previewAugmentations } from '../../src/core/augment/preview';
import type { AugmentationChoice } from '../../src/core/augment/registry';
import { greyLevels, paint } from '../../src/core/spectrogram/image';
import { copyOf, pictureOf } from '../../src/core/spectrogram/picture';
import { noiseSpectrogram } from '../spectrogram/signals';

const picture = pictureOf(noiseSpectrogram(16, 90), 16, 90);
const other = {
  picture: pictureOf(
    noiseSpectrogram(16, 600).map((v) => v / 2),
    16,
    600,
  ),
  utteranceId: 'b',
};
const key = { seed: 3, utteranceId: 'a', epoch: 7 };
const gain: AugmentationChoice = { id: 'gain', decibels: 20 };
const dice: AugmentationChoice = { id: 'paper-dice' };

it('before is the spectrogram in grey, at its own length', () => {
  const { before } = previewAugmentations(picture, [gain], key, other);
  expect(before).toEqual({ nMels: 16, frames: 90, levels: greyLevels(picture) });
  expect([Math.min(...before.levels), Math.max(...before.levels)]).toEqual([0, 255]);
});

it('after is the picture of the same draw, and another draw is another picture', () => {
  const after = (epoch: number, list = [dice, gain]) =>
    previewAugmentations(picture, list, { ...key, epoch }, other).after;
  const drawn = augmented(picture, [dice, gain], key);
  const canvas = new Uint8Array(16 * 512);
  paint(drawn, canvas);
  expect(after(7)).toEqual({ nMels: 16, frames: 512, levels: canvas });
  expect(after(8)).not.toEqual(after(7));
  expect(after(7, [gain]).levels).toEqual(greyLevels(copyOf(augmented(picture, [gain], key))));
});

it('mixup shows the utterance mixed with the other one, each after what acts on pictures', () => {
  const list: readonly AugmentationChoice[] = [{ id: 'mixup', alpha: 1 }, dice, gain];
  const { after, lambda } = previewAugmentations(picture, list, key, other);
  expect(lambda).toBe(mixingOf(list, 3, ['a', 'b'], 7)!.lambda);
  const [own, its] = [new Uint8Array(16 * 512), new Uint8Array(16 * 512)];
  paint(augmented(picture, list, key), own);
  paint(augmented(other.picture, list, { ...key, utteranceId: 'b' }), its);
  after.levels.forEach((level, i) =>
    expect(Math.abs(level - (lambda! * own[i]! + (1 - lambda!) * its[i]!))).toBeLessThanOrEqual(0.5),
  );
});
