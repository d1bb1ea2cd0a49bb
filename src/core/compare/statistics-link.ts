/**
 * From a bar or a cell of a corpus' statistics to the utterances that it counts, in the list of all utterances
 * (utterance-link.ts). Null where the list has no such column: level and entropy are in no list.
 */
import { descriptionOf } from '../corpus/adapters/registry';
import { writeClauses, writeRange, type Clause } from '../corpus/browse/query';
import { schemeOf } from '../corpus/label-schemes';
import type { CrossAnswer, HistogramAnswer } from '../corpus/statistics/answers';
import type { CorpusManifest } from '../corpus/types';
import type { RunConfig } from '../config/run-config';
import { corpusColumn } from './utterance-columns';
import { listPath, MAX_QUERY, namedPath } from './utterance-link';

export interface StatisticsLinks {
  readonly bin: (answer: HistogramAnswer, group: string, bin: number) => string | null;
  readonly cell: (answer: CrossAnswer, row: string, column: string) => string | null;
  /** By name, as many as a link holds; null where it does not hold them all. */
  readonly named: (ids: readonly string[]) => string | null;
}

/** Of a corpus under a configuration: statistics count what the scheme uses and nobody excluded. */
export function statisticsLinks(
  manifest: CorpusManifest,
  { labelScheme, tasks }: Pick<RunConfig, 'labelScheme' | 'tasks'>,
): StatisticsLinks {
  const scheme = schemeOf(descriptionOf(manifest), labelScheme);
  const task = tasks.find(({ column, kind }) => column === scheme.column && kind === 'classes');
  /** Those without a class are not used; without such a task, those on no side. */
  const used: Clause = {
    not: true,
    column: task ? `class.${task.id}` : 'side',
    test: 'is',
    values: [''],
  };
  const is = (column: string, value: string): Clause => ({ not: false, column, test: 'is', values: [value] });
  const valueClause = (column: string, value: string): Clause | null => {
    if (column === '$side') return is('side', value);
    if (column === '$rate') return is('rate', value);
    if (column.startsWith('$')) return null;
    if (column !== scheme.column) return is(corpusColumn(column), value);
    return task ? is(`class.${task.id}`, value) : null;
  };
  const numberClause = (column: string, text: string): Clause | null =>
    column === '$duration'
      ? is('seconds', text)
      : column.startsWith('$')
        ? null
        : is(corpusColumn(column), text);
  const path = (...clauses: readonly (Clause | null)[]): string | null => {
    const all = clauses.flatMap((clause) => clause ?? []);
    if (all.length < clauses.length) return null;
    const query = writeClauses([...all, ...(all.some(({ column }) => column === used.column) ? [] : [used])]);
    return query.length > MAX_QUERY ? null : listPath({ query });
  };
  return {
    bin: ({ column, by, edges, counts }, group, bin) => {
      const [from, end] = [edges[bin]!, edges[bin + 1]!];
      // A list's ranges include their ends; a bin has its upper end only where it is the last one.
      const to = bin === counts[0]!.length - 1 ? end : below(end);
      const number = numberClause(column, writeRange({ from, to }));
      return by === null ? path(number) : path(number, valueClause(by, group));
    },
    cell: ({ rows, columns }, row, column) =>
      path(valueClause(rows.column, row), valueClause(columns.column, column)),
    named: (ids) => {
      const query = writeClauses([{ not: false, column: 'id', test: 'is', values: ids }]);
      return query.length > MAX_QUERY ? null : namedPath(ids);
    },
  };
}

/** The largest number below another one. */
function below(value: number): number {
  if (value === 0) return -Number.MIN_VALUE;
  const bits = new DataView(new ArrayBuffer(8));
  bits.setFloat64(0, value);
  bits.setBigInt64(0, bits.getBigInt64(0) + (value > 0 ? -1n : 1n));
  return bits.getFloat64(0);
}
