/**
 * Which rows of a list match a query (query.ts), and how often each value of a column occurs among those that
 * match everything else: what a menu of its values counts.
 */
import { SLICE, type Coded, type CodedTexts, type Column, type Slices, type Table } from './columns';
import { parseRange, type Clause } from './query';

/** What of a query does nothing. */
export type QueryProblem =
  | { readonly code: 'unknown-column'; readonly column: string }
  | { readonly code: 'no-range'; readonly column: string; readonly value: string };

export interface Filtered {
  /** 1 for rows that match. */
  readonly matches: Uint8Array;
  readonly count: number;
  readonly problems: readonly QueryProblem[];
  /** Of each row, the conditions on how many columns it fails: 0, 1, or 2 for more. */
  readonly failed: Uint8Array;
  /** Of those that fail one, which: its place in `of`. */
  readonly only: Uint16Array;
  /** Columns with a condition; null: words. */
  readonly of: readonly (string | null)[];
}

type Test = (row: number) => boolean;

const ASCII = /^[\0-\x7f]*$/;

/** Small and capital letters are one, and so are the two ways to write an accent. */
const folded = (text: string): string => {
  const small = text.toLowerCase();
  // ASCII is composed already.
  return ASCII.test(small) ? small : small.normalize('NFC');
};

/** The texts of a column as they are looked through; made when they first are. */
const FOLDED = new WeakMap<CodedTexts, readonly (readonly string[])[]>();

function* foldedOf(coded: CodedTexts): Slices<readonly (readonly string[])[]> {
  const known = FOLDED.get(coded);
  if (known) return known;
  const made: (readonly string[])[] = [];
  for (const [code, texts] of coded.values.entries()) {
    if (code % SLICE === 0) yield;
    made.push(texts.map(folded));
  }
  FOLDED.set(coded, made);
  return made;
}

function* testOfTexts(coded: CodedTexts, { test, values: wanted, not }: Clause): Slices<Test> {
  const { codes, values } = coded;
  const hits = new Uint8Array(values.length);
  const inSmall = yield* foldedOf(coded);
  const parts = wanted.map(folded);
  const has = (code: number): boolean =>
    inSmall[code]!.some((text) => parts.some((part) => text.includes(part)));
  // Written exactly as one there is, it means that one.
  const exact = wanted.map((value) => test === 'is' && values.some((texts) => texts.includes(value)));
  const is = (code: number): boolean =>
    wanted.some((value, i) => {
      if (value === '') return values[code]!.length === 0;
      return exact[i] ? values[code]!.includes(value) : inSmall[code]!.includes(parts[i]!);
    });
  for (let code = 0; code < values.length; code++) {
    if (code % SLICE === 0) yield;
    hits[code] = Number((test === 'has' ? has(code) : is(code)) !== not);
  }
  return (row) => hits[codes[row]!] === 1;
}

function testOfNumbers(
  column: string,
  values: Float64Array,
  { values: wanted, not }: Clause,
  problems: QueryProblem[],
): Test | null {
  const ranges = wanted.flatMap((value) => {
    const range = parseRange(value);
    if (range === null) problems.push({ code: 'no-range', column, value });
    return range === null ? [] : [range];
  });
  if (ranges.length === 0) return null;
  return (row) => {
    const value = values[row]!;
    const hit = ranges.some((range) =>
      range === 'none' ? Number.isNaN(value) : value >= range.from && value <= range.to,
    );
    return hit !== not;
  };
}

/** Tries every row. What of the query does nothing is told, and leaves no row out. */
export function* filterRows(table: Table, clauses: readonly Clause[]): Slices<Filtered> {
  const problems: QueryProblem[] = [];
  const tests = new Map<string | null, Test[]>();
  const add = (key: string | null, test: Test): void => {
    tests.set(key, [...(tests.get(key) ?? []), test]);
  };
  for (const clause of clauses) {
    const { column: id, not } = clause;
    if (id === null) {
      const some: Test[] = [];
      for (const column of table.columns.filter(({ searched }) => searched)) {
        const coded = yield* table.code(column);
        if (coded.kind === 'text') some.push(yield* testOfTexts(coded, { ...clause, not: false }));
      }
      add(null, (row) => some.some((test) => test(row)) !== not);
      continue;
    }
    const column = table.column(id);
    if (!column) {
      problems.push({ code: 'unknown-column', column: id });
      continue;
    }
    const coded = yield* table.code(column);
    const test =
      coded.kind === 'text'
        ? yield* testOfTexts(coded, clause)
        : testOfNumbers(id, coded.values, clause, problems);
    if (test) add(id, test);
  }
  const matches = new Uint8Array(table.rows);
  const [failed, only] = [new Uint8Array(table.rows), new Uint16Array(table.rows)];
  const groups = [...tests.values()];
  let count = 0;
  for (let row = 0; row < table.rows; row++) {
    if (row % SLICE === 0) yield;
    for (let i = 0; i < groups.length && failed[row]! < 2; i++) {
      if (groups[i]!.every((test) => test(row))) continue;
      failed[row]!++;
      only[row] = i;
    }
    if (failed[row] === 0) {
      matches[row] = 1;
      count++;
    }
  }
  return { matches, count, problems, failed, only, of: [...tests.keys()] };
}

/** What a column holds among the rows that match every condition on other columns. */
export interface Facet {
  /**
   * Texts with their counts, most frequent first, equal ones in order; '' counts rows without. Null: more than
   * anybody chooses from, as names are.
   */
  readonly values: readonly { readonly value: string; readonly count: number }[] | null;
  /** Of a column of numbers; null where no row has one. */
  readonly range: { readonly least: number; readonly most: number } | null;
}

/** Texts of a column that are counted one by one. */
const LISTED = 2000;

/** Counts a column's values. A row of a set counts for each of its texts. */
export function* facetOf(table: Table, column: Column, { failed, only, of }: Filtered): Slices<Facet> {
  const coded: Coded = yield* table.code(column);
  const own = of.indexOf(column.id);
  const open = (row: number): boolean => failed[row] === 0 || (failed[row] === 1 && only[row] === own);
  if (coded.kind === 'number') {
    let [least, most] = [Infinity, -Infinity];
    for (let row = 0; row < table.rows; row++) {
      if (row % SLICE === 0) yield;
      const value = coded.values[row]!;
      if (Number.isNaN(value) || !open(row)) continue;
      least = Math.min(least, value);
      most = Math.max(most, value);
    }
    return { values: null, range: least <= most ? { least, most } : null };
  }
  if (coded.values.length > LISTED) return { values: null, range: null };
  const counts = new Uint32Array(coded.values.length);
  for (let row = 0; row < table.rows; row++) {
    if (row % SLICE === 0) yield;
    if (open(row)) counts[coded.codes[row]!]!++;
  }
  const byText = new Map<string, number>();
  for (const [code, texts] of coded.values.entries())
    for (const text of texts.length === 0 ? [''] : texts)
      byText.set(text, (byText.get(text) ?? 0) + counts[code]!);
  yield;
  return {
    values: [...byText]
      .map(([value, count]) => ({ value, count }))
      .sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1)),
    range: null,
  };
}

/** The rows that match, in this order. */
export function matching(order: Uint32Array, { matches, count }: Filtered): Uint32Array {
  const rows = new Uint32Array(count);
  let at = 0;
  for (const row of order) if (matches[row] === 1) rows[at++] = row;
  return rows;
}
