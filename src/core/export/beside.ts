/**
 * Two tables that count the same thing in their first column, side by side: what only one of them has leaves
 * the other's cells empty.
 */
import type { Cell } from './csv';

export interface Table {
  readonly header: readonly string[];
  /** The first cell of each is its number; ascending. */
  readonly rows: readonly (readonly Cell[])[];
}

/** @param other null: `own` as it is */
export function beside(own: Table, other: Table | null): Table {
  if (!other) return own;
  const theirs = new Map(other.rows.map(([at, ...cells]) => [Number(at), cells]));
  const known = new Set(own.rows.map(([at]) => Number(at)));
  const [emptyOwn, emptyOther] = [own, other].map(({ header }): Cell[] => header.slice(1).map(() => null));
  const rows = [
    ...own.rows.map((row): Cell[] => [...row, ...(theirs.get(Number(row[0])) ?? emptyOther!)]),
    ...other.rows
      .filter(([at]) => !known.has(Number(at)))
      .map(([at, ...cells]): Cell[] => [at, ...emptyOwn!, ...cells]),
  ];
  return {
    header: [...own.header, ...other.header.slice(1)],
    rows: rows.sort((a, b) => Number(a[0]) - Number(b[0])),
  };
}
