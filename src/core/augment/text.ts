/**
 * A list of augmentations as a link writes it: `paper-dice;gain,decibels:12`, options at their default left
 * out, `none` for an empty list.
 */
import { entryText, entryValue } from '../options/text';
import type { Fields } from '../options/field';
import { AUGMENTATIONS, type AugmentationChoice } from './registry';

const NONE = 'none';

const fieldsOf = (id: string): Fields => AUGMENTATIONS.find((entry) => entry.id === id)?.fields ?? {};

export const augmentationsText = (choices: readonly AugmentationChoice[]): string =>
  choices.length === 0 ? NONE : choices.map((choice) => entryText(choice, fieldsOf(choice.id))).join(';');

/** @returns what the text says; whether it means anything is the schema's to decide */
export const augmentationsOf = (text: string): readonly AugmentationChoice[] =>
  text === NONE ? [] : text.split(';').map((one) => entryValue(one, fieldsOf) as AugmentationChoice);
