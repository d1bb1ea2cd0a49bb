/** Reads CSV as this workbench writes it (RFC 4180, core/export/csv.ts): a header, then rows as long as the header. */
import { ConfigError } from '../errors/errors';

export interface CsvTable {
  readonly header: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** The inverse of the apostrophe that keeps spreadsheets from running a label. */
export const undefused = (cell: string): string => (/^'+[=+\-@\t\r]/.test(cell) ? cell.slice(1) : cell);

/**
 * @param file its name, for the error
 * @throws ConfigError `archive-bad-row` where a quote stays open or a row has another length than the header
 */
export function readCsv(text: string, file: string): CsvTable {
  const records: string[][] = [];
  let row: string[] = [];
  let at = 0;
  const end = text.length;
  const bad = (): ConfigError => badRow(file, records.length, '');
  if (text.codePointAt(0) === 0xfeff) at = 1;
  while (at < end) {
    if (text[at] === '"') {
      let cell = '';
      for (;;) {
        const close = text.indexOf('"', at + 1);
        if (close < 0) throw bad();
        cell += text.slice(at + 1, close);
        at = close + 1;
        if (text[at] !== '"') break;
        cell += '"';
      }
      row.push(cell);
    } else {
      let stop = at;
      while (stop < end && text[stop] !== ',' && text[stop] !== '\n' && text[stop] !== '\r') stop++;
      row.push(text.slice(at, stop));
      at = stop;
    }
    if (text[at] === ',') {
      at++;
      if (at === end || text[at] === '\r' || text[at] === '\n') row.push('');
      else continue;
    }
    if (at < end && text[at] !== '\r' && text[at] !== '\n') throw bad();
    records.push(row);
    row = [];
    if (text[at] === '\r') at++;
    if (text[at] === '\n') at++;
  }
  const [header = [], ...rows] = records;
  rows.forEach((cells, i) => { if (cells.length !== header.length) throw badRow(file, i + 1, ''); });
  return { header, rows };
}

export const badRow = (file: string, row: number, column: string): ConfigError =>
  new ConfigError('archive-bad-row', `“${file}” cannot be read at row ${row}${column === '' ? '' : `, column “${column}”`}.`, 'The file was changed or damaged; export the run again.', { file, row, column: column || '–' });
