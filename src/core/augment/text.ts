/**
 * A list of augmentations as a link writes it: `paper-dice;gain,decibels:12`, options at their default left
 * out, `none` for an empty list. One number per task is `1;0.5;2`: a `;` before a letter begins the next
 * augmentation.
 */
import { entryText, entryValue } from '../options/text';
import type { Fields } from '../options/field';
import { AUGMENTATIONS, type AugmentationChoice } from './registry';

const NONE = 'none';
/** Names begin with a letter, numbers do not. */
const NEXT = /;(?=[a-z]|$)/i;

const fieldsOf = (id: string): Fields => AUGMENTATIONS.find((entry) => entry.id === id)?.fields ?? {};

export const augmentationsText = (choices: readonly AugmentationChoice[]): string =>
  choices.length === 0 ? NONE : choices.map((choice) => entryText(choice, fieldsOf(choice.id))).join(';');

/** @returns what the text says; whether it means anything is the schema's to decide */
export const augmentationsOf = (text: string): readonly AugmentationChoice[] =>
  text === NONE ? [] : text.split(NEXT).map((one) => entryValue(one, fieldsOf) as AugmentationChoice);
