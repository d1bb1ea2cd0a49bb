/**
 * A split as one word, for links, names and lists to choose from: `random:0.2`, `session:5`,
 * `speaker:16;test:speaker:03`. Options stand in the order of their declaration.
 */
import { fieldText, fieldValue } from '../options/text';
import { SPLITS, splitKind, type Holding, type SplitChoice } from './registry';

const TEST = ';test:';

const wordOf = ({ kind, ...options }: Holding): string =>
  [
    kind,
    ...Object.entries(splitKind({ kind }).fields).map(([key, field]) =>
      fieldText(field, (options as Readonly<Record<string, unknown>>)[key]),
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

/**
 * Options by their place; those at the end may be missing, so that a link from before a kind got one is read,
 * but not all of them.
 */
function partOf(text: string): Record<string, unknown> {
  const [kind = '', ...values] = text.split(':');
  const fields = Object.entries(SPLITS.find(({ id }) => id === kind)?.fields ?? {});
  // No kind has a colon in its name.
  if (values.length > fields.length || (values.length === 0 && fields.length > 0))
    return { kind: `${text}:` };
  return {
    kind,
    ...Object.fromEntries(values.map((value, i) => [fields[i]![0], fieldValue(fields[i]![1], value)])),
  };
}
