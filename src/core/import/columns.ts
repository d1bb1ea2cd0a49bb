/** A CSV table read by column names, each cell checked for what it must be. Columns that nobody asks for are left alone, and can be told. */
import { badRow, type CsvTable } from './csv-reader';

export class Columns {
  readonly length: number;
  private readonly asked = new Set<string>();
  constructor(private readonly file: string, private readonly table: CsvTable) {
    this.length = table.rows.length;
  }

  has(column: string): boolean {
    return this.table.header.includes(column);
  }

  /** Columns that nobody has asked for so far. */
  get left(): readonly string[] {
    return this.table.header.filter((column) => !this.asked.has(column));
  }

  /** @throws ConfigError `archive-bad-row` where there is no such column */
  text(column: string): (row: number) => string {
    this.asked.add(column);
    const at = this.table.header.indexOf(column);
    if (at < 0) throw badRow(this.file, 0, column);
    return (row) => this.table.rows[row]![at]!;
  }

  /** An empty cell is no number: NaN, as it was written. */
  number(column: string): (row: number) => number {
    const text = this.text(column);
    return (row) => {
      const cell = text(row);
      if (cell === '') return Number.NaN;
      const value = Number(cell);
      if (!Number.isFinite(value)) throw badRow(this.file, row + 1, column);
      return value;
    };
  }

  /** From 0 on. */
  integer(column: string): (row: number) => number {
    const number = this.number(column);
    return (row) => {
      const value = number(row);
      if (!Number.isSafeInteger(value) || value < 0) throw badRow(this.file, row + 1, column);
      return value;
    };
  }

  oneOf<C extends string>(column: string, choices: readonly C[]): (row: number) => C {
    const text = this.text(column);
    return (row) => {
      const found = choices.find((choice) => choice === text(row));
      if (found === undefined) throw badRow(this.file, row + 1, column);
      return found;
    };
  }

  map<T>(read: (row: number) => T): T[] {
    return Array.from({ length: this.length }, (_, row) => read(row));
  }
}
