/** All augmentations there are, in the order of the list to choose from (docs/adding-an-augmentation.md). */
import * as v from 'valibot';
import type { Frozen } from '../options/schema';
import { gain } from './gain';
import { mixup } from './mixup';
import { noise } from './noise';
import { paperDice } from './paper-dice';
import { specAugment } from './spec-augment';

export const AUGMENTATIONS = [paperDice, specAugment, gain, noise, mixup] as const;

/** One augmentation of a run with its options: `{ id, ...options }`. */
export const AUGMENTATION_SCHEMA = v.variant(
  'id',
  AUGMENTATIONS.map(({ schema }) => schema),
);

export type AugmentationChoice = Frozen<v.InferOutput<typeof AUGMENTATION_SCHEMA>>;

/** @returns the id of an entry that counts once and stands in the list twice, where a second one would do nothing */
export const secondOfOne = (choices: readonly AugmentationChoice[]): AugmentationChoice['id'] | null =>
  choices.find(
    ({ id }, i) =>
      choices.slice(0, i).some((earlier) => earlier.id === id) &&
      AUGMENTATIONS.some((entry) => entry.id === id && 'once' in entry),
  )?.id ?? null;

/** What the paper does: every utterance brought to one length by dice. */
export const PAPER_AUGMENTATIONS: readonly AugmentationChoice[] = [{ id: 'paper-dice' }];

/** An augmentation with every option at its default. */
export const defaultAugmentation = (id: AugmentationChoice['id']): AugmentationChoice =>
  v.parse(AUGMENTATION_SCHEMA, { id });
