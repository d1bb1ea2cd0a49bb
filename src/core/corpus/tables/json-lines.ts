/** Lines of JSON objects as a table: a column for each key that any of them has. Values inside values are left out. */
import { CorpusError } from '../../errors/errors';
import { cleaned, MOST_BYTES, MOST_COLUMNS, MOST_ROWS, type Table } from './csv';
import { tableText } from './table-text';

export interface JsonLines extends Table {
  /** Lines that are no object, counted from 1. */
  readonly ragged: readonly number[];
}

/** @throws CorpusError `table-not-text`, `table-empty`, `table-too-large` */
export function readJsonLines(bytes: Uint8Array, file: string): JsonLines {
  const tooLarge = (): CorpusError =>
    new CorpusError('table-too-large', { file, rows: MOST_ROWS, columns: MOST_COLUMNS });
  if (bytes.length > MOST_BYTES) throw tooLarge();
  const decoded = tableText(bytes);
  if (!decoded) throw new CorpusError('table-not-text', { file });
  const header = new Map<string, number>();
  const ragged: number[] = [];
  const rows: string[][] = [];
  for (const [i, line] of decoded.text.split(/\r\n?|\n/).entries()) {
    if (line.trim() === '') continue;
    const object = objectOf(line);
    if (!object) {
      ragged.push(i + 1);
      continue;
    }
    const row: string[] = [];
    for (const [key, value] of Object.entries(object)) {
      const name = cleaned(key);
      const text = cellOf(value);
      if (name === '' || text === null) continue;
      if (!header.has(name)) header.set(name, header.size);
      if (header.size > MOST_COLUMNS) throw tooLarge();
      row[header.get(name)!] = text;
    }
    rows.push(row);
    if (rows.length > MOST_ROWS) throw tooLarge();
  }
  if (rows.length === 0 || header.size === 0) throw new CorpusError('table-empty', { file });
  const names = [...header.keys()];
  return { header: names, rows: rows.map((row) => names.map((_, i) => row[i] ?? '')), ragged };
}

function objectOf(line: string): object | null {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : null;
  } catch {
    return null;
  }
}

/** @returns null for lists and objects */
function cellOf(value: unknown): string | null {
  if (value === null) return '';
  return typeof value === 'object' ? null : cleaned(String(value));
}
