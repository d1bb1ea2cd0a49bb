/**
 * What a corpus has that a table describes: columns, groups and label schemes by the mapping, and a report of the
 * table itself, from which the editor is filled.
 */
import type { ColumnSpec, CorpusDescription, GroupSpec, LabelScheme } from '../description';
import type { Recording } from '../recordings';
import { LEAKING } from './column-names';
import type { GatheredTable } from './gather';
import { headerKey, mappedValue, valuesOf, type ColumnMapping, type TableMapping } from './mapping';

/** Ids of the two schemes: the classes of the main column; every recording, whatever it is labelled. */
export const SCHEME_LABELS = 'table-labels';
const SCHEME_ALL = 'table-all';

/** What a table has, for whoever maps it. */
export interface TableReport {
  /** What a mapping is remembered by. */
  readonly key: string;
  readonly files: readonly string[];
  readonly rows: number;
  readonly columns: readonly ReportedColumn[];
  readonly mapping: TableMapping;
  /** What was suggested before the user had a word. */
  readonly suggested: TableMapping;
}

export interface ReportedColumn {
  readonly header: string;
  /** Rows that say something. */
  readonly filled: number;
  /** Different values in all. */
  readonly distinct: number;
  /** The most frequent, {@link SHOWN_VALUES} at most. */
  readonly values: readonly { readonly value: string; readonly count: number }[];
}

/** Values of a column that can be mapped one by one. */
export const SHOWN_VALUES = 200;

export function reportTable(
  table: GatheredTable,
  mapping: TableMapping,
  suggested: TableMapping,
): TableReport {
  return {
    key: headerKey(table.header),
    files: table.files,
    rows: table.rows.length,
    columns: table.header.map((header, i) => {
      const values = valuesOf(table.rows.map(({ cells }) => cells[i]!));
      return {
        header,
        filled: values.reduce((sum, [, count]) => sum + count, 0),
        distinct: values.length,
        values: values.slice(0, SHOWN_VALUES).map(([value, count]) => ({ value, count })),
      };
    }),
    mapping,
    suggested,
  };
}

/** Before a table was read: what most tables have. */
export const UNREAD: CorpusDescription = {
  schemes: [schemeOf('emotion', []), everything()],
  columns: [
    { id: 'emotion', kind: 'classes' },
    { id: 'speaker', kind: 'classes' },
    { id: 'gender', kind: 'classes', of: 'speaker' },
  ],
  groups: [
    { id: 'speaker', holdOut: true, leaks: true, counted: true },
    { id: 'split', holdOut: true, leaks: false, parts: true },
  ],
};

export function describe(
  { header, rows, published: listed = [] }: GatheredTable,
  { columns: mapped, main }: TableMapping,
  utterances: readonly Pick<Recording, 'labels'>[],
): CorpusDescription {
  const taken = header.flatMap(
    (name, i): (ColumnMapping & { readonly name: string; readonly at: number })[] =>
      mapped[name] ? [{ ...mapped[name], name, at: i }] : [],
  );
  const mainColumn = taken.find(({ name, role }) => name === main && role === 'classes');
  // What a speaker has one of, where the table says who speaks.
  const of = ({ id }: ColumnMapping): Pick<ColumnSpec, 'of'> =>
    id === 'gender' && taken.some((other) => other.id === 'speaker') ? { of: 'speaker' } : {};
  const columns = taken.flatMap((column): ColumnSpec[] =>
    column.role === 'classes' || column.role === 'number'
      ? [{ id: column.id, kind: column.role, ...of(column) }]
      : [],
  );
  const groups = taken.flatMap(({ id, role }): GroupSpec[] =>
    role === 'classes' || role === 'group' || role === 'split'
      ? [
          {
            id,
            holdOut: true,
            leaks: LEAKING.has(id),
            ...(role === 'split' ? { parts: true as const } : {}),
            ...(id === 'speaker' ? { counted: true as const } : {}),
          },
        ]
      : [],
  );
  // A column that the mapping ignores, or calls something else, takes its split with it.
  const published = listed.flatMap((one) => {
    const column = taken.find(({ name }) => name === one.column)?.id;
    return column !== undefined && groups.some(({ id }) => id === column) ? [{ ...one, column }] : [];
  });
  const told = published.length > 0 ? { published } : {};
  if (!mainColumn) return { schemes: [everything()], columns, groups, ...told };
  // Classes in order of name, those that some utterance has.
  const used = new Set(utterances.flatMap(({ labels }) => labels[mainColumn.id] ?? []));
  const names = valuesOf(rows.map(({ cells }) => mappedValue(mainColumn, cells[mainColumn.at]!) ?? ''))
    .map(([value]) => value)
    .filter((value) => used.has(value))
    .sort();
  return { schemes: [schemeOf(mainColumn.id, names), everything()], columns, groups, ...told };
}

function schemeOf(column: string, classes: readonly string[]): LabelScheme {
  return {
    id: SCHEME_LABELS,
    column,
    classes,
    classOf: Object.fromEntries(classes.map((name) => [name, name])),
  };
}

/** No column: every utterance has the same nothing, which is taken. */
function everything(): LabelScheme {
  return { id: SCHEME_ALL, column: '', classes: [], classOf: { '': '' } };
}
