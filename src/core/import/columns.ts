/**
 * A CSV table read by column names, each cell checked for what it must be. Columns that nobody asks for are
 * left alone, and can be told. Numbers and truth values are also read as a spreadsheet in another language
 * writes them: `1,3862`, `2,5E-05`, `ИСТИНА`.
 */
import { ConfigError } from '../errors/errors';
import { badRow, type CsvTable } from './csv-reader';

const POINT = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;
const COMMA = /^[+-]?\d+,\d+(e[+-]?\d+)?$/i;
/** A thousand as spreadsheets show it where groups are asked for. */
const GROUPED = /^\d{1,3}([.,]\d{3})+$/;
/**
 * What spreadsheets make of a number that looks like a day and a month to them: `01.май`, `Jan-05`,
 * `01.05.2026`.
 */
const DATE =
  /^\d{1,2}[-./ ]\p{L}{3,}\.?([-./ ]\d{2,4})?$|^\p{L}{3,}\.?[-./ ]\d{1,4}$|^\d{1,4}[-./]\d{1,2}[-./]\d{1,4}$/u;
/** How Excel and others write truth values in the languages that were met. */
const TRUE = ['true', '1', 'истина', 'wahr', 'vrai', 'verdadero', 'vero', 'verdadeiro'];
const FALSE = ['false', '0', 'ложь', 'falsch', 'faux', 'falso'];

export class Columns {
  readonly length: number;
  private readonly asked = new Set<string>();
  private readonly names: readonly string[];
  private mark: '.' | ',' | null = null;
  constructor(
    private readonly file: string,
    private readonly table: CsvTable,
  ) {
    this.length = table.rows.length;
    // A column that is called `true` becomes a truth value, too.
    this.names = table.header.map((name) => (TRUE.includes(name.toLowerCase()) ? 'true' : name));
  }

  has(column: string): boolean {
    return this.names.includes(column);
  }

  /** Columns that nobody has asked for so far. */
  get left(): readonly string[] {
    return this.names.filter((column) => !this.asked.has(column));
  }

  /** @throws ConfigError `archive-bad-row` where there is no such column */
  text(column: string): (row: number) => string {
    this.asked.add(column);
    const at = this.names.indexOf(column);
    if (at < 0) throw badRow(this.file, 0, column);
    return (row) => this.table.rows[row]![at]!;
  }

  /** An empty cell is no number: NaN, as it was written. */
  number(column: string): (row: number) => number {
    const text = this.text(column);
    return (row) => {
      const cell = text(row);
      if (cell === '') return Number.NaN;
      const value = this.valueOf(cell);
      if (value !== null) return value;
      if (DATE.test(cell)) throw this.date(row, column, cell);
      throw this.bad(row, column);
    };
  }

  /** From 0 on. `1,000` is refused: of a count it is a thousand, and of a decimal number one. */
  integer(column: string): (row: number) => number {
    const [text, number] = [this.text(column), this.number(column)];
    return (row) => {
      const value = number(row);
      if (GROUPED.test(text(row)) || !Number.isSafeInteger(value) || value < 0) throw this.bad(row, column);
      return value;
    };
  }

  boolean(column: string): (row: number) => boolean {
    const text = this.text(column);
    return (row) => {
      const cell = text(row).toLowerCase();
      if (TRUE.includes(cell)) return true;
      if (!FALSE.includes(cell)) throw this.bad(row, column);
      return false;
    };
  }

  oneOf<C extends string>(column: string, choices: readonly C[]): (row: number) => C {
    const text = this.text(column);
    return (row) => {
      const found = choices.find((choice) => choice === text(row));
      if (found === undefined) throw this.bad(row, column);
      return found;
    };
  }

  map<T>(read: (row: number) => T): T[] {
    return Array.from({ length: this.length }, (_, row) => read(row));
  }

  /** @param row of this table, from 0 on; the error counts from the file's first one */
  bad(row: number, column: string): ConfigError {
    return badRow(this.file, this.table.before + row + 1, column);
  }

  /**
   * A comma is a decimal sign, unless the same rows have numbers with a point: then nobody knows what it is.
   */
  private valueOf(cell: string): number | null {
    const mark = cell.includes(',') ? ',' : cell.includes('.') ? '.' : null;
    if (mark !== null && this.mark !== null && mark !== this.mark) return null;
    if (!(mark === ',' ? COMMA : POINT).test(cell)) return null;
    this.mark = mark ?? this.mark;
    const value = Number(cell.replace(',', '.'));
    return Number.isFinite(value) ? value : null;
  }

  private date(row: number, column: string, cell: string): ConfigError {
    const at = this.table.before + row + 1;
    return new ConfigError('archive-date', { file: this.file, row: at, column, cell: cell.slice(0, 40) });
  }
}
