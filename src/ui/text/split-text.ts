/** A split in words, wherever a list, a table or a caption speaks of it. */
import type { TFunction } from 'i18next';
import { publishedName } from '../../core/corpus/adapters/registry';
import type { Field } from '../../core/options/field';
import { splitKind, type Holding, type SplitChoice } from '../../core/splits/registry';
import { splitText } from '../../core/splits/text';
import type { Format } from './format';
import { say } from './lookup';

/** Options as text: shares in percent, columns by their names. */
export function splitOptions(
  t: TFunction,
  format: Format,
  { kind, ...options }: Holding,
): Record<string, string> {
  const written = ([key, field]: readonly [string, Field]): readonly [string, string] => {
    const value = (options as Readonly<Record<string, unknown>>)[key];
    if (field.kind === 'number' && typeof value === 'number')
      return [key, field.max <= 1 ? format.percent(value) : format.integer(value)];
    if (key === 'name') return [key, publishedName(String(value))];
    return [key, key === 'column' ? say(t, `columns.${String(value)}`, String(value)) : String(value)];
  };
  return Object.fromEntries(Object.entries(splitKind({ kind }).fields).map(written));
}

/** `session 5 held out`, `fold 2 of 5 by speaker, test: speaker 03 held out` */
export function splitWords(t: TFunction, format: Format, { test, ...main }: SplitChoice): string {
  const part = (holding: Holding): string =>
    say(t, `splits.${holding.kind}.short`, splitText(holding), splitOptions(t, format, holding));
  const split = part(main);
  return test ? t('splits.withTest', { split, test: part(test) }) : split;
}
