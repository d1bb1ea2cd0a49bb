/**
 * Reads CSV as this workbench writes it (RFC 4180, core/export/csv.ts) and as spreadsheets save it again:
 * semicolons or tabs between the cells, `sep=;` in front, any line ends, empty rows at the end. A header,
 * then rows as long as the header. Not here: what a cell means (columns.ts), and bytes (decode-text.ts).
 */
import { ConfigError } from '../errors/errors';
import { LONGEST_CELL, LONGEST_NAME, MOST_COLUMNS } from './limits';

export type Delimiter = ',' | ';' | '\t';

export interface CsvTable {
  readonly header: readonly string[];
  readonly rows: readonly (readonly string[])[];
  readonly delimiter: Delimiter;
  /** Rows before the first of these. */
  readonly before: number;
}

/** The inverse of the apostrophe that keeps spreadsheets from running a label. */
export const undefused = (cell: string): string => (/^'+[=+\-@\t\r]/.test(cell) ? cell.slice(1) : cell);

/** Rows of a table that are held at a time: memory does not grow with the file. */
const BLOCK = 1000;

/**
 * The whole table at once: for files that are small by their nature.
 * @param file its name, for the error
 * @param most rows
 * @throws ConfigError `archive-bad-row` where a quote stays open or a row has another length than the header,
 * `archive-too-many-rows`
 */
export function readCsv(text: string, file: string, most = Number.POSITIVE_INFINITY): CsvTable {
  const [table] = csvBlocks(text, file, most, Number.POSITIVE_INFINITY);
  return table!;
}

/** The same in blocks of rows, at least one. Nothing is read beyond the block that is asked for. */
export function* csvBlocks(text: string, file: string, most: number, block = BLOCK): Generator<CsvTable> {
  const records = recordsOf(text, file);
  const first = records.next();
  const { cells: header, delimiter } =
    first.done === true ? { cells: [], delimiter: ',' as const } : first.value;
  if (header.some((name) => name.length > LONGEST_NAME)) throw badRow(file, 0, '');
  let rows: string[][] = [];
  let before = 0;
  for (const { cells } of records) {
    // An empty line; and what a spreadsheet writes for rows below the table.
    if (
      (cells.length === 1 && cells[0] === '' && header.length > 1) ||
      (delimiter !== ',' && cells.every((cell) => cell === ''))
    )
      continue;
    const row = before + rows.length + 1;
    if (row > most) throw tooManyRows(file, most);
    if (cells.length !== header.length) throw badRow(file, row, '');
    rows.push(cells);
    if (rows.length < block) continue;
    yield { header, rows, delimiter, before };
    before += rows.length;
    rows = [];
  }
  if (rows.length > 0 || before === 0) yield { header, rows, delimiter, before };
}

interface CsvRecord {
  readonly cells: string[];
  readonly delimiter: Delimiter;
}

function* recordsOf(text: string, file: string): Generator<CsvRecord> {
  const end = text.length;
  let at = text.codePointAt(0) === 0xfeff ? 1 : 0;
  let delimiter: Delimiter | null = null;
  // A first line that Excel reads and nobody else writes.
  const told = /^sep=([,;\t])(?:\r\n?|\n)/i.exec(text.slice(at, at + 8));
  if (told) {
    delimiter = told[1] as Delimiter;
    at += told[0].length;
  }
  delimiter ??= delimiterOf(text, at);
  for (let row = 0; at < end; row++) {
    const cells: string[] = [];
    for (;;) {
      if (text[at] === '"') {
        let cell = '';
        for (;;) {
          const close = text.indexOf('"', at + 1);
          if (close < 0 || close - at > LONGEST_CELL || cell.length > LONGEST_CELL)
            throw badRow(file, row, '');
          cell += text.slice(at + 1, close);
          at = close + 1;
          if (text[at] !== '"') break;
          cell += '"';
        }
        cells.push(cell);
      } else {
        let stop = at;
        while (stop < end && text[stop] !== delimiter && text[stop] !== '\n' && text[stop] !== '\r') stop++;
        if (stop - at > LONGEST_CELL) throw badRow(file, row, '');
        cells.push(text.slice(at, stop));
        at = stop;
      }
      if (cells.length > MOST_COLUMNS) throw badRow(file, row, '');
      if (text[at] !== delimiter) break;
      at++;
    }
    if (at < end && text[at] !== '\r' && text[at] !== '\n') throw badRow(file, row, '');
    if (text[at] === '\r') at++;
    if (text[at] === '\n') at++;
    yield { cells, delimiter };
  }
}

/** What stands most often in the header outside of quotes. */
function delimiterOf(text: string, from: number): Delimiter {
  const counts = new Map<string, number>([
    [',', 0],
    [';', 0],
    ['\t', 0],
  ]);
  let quoted = false;
  for (let at = from; at < text.length && at - from < LONGEST_CELL; at++) {
    const symbol = text[at]!;
    if (symbol === '"') quoted = !quoted;
    else if (!quoted && (symbol === '\n' || symbol === '\r')) break;
    else if (!quoted && counts.has(symbol)) counts.set(symbol, counts.get(symbol)! + 1);
  }
  return [...counts].reduce((best, next) => (next[1] > best[1] ? next : best))[0] as Delimiter;
}

export const badRow = (file: string, row: number, column: string): ConfigError =>
  new ConfigError('archive-bad-row', { file, row, column: column || '–' });

export const tooManyRows = (file: string, most: number): ConfigError =>
  new ConfigError('archive-too-many-rows', { file, limit: most });
