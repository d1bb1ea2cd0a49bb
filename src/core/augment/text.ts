/**
 * A list of augmentations as a link writes it: `paper-dice;gain,decibels:12`, options at their default left
 * out, `none` for an empty list.
 */
import { AUGMENTATIONS, type AugmentationChoice } from './registry';

const NONE = 'none';

export const augmentationsText = (choices: readonly AugmentationChoice[]): string =>
  choices.length === 0 ? NONE : choices.map(choiceText).join(';');

function choiceText(choice: AugmentationChoice): string {
  const fields = Object.entries(AUGMENTATIONS.find(({ id }) => id === choice.id)!.fields);
  const values = choice as unknown as Readonly<Record<string, unknown>>;
  const options = fields.flatMap(([key, field]: [string, { readonly default: unknown }]) =>
    values[key] === field.default ? [] : [`${key}:${String(values[key])}`],
  );
  return [choice.id, ...options].join(',');
}

/** @returns what the text says; whether it means anything is the schema's to decide */
export function augmentationsOf(text: string): readonly AugmentationChoice[] {
  if (text === NONE) return [];
  return text.split(';').map((one) => {
    const [id, ...options] = one.split(',');
    return { id, ...Object.fromEntries(options.map(valueOf)) } as AugmentationChoice;
  });
}

function valueOf(pair: string): readonly [key: string, value: unknown] {
  const [key = '', text = ''] = pair.split(':');
  return [key, text !== '' && Number.isFinite(Number(text)) ? Number(text) : text];
}
