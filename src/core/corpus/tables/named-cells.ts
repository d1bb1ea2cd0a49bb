/** The rows of a corpus' own table by the names of its columns. Any table that can be read will do. */
import { isFatal, messageOf, type Report } from '../listing';
import { throwIfCancelled, type CancelSignal } from '../../progress';
import { isBlank } from './cell-values';
import { tableAt } from './delimited';
import type { NamedFile } from './gather';
import { tableText } from './table-text';

/** What a column says in a row; '' where there is nothing, or no such column. Names are compared without case. */
export type Cells = (column: string) => string;

export async function namedCells(table: NamedFile, report: Report): Promise<readonly Cells[]> {
  const read = await tableAt(table, report);
  if (!read) return [];
  return read.rows.map((cells) => cellsOf(read.header, cells));
}

function cellsOf(header: readonly string[], cells: readonly string[]): Cells {
  return (column) => {
    const at = header.findIndex((name) => name.toLowerCase() === column.toLowerCase());
    const cell = cells[at] ?? '';
    return isBlank(cell) ? '' : cell;
  };
}

/** Bytes read at a time. */
const PIECE = 4 * 2 ** 20;
/** A row; what is longer is no row of a table of labels. */
const LONGEST = 2 ** 20;
const [LF, CR] = [10, 13];

/**
 * A table of any size, row by row: lines of JSON by the file's name, else cells with nothing but tabs between
 * them, in which a quote is a letter. UTF-8.
 * @throws CancelledError, and what isFatal; what else goes wrong is reported
 */
export async function eachRow(
  { path, file }: NamedFile,
  report: Report,
  take: (cells: Cells) => void,
  signal: CancelSignal | undefined,
): Promise<void> {
  const json = /\.(jsonl|ndjson)$/i.test(path);
  let header: readonly string[] | null = null;
  let row = 0;
  const each = (line: string): void => {
    if (line.trim() === '') return;
    row++;
    const cells: Cells | null = json
      ? objectCells(line)
      : header &&
        cellsOf(
          header,
          line.split('\t').map((cell) => cell.trim()),
        );
    if (!json && header === null) header = line.split('\t').map((name) => name.trim());
    else if (cells) take(cells);
    else report('bad-table-row', path, { key: 'rowJson', values: { row } });
  };
  try {
    const size = await file.size();
    let rest = new Uint8Array();
    for (let at = 0; at < size; at += PIECE) {
      throwIfCancelled(signal, 'scan');
      const piece = await file.bytes(at, Math.min(size, at + PIECE));
      const bytes = new Uint8Array(rest.length + piece.length);
      bytes.set(rest);
      bytes.set(piece, rest.length);
      // A line is a line in bytes, too, so no letter of UTF-8 is cut.
      const whole = at + PIECE >= size ? bytes.length : bytes.lastIndexOf(LF) + 1;
      rest = bytes.slice(whole);
      if (rest.length > LONGEST) throw new Error(`a line of more than ${LONGEST} bytes`);
      const text = tableText(bytes.subarray(0, bytes[whole - 1] === CR ? whole - 1 : whole));
      if (!text) throw new Error('not a text file');
      for (const line of text.text.split(/\r\n?|\n/)) each(line);
    }
  } catch (error) {
    if (isFatal(error)) throw error;
    report('not-labels', path, { key: 'cannotRead', values: { message: messageOf(error) } });
  }
}

function objectCells(line: string): Cells | null {
  try {
    const value: unknown = JSON.parse(line);
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return null;
    const entries = Object.entries(value as Readonly<Record<string, unknown>>);
    return cellsOf(
      entries.map(([name]) => name),
      entries.map(([, cell]) => (cell === null || typeof cell === 'object' ? '' : String(cell).trim())),
    );
  } catch {
    return null;
  }
}
