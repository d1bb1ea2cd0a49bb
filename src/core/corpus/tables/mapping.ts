/**
 * What each column of a table is taken for: suggested by its name and what is in it, decided by the user. A
 * mapping is remembered by the header it was made for.
 */
import { hashName } from '../../random/streams';
import { isBlank, numberOf, secondsOf } from './cell-values';
import { knownColumn, usualClass, type Role } from './column-names';
import { AUDIO_NAME, type Table } from './csv';

export interface ColumnMapping {
  readonly role: Role;
  /** What the column is called from here on: the id of a task's column or group. */
  readonly id: string;
  /** By value as it stands in the table: the class it becomes, or null: as if nothing stood there. */
  readonly values?: Readonly<Record<string, string | null>>;
}

export interface TableMapping {
  /** By name in the header. */
  readonly columns: Readonly<Record<string, ColumnMapping>>;
  /** The column whose labels make the label scheme; null: the first one of classes. */
  readonly main: string | null;
}

/** What is known beforehand of a column, where a table's form says it. */
export type Hint = Partial<ColumnMapping>;

/** Equal for tables with the same columns in the same order: what a mapping is remembered by. */
export const headerKey = (header: readonly string[]): string => hashName(JSON.stringify(header));

/** A column of more values than this is no column of classes. */
export const MOST_CLASSES = 200;
/** Up to so many different whole numbers are classes rather than a scale. */
const MOST_DIGIT_CLASSES = 8;
const MOST_ID = 32;

/** A mapping for a table that nobody has mapped yet. @param hints by name in the header */
export function suggestMapping(table: Table, hints: Readonly<Record<string, Hint>> = {}): TableMapping {
  const columns: Record<string, ColumnMapping> = {};
  const taken = new Set<string>();
  for (const [i, header] of table.header.entries()) {
    const cells = table.rows.map((row) => row[i]!);
    const guess = { ...guessed(header, cells), ...hints[header] };
    const once = guess.role === 'audio' || guess.role === 'start' || guess.role === 'end';
    // A second column of files or starts is of no use; the table's own name keeps two others apart.
    const role =
      once && Object.values(columns).some((one) => one.role === guess.role) ? 'ignore' : guess.role;
    const id = freeId(role === 'ignore' || taken.has(guess.id) ? header : guess.id, taken);
    taken.add(id);
    const values = guess.values ?? suggestedValues(role, guess.id, cells);
    columns[header] = { role, id, ...(values ? { values } : {}) };
  }
  const named = Object.entries(columns);
  const emotion = named.find(([, { id, role }]) => id === 'emotion' && role === 'classes');
  return { columns, main: emotion?.[0] ?? named.find(([, { role }]) => role === 'classes')?.[0] ?? null };
}

/** Different values of a column that say something, most frequent first, then as they come. */
export function valuesOf(cells: readonly string[]): readonly (readonly [value: string, count: number])[] {
  const counts = new Map<string, number>();
  for (const cell of cells) if (!isBlank(cell)) counts.set(cell, (counts.get(cell) ?? 0) + 1);
  return [...counts].sort(([, m], [, n]) => n - m);
}

function guessed(header: string, cells: readonly string[]): ColumnMapping {
  const known = knownColumn(header);
  const values = valuesOf(cells);
  const id = known && known.role !== 'ignore' ? known.id : header;
  const every = (fits: (value: string) => boolean): boolean =>
    values.length > 0 && values.every(([value]) => fits(value));
  if (values.length > 0 && values.filter(([value]) => AUDIO_NAME.test(value)).length > 0.9 * values.length)
    return { role: 'audio', id: 'file' };
  const numeric = every((value) => numberOf(value) !== null);
  switch (known?.role) {
    case 'start':
    case 'end':
      if (every((value) => secondsOf(value) !== undefined)) return { role: known.role, id };
      break;
    case 'number':
      if (numeric) return { role: 'number', id };
      break;
    case 'audio':
    case 'split':
    case 'group':
    case 'filter':
    case 'ignore':
      return { role: known.role, id };
    case 'classes':
      // `label` may be a scale: 0.31, 0.72, ...
      if (!numeric || every((value) => Number.isInteger(numberOf(value)))) return { role: 'classes', id };
      break;
    case undefined:
  }
  if (numeric) {
    const whole = every((value) => Number.isInteger(numberOf(value)));
    const running = values.length === cells.length && whole;
    if (running) return { role: 'ignore', id };
    return { role: whole && values.length <= MOST_DIGIT_CLASSES ? 'classes' : 'number', id };
  }
  if (values.length === 0) return { role: 'ignore', id };
  // Classes come again and again; what never does says nothing of the others.
  if (values.length <= MOST_CLASSES && 2 * values.length <= cells.length) return { role: 'classes', id };
  return { role: values.length < cells.length ? 'group' : 'ignore', id };
}

/** Only values that become something else are named. */
function suggestedValues(
  role: Role,
  id: string,
  cells: readonly string[],
): ColumnMapping['values'] | undefined {
  if (role !== 'classes' && role !== 'split') return undefined;
  const changed = valuesOf(cells).flatMap(([value]) => {
    const name = usualClass(id, value);
    return name === value ? [] : [[value, name] as const];
  });
  return changed.length === 0 ? undefined : Object.fromEntries(changed);
}

function freeId(wanted: string, taken: ReadonlySet<string>): string {
  const base = wanted.slice(0, MOST_ID);
  let id = base;
  for (let n = 2; taken.has(id); n++) id = `${base.slice(0, MOST_ID - 4)} (${n})`;
  return id;
}

/** What a cell says under a mapping; null: nothing. */
export function mappedValue({ values }: ColumnMapping, cell: string): string | null {
  if (values && Object.hasOwn(values, cell)) return values[cell]!;
  return isBlank(cell) ? null : cell;
}
