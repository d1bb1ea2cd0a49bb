/** What the Statistics tab asks of a corpus, answered from its facts: pure data, made in a worker. */
import { descriptionOf } from '../adapters/registry';
import type { CorpusManifest } from '../types';
import { agreementOf, type Agreement } from './agreement';
import { associationOf, crossTable, type Association } from './association';
import type { ClassFacts, Facts, NumberFacts } from './facts';
import { edgesFor, histogram, type Histogram } from './histogram';
import { outliersOf, type OutlierGroup } from './outliers';
import { spreadOf, type Spread } from './spread';

/** Columns of more values are names of utterances rather than something to count by. */
const MOST_VALUES = 1000;
/** Values of one side of a table, or groups of a histogram, that are shown; the most frequent. */
export const SHOWN_VALUES = 40;
export const SHOWN_GROUPS = 12;

export interface ColumnInfo {
  readonly id: string;
  readonly kind: 'number' | 'classes';
  readonly unit: NumberFacts['unit'];
  /** Different values, of classes. */
  readonly values: number;
  /** Utterances that have one. */
  readonly known: number;
}

export interface CorpusOverview {
  readonly utterances: number;
  /** Without columns of more than a thousand values. */
  readonly columns: readonly ColumnInfo[];
  readonly agreement: Agreement;
  readonly outliers: readonly OutlierGroup[];
}

/** Counts of a number's values, by the values of a column of classes where one is given. */
export interface HistogramAnswer extends Histogram {
  readonly column: string;
  readonly by: string | null;
  readonly unit: NumberFacts['unit'];
  /** Names of the groups, most frequent first where there are more than are shown; [''] without any. */
  readonly groups: readonly string[];
  /** Groups, and utterances in them or in none, that are not shown. */
  readonly hiddenGroups: number;
  readonly hidden: number;
  /** Of all values, hidden ones included. */
  readonly spread: Spread;
}

export interface CrossAnswer {
  readonly rows: { readonly column: string; readonly names: readonly string[]; readonly of: number };
  readonly columns: CrossAnswer['rows'];
  /** Of the names. */
  readonly table: readonly (readonly number[])[];
  /** Of all values. */
  readonly association: Association;
  readonly counted: number;
  /** Without a value in one of the two. */
  readonly missing: number;
}

export function overviewOf(facts: Facts, manifest: CorpusManifest): CorpusOverview {
  const columns = facts.columns.map((column): ColumnInfo =>
    column.kind === 'number'
      ? {
          id: column.id,
          kind: 'number',
          unit: column.unit,
          values: 0,
          known: column.values.reduce((sum, value) => sum + Number(!Number.isNaN(value)), 0),
        }
      : {
          id: column.id,
          kind: 'classes',
          unit: null,
          values: column.names.length,
          known: column.codes.reduce((sum, code) => sum + Number(code >= 0), 0),
        },
  );
  return {
    utterances: facts.utterances.length,
    columns: columns.filter(({ values }) => values <= MOST_VALUES),
    agreement: agreementOf(facts.utterances),
    outliers: outliersOf(facts, manifest, descriptionOf(manifest).columns),
  };
}

/** @returns null where there is no such column of numbers */
export function histogramOf(facts: Facts, column: string, by: string | null): HistogramAnswer | null {
  const numbers = facts.columns.find((one): one is NumberFacts => one.id === column && one.kind === 'number');
  if (!numbers) return null;
  const classes = by === null ? undefined : classesOf(facts, by);
  const spread = spreadOf(numbers.values);
  const edges = edgesFor(numbers.values, spread);
  const { values, unit } = numbers;
  if (!classes) {
    const whole = { column, by: null, unit, groups: [''], hiddenGroups: 0, hidden: 0, spread };
    return Object.assign(whole, histogram(values, edges));
  }
  const { names, place } = mostFrequent(classes, SHOWN_GROUPS);
  const groups = classes.codes.map((code) => (code < 0 ? -1 : place[code]!));
  return {
    ...histogram(values, edges, groups, names.length),
    column,
    by,
    unit,
    groups: names,
    hiddenGroups: classes.names.length - names.length,
    hidden: groups.reduce((sum, group) => sum + Number(group < 0), 0),
    spread,
  };
}

/** @returns null where one of the two is no column of classes */
export function crossOf(facts: Facts, rows: string, columns: string): CrossAnswer | null {
  const [a, b] = [classesOf(facts, rows), classesOf(facts, columns)];
  if (!a || !b) return null;
  const { table, missing } = crossTable(a.codes, a.names.length, b.codes, b.names.length);
  const [left, top] = [mostFrequent(a, SHOWN_VALUES), mostFrequent(b, SHOWN_VALUES)];
  return {
    rows: { column: rows, names: left.names, of: a.names.length },
    columns: { column: columns, names: top.names, of: b.names.length },
    table: left.codes.map((i) => top.codes.map((k) => table[i]![k]!)),
    association: associationOf(table),
    counted: a.codes.length - missing,
    missing,
  };
}

const classesOf = (facts: Facts, id: string): ClassFacts | undefined =>
  facts.columns.find(
    (one): one is ClassFacts => one.id === id && one.kind === 'classes' && one.names.length <= MOST_VALUES,
  );

/** The most frequent values, in the column's order. */
function mostFrequent(
  { names, codes }: ClassFacts,
  most: number,
): {
  readonly names: readonly string[];
  readonly codes: readonly number[];
  readonly place: readonly number[];
} {
  const counts = names.map(() => 0);
  for (const code of codes) if (code >= 0) counts[code]!++;
  const kept = names
    .map((_, code) => code)
    .sort((a, b) => counts[b]! - counts[a]! || a - b)
    .slice(0, most)
    .sort((a, b) => a - b);
  const place = names.map((_, code) => kept.indexOf(code));
  return { names: kept.map((code) => names[code]!), codes: kept, place };
}
