/**
 * What an import must tell: columns that it does not know, and what the files of an older version do not
 * have.
 */
import type { Columns } from './columns';

/** Follow from other columns, and are computed from them again. */
const DERIVED: Readonly<Record<string, readonly string[]>> = {
  'steps.csv': ['sum_of_weights', 'strategy', 'changed'],
  'metrics.csv': ['macro_precision', 'macro_recall', 'strategy'],
  'test.csv': ['macro_precision', 'macro_recall', 'strategy'],
};

export interface Told {
  readonly unknown: string[];
  readonly absent: string[];
}

/** Notes which columns of a file were not asked for. */
export function tell(told: Told, file: string, table: Columns): void {
  told.unknown.push(
    ...table.left.filter((column) => !DERIVED[file]?.includes(column)).map((column) => `${file}: ${column}`),
  );
}

/** A column that older files do not have; noted where it is absent. */
export function optional<T>(
  told: Told,
  file: string,
  table: Columns,
  column: string,
  read: (column: string) => (row: number) => T,
): (row: number) => T | undefined {
  if (table.has(column)) return read(column);
  told.absent.push(`${file}: ${column}`);
  return () => undefined;
}
