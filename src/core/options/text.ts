/**
 * Values of options as links, tables and CSV files write them, and back, by what the option declares:
 * `weights:1;0.5;2,detached:true,form:regression`. Whether a value fits is the schema's to say: what cannot be
 * read as a field's kind stays the text that it is.
 */
import { isDefault, type Field, type Fields } from './field';

type Values = Readonly<Record<string, unknown>>;

/** `1;0.5;2`, `true`, `regression` */
export const optionText = (value: number | boolean | string | null | readonly number[]): string =>
  Array.isArray(value) ? value.join(';') : String(value);

/** Decimal only: `0x10` and `0b1` are JavaScript's, not a reader's. NaN where the text is no number. */
export const numberOf = (text: string): number =>
  /^\s*[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?\s*$/i.test(text) ? Number(text) : Number.NaN;

/** `a:b:c` is `a` and `b:c`: nothing behind is left out without a word. */
export function halves(text: string): readonly [string, string] {
  const at = text.indexOf(':');
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)];
}

/** A text may hold what separates options: it is encoded once more than the link is. */
export function fieldText(field: Field, value: unknown): string {
  if (field.kind === 'text') return encodeURIComponent(String(value));
  if (field.kind === 'open-number' && value === null) return field.none;
  return optionText(value as Parameters<typeof optionText>[0]);
}

/** @param field undefined: nobody declares it, and the schema will say so */
export function fieldValue(field: Field | undefined, text: string): unknown {
  switch (field?.kind) {
    case 'number':
    case 'task':
      return numberOr(text);
    case 'open-number':
      return text === field.none ? null : numberOr(text);
    case 'boolean':
      return text === 'true' || (text === 'false' ? false : text);
    case 'perTask':
      return text.split(';').map(numberOf);
    case 'text':
      return decoded(text);
    case 'choice':
    case undefined:
      return text;
  }
}

/** Options as `key:text`, those given. */
export const optionsText = (fields: Fields, values: Values): string =>
  Object.entries(values)
    .map(([key, value]) => `${key}:${fields[key] ? fieldText(fields[key], value) : String(value)}`)
    .join(',');

export function optionsValue(fields: Fields, text: string): Values {
  if (text === '') return {};
  return Object.fromEntries(
    text.split(',').map((part) => {
      const [key, value] = halves(part);
      return [key, fieldValue(Object.hasOwn(fields, key) ? fields[key] : undefined, value)];
    }),
  );
}

/** An entry of a registry with the options that depart from its defaults: `sgd,momentum:0.8,nesterov:true`. */
export function entryText(
  { id, ...options }: { readonly id: string } & Values,
  fields: Fields,
  apart: readonly string[] = [],
): string {
  const departing = Object.entries(fields).flatMap(([key, field]): [string, unknown][] =>
    apart.includes(key) || isDefault(field, options[key]) ? [] : [[key, options[key]]],
  );
  const text = optionsText(fields, Object.fromEntries(departing));
  return text === '' ? id : `${id},${text}`;
}

/** @param fieldsOf the options that an entry of that name declares; none where there is no such entry */
export function entryValue(text: string, fieldsOf: (id: string) => Fields): { readonly id: string } & Values {
  const [id = '', ...options] = text.split(',');
  return { ...optionsValue(fieldsOf(id), options.join(',')), id };
}

const numberOr = (text: string): number | string => {
  const number = numberOf(text);
  return Number.isNaN(number) ? text : number;
};

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
