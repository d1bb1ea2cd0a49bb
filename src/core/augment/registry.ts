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

/** What the paper does: every utterance brought to one length by dice. */
export const PAPER_AUGMENTATIONS: readonly AugmentationChoice[] = [{ id: 'paper-dice' }];

/** An augmentation with every option at its default. */
export const defaultAugmentation = (id: AugmentationChoice['id']): AugmentationChoice =>
  v.parse(AUGMENTATION_SCHEMA, { id });
