/**
 * Sorts a list by its columns: numbers as numbers, texts as the language sorts them with the numbers in them by
 * value (`M2` before `M10`), rows without a value last in either direction, equal ones in the corpus' order.
 * Each column is ranked once; sorting by ranks is then linear.
 */
import { type Coded, type Slices, type Table } from './columns';

export interface SortKey {
  readonly column: string;
  readonly descending: boolean;
}

/** Comparisons between two pauses: those of texts take up to a microsecond. */
const COMPARED = 1024;
/** Rows put into their place between two pauses. */
const PLACED = 65_536;

/** Equal values have one rank; those without a value have the rank `count`. */
interface Ranks {
  readonly of: Uint32Array;
  readonly count: number;
}

/** A merge sort of indices that may pause, stable, and quick where much is in order already. */
export function* sortIndices(length: number, compare: (a: number, b: number) => number): Slices<Uint32Array> {
  let from = Uint32Array.from({ length }, (_, i) => i);
  let to = new Uint32Array(length);
  let compared = 0;
  for (let width = 1; width < length; width *= 2) {
    for (let start = 0; start < length; start += 2 * width) {
      const middle = Math.min(start + width, length);
      const end = Math.min(start + 2 * width, length);
      let [left, right] = [start, middle];
      if (middle === end || compare(from[middle - 1]!, from[middle]!) <= 0) {
        to.set(from.subarray(start, end), start);
        compared += 8;
      } else
        for (let at = start; at < end; at++) {
          const takeLeft = left < middle && (right >= end || compare(from[left]!, from[right]!) <= 0);
          to[at] = takeLeft ? from[left++]! : from[right++]!;
          if (++compared >= COMPARED) {
            compared = 0;
            yield;
          }
        }
      if (compared >= COMPARED) {
        compared = 0;
        yield;
      }
    }
    [from, to] = [to, from];
  }
  return from;
}

/** Ranks of what has been sorted. @param hasNone whether it has no value; those come last */
function* ranksOf(
  sorted: Uint32Array,
  hasNone: (index: number) => boolean,
  same: (a: number, b: number) => boolean,
): Slices<Ranks> {
  const of = new Uint32Array(sorted.length);
  let count = 0;
  for (let at = 0; at < sorted.length; at++) {
    if (at % COMPARED === 0) yield;
    const index = sorted[at]!;
    if (!hasNone(index) && (at === 0 || !same(sorted[at - 1]!, index))) count++;
    of[index] = hasNone(index) ? count : count - 1;
  }
  return { of, count };
}

/** Digits that a number in a text is brought to: no name has longer ones that count. */
const DIGITS = 15;

/** A text that sorts, letter by letter, as the text does with the numbers in it by value. */
const sortedBy = (text: string): string =>
  text.replaceAll(/\d+/g, (digits) => digits.replace(/^0+(?=\d)/, '').padStart(DIGITS, '0'));

function* rank(coded: Coded, collator: Intl.Collator): Slices<Ranks> {
  if (coded.kind === 'number') {
    const { values } = coded;
    const none = (row: number): boolean => Number.isNaN(values[row]!);
    const sorted = yield* sortIndices(values.length, (a, b) =>
      none(a) || none(b) ? Number(none(a)) - Number(none(b)) : values[a]! - values[b]!,
    );
    return yield* ranksOf(sorted, none, (a, b) => values[a] === values[b]);
  }
  // Padded once: a collator that reads numbers is many times slower.
  const texts: string[] = [];
  for (const [code, parts] of coded.values.entries()) {
    if (code % COMPARED === 0) yield;
    texts.push(sortedBy(parts.join(', ')));
  }
  const none = (code: number): boolean => coded.values[code]!.length === 0;
  const sorted = yield* sortIndices(texts.length, (a, b) =>
    none(a) || none(b) ? Number(none(a)) - Number(none(b)) : collator.compare(texts[a]!, texts[b]!),
  );
  const { of, count } = yield* ranksOf(sorted, none, (a, b) => collator.compare(texts[a]!, texts[b]!) === 0);
  return { of: coded.codes.map((code) => of[code]!), count };
}

/** Sorts a table by its columns; ranks are kept. */
export class Sorter {
  private readonly ranks = new Map<string, Ranks>();
  private readonly collator: Intl.Collator;

  /** @param language whose alphabet it is, as a BCP 47 tag */
  constructor(
    private readonly table: Table,
    readonly language: string,
  ) {
    this.collator = new Intl.Collator(language);
  }

  /**
   * All rows in order. @param keys the first one decides, the next among its equals; those of unknown columns
   * do nothing
   */
  *order(keys: readonly SortKey[]): Slices<Uint32Array> {
    let rows = Uint32Array.from({ length: this.table.rows }, (_, row) => row);
    for (const { column: id, descending } of [...keys].reverse()) {
      const column = this.table.column(id);
      if (!column) continue;
      let ranks = this.ranks.get(id);
      if (!ranks) {
        ranks = yield* rank(yield* this.table.code(column), this.collator);
        this.ranks.set(id, ranks);
      }
      rows = yield* byRank(rows, ranks, descending);
    }
    return rows;
  }
}

/** A counting sort, stable. */
function* byRank(
  rows: Uint32Array,
  { of, count }: Ranks,
  descending: boolean,
): Slices<Uint32Array<ArrayBuffer>> {
  const place = (row: number): number => {
    const at = of[row]!;
    return descending && at < count ? count - 1 - at : at;
  };
  const starts = new Uint32Array(count + 2);
  for (const row of rows) starts[place(row) + 1]!++;
  yield;
  for (let at = 1; at < starts.length; at++) starts[at]! += starts[at - 1]!;
  const sorted = new Uint32Array(rows.length);
  for (const [at, row] of rows.entries()) {
    if (at % PLACED === 0) yield;
    sorted[starts[place(row)]!++] = row;
  }
  return sorted;
}
