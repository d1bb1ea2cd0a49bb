/**
 * A split as one word, for links, names and lists to choose from: `random:0.2`, `session:5`,
 * `speaker:16;test:speaker:03`. Options stand in the order of their declaration.
 */
import { SPLITS, splitKind, type Holding, type SplitChoice } from './registry';

const TEST = ';test:';

const wordOf = ({ kind, ...options }: Holding): string =>
  [
    kind,
    ...Object.keys(splitKind({ kind }).fields).map((key) =>
      encodeURIComponent(String((options as Readonly<Record<string, unknown>>)[key])),
    ),
  ].join(':');

export function splitText({ test, ...main }: SplitChoice): string {
  return wordOf(main) + (test ? TEST + wordOf(test) : '');
}

/** @returns what the text says, valid or not: the schema decides */
export function splitOf(text: string): unknown {
  const at = text.indexOf(TEST);
  const main = partOf(at < 0 ? text : text.slice(0, at));
  return at < 0 ? main : { ...main, test: partOf(text.slice(at + TEST.length)) };
}

/** Every option is named in a word, and nothing else. */
function partOf(text: string): Record<string, unknown> {
  const [kind = '', ...values] = text.split(':');
  const fields = Object.entries(SPLITS.find(({ id }) => id === kind)?.fields ?? {});
  // No kind has a colon in its name.
  if (fields.length !== values.length) return { kind: `${text}:` };
  return {
    kind,
    ...Object.fromEntries(
      fields.map(([key, field], i) => [
        key,
        field.kind === 'number' ? numberOf(values[i]!) : decoded(values[i]!),
      ]),
    ),
  };
}

const numberOf = (text: string): number => (text.trim() === '' ? Number.NaN : Number(text));

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
