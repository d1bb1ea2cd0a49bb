/**
 * What a list of utterances is filtered by, as data and as the text of a search box and a link:
 *
 *     speaker:F01,F02 seconds:1.5..3 -side:train text~"good morning" laugh
 *
 * Every part must hold. `column:a,b` is one of these values (of a number: one of these ranges, ends included;
 * `""`: no value), `column~part` has the part in it, a word alone is looked for in names, labels and text; `-`
 * in front means not. Whatever has a space or one of `" , : ~ \` in it, is empty or begins with `-` stands in
 * quotes, in which `\` keeps the next character. Every text can be read. Not here: what a column is (columns.ts),
 * which rows match (filter.ts).
 */

export interface Clause {
  readonly not: boolean;
  /** Null: a word, looked for in every column that is searched. */
  readonly column: string | null;
  /** `is`: one of the values; `has`: one of them is a part of it. A word has. */
  readonly test: 'is' | 'has';
  /** At least one. */
  readonly values: readonly string[];
}

const OPERATORS = { ':': 'is', '~': 'has' } as const;
const isSpace = (char: string): boolean => /\s/.test(char);

/** Reads a query; one whose quotes are not closed as if they were at its end. */
export function parseQuery(text: string): Clause[] {
  let at = 0;
  /** Up to a character of `ends` or a space, both outside quotes. */
  const piece = (ends: string): string => {
    let read = '';
    let quoted = false;
    for (; at < text.length; at++) {
      const char = text[at]!;
      if (char === '"') quoted = !quoted;
      else if (quoted && char === '\\' && at + 1 < text.length) read += text[++at]!;
      else if (!quoted && (isSpace(char) || ends.includes(char))) break;
      else read += char;
    }
    return read;
  };
  const clauses: Clause[] = [];
  while (at < text.length) {
    if (isSpace(text[at]!)) {
      at++;
      continue;
    }
    const not = text[at] === '-' && at + 1 < text.length && !isSpace(text[at + 1]!);
    if (not) at++;
    const name = piece(':~');
    const operator = text[at];
    if (operator !== ':' && operator !== '~') {
      clauses.push({ not, column: null, test: 'has', values: [name] });
      continue;
    }
    const values: string[] = [];
    do {
      at++;
      values.push(piece(','));
    } while (text[at] === ',');
    clauses.push({ not, column: name, test: OPERATORS[operator], values });
  }
  return clauses;
}

const written = (value: string): string =>
  value === '' || value.startsWith('-') || /[\s",:~\\]/.test(value)
    ? `"${value.replaceAll(/["\\]/g, '\\$&')}"`
    : value;

/** The text that {@link parseQuery} reads as these clauses. */
export const writeClauses = (clauses: readonly Clause[]): string =>
  clauses
    .map(({ not, column, test, values }) => {
      const list = values.map(written).join(',');
      const sign = not ? '-' : '';
      return column === null ? sign + list : `${sign}${written(column)}${test === 'is' ? ':' : '~'}${list}`;
    })
    .join(' ');

/** The clauses with another condition on a column in place of all there are; null: none. */
export function withClause(
  clauses: readonly Clause[],
  column: string,
  next: Omit<Clause, 'column'> | null,
): Clause[] {
  const first = clauses.findIndex((clause) => clause.column === column);
  const others = clauses.filter((clause) => clause.column !== column);
  if (!next) return others;
  const place = first < 0 ? others.length : first;
  return [...others.slice(0, place), { column, ...next }, ...others.slice(place)];
}

/** Numbers from `from` to `to`, ends included; without a value where both are null. */
export interface Range {
  readonly from: number;
  readonly to: number;
}

/**
 * `1.5..3`, `..3`, `1.5..` or `2`.
 * @returns `none` of an empty text: no value; null where it is no range
 */
export function parseRange(text: string): Range | 'none' | null {
  const trimmed = text.trim();
  if (trimmed === '') return 'none';
  const [low, high, ...rest] = trimmed.split('..');
  const end = (given: string, open: number): number => (given.trim() === '' ? open : Number(given));
  const from = end(low!, -Infinity);
  const to = high === undefined ? from : end(high, Infinity);
  return rest.length > 0 || Number.isNaN(from) || Number.isNaN(to) ? null : { from, to };
}

/** Text that {@link parseRange} reads as this range. */
export const writeRange = ({ from, to }: Range): string =>
  from === to
    ? String(from)
    : `${from === -Infinity ? '' : String(from)}..${to === Infinity ? '' : String(to)}`;
