/** All augmentations there are, in the order of the list to choose from (docs/adding-an-augmentation.md). */
import * as v from 'valibot';
import type { Frozen } from '../options/schema';
import { gain } from './gain';
import { mixup } from './mixup';
import { noise } from './noise';
import { paperDice } from './paper-dice';
import { repeat } from './repeat';
import { specAugment } from './spec-augment';

export const AUGMENTATIONS = [paperDice, repeat, specAugment, gain, noise, mixup] as const;

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

/** Those that bring an utterance to the canvas; without one it lies in its middle. */
export const PLACING: readonly AugmentationChoice['id'][] = AUGMENTATIONS.filter(
  (entry) => 'inValidation' in entry,
).map(({ id }) => id);

/** How a list brings utterances to the canvas; null: in its middle, cut or between silence. */
export const placingOf = (choices: readonly AugmentationChoice[]): AugmentationChoice['id'] | null =>
  choices.find(({ id }) => PLACING.includes(id))?.id ?? null;

/** The list with another way to the canvas, where the former stood or else first. */
export function placedBy(
  choices: readonly AugmentationChoice[],
  placing: AugmentationChoice['id'] | null,
): readonly AugmentationChoice[] {
  const at = choices.findIndex(({ id }) => PLACING.includes(id));
  const others = choices.filter(({ id }) => !PLACING.includes(id));
  return placing === null ? others : others.toSpliced(Math.max(0, at), 0, defaultAugmentation(placing));
}

/** An augmentation with every option at its default. */
export const defaultAugmentation = (id: AugmentationChoice['id']): AugmentationChoice =>
  v.parse(AUGMENTATION_SCHEMA, { id });
