/** A list of utterances as CSV: the columns that are shown, in the corpus' own values. */
import type { Column, Slices } from '../corpus/browse/columns';
import { csvRows, type Cell } from './csv';

/** Rows between two pauses. */
const ROWS = 2000;

const cell = (column: Column, row: number): Cell =>
  column.kind === 'set' ? column.read(row).join(' ') : column.read(row);

/** The parts of the file, to be put one after the other. The head has the columns' ids. */
export function* utterancesFile(columns: readonly Column[], rows: Uint32Array): Slices<string[]> {
  const parts = [csvRows([columns.map(({ id }) => id)])];
  for (let at = 0; at < rows.length; at += ROWS) {
    const some = [...rows.subarray(at, at + ROWS)];
    parts.push(csvRows(some.map((row) => columns.map((column) => cell(column, row)))));
    yield;
  }
  return parts;
}
