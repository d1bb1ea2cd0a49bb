/**
 * What a list of utterances shows, as values, as the query of a link
 * (`#/data/utterances?q=speaker%3AF01&sort=-seconds`) and back; and the links that lead from a cell of a
 * confusion matrix, a point or a name to its recordings. Only what departs from the default is written.
 */
import { readQuery, writeQuery } from '../config/query';
import { unknownKeys } from '../config/link-problems';
import { writeClauses, writeRange, type Clause } from '../corpus/browse/query';
import type { SortKey } from '../corpus/browse/order';
import type { EpochRecord } from '../training/events';
import { ConfigError, toWire, type WireError } from '../errors/errors';
import type { ProblemCode } from '../errors/problem';
import type { Finding } from '../preflight/preflight';
import { corpusColumn } from './utterance-columns';

/** Which of a run's stored predictions: of a checkpoint's validation, or of the test part. */
export const MADE = ['best', 'last', 'test'] as const;
export type Made = (typeof MADE)[number];

export interface ListChoice {
  /** As corpus/browse/query.ts reads it. */
  readonly query: string;
  readonly sort: readonly SortKey[];
  /** Null: the usual ones. */
  readonly columns: readonly string[] | null;
  readonly run: {
    readonly id: string;
    readonly of: Made;
    /** The epoch that the link was made for; null: whichever it is. */
    readonly epoch: number | null;
  } | null;
  /** Whose predictions are shown; null: of every task. */
  readonly task: string | null;
}

export const DEFAULT_LIST: ListChoice = { query: '', sort: [], columns: null, run: null, task: null };

/** More than this is no query but a mistake. */
export const MAX_QUERY = 2000;
/** By so many columns a list is sorted at most. */
export const MAX_SORT = 3;

const RUN = /^[\w-]{1,64}$/;

/** Columns one by one; a comma in a name is written twice encoded. */
const list = (names: readonly string[]): string => names.map((name) => encodeURIComponent(name)).join(',');
const unlist = (text: string): string[] | null => {
  try {
    return text === '' ? [] : text.split(',').map((name) => decodeURIComponent(name));
  } catch {
    return null;
  }
};

const READERS: Readonly<Record<string, (text: string, before: ListChoice) => Partial<ListChoice> | null>> = {
  q: (query) => (query.length <= MAX_QUERY ? { query } : null),
  sort: (text) => {
    const sort = unlist(text)?.map((name) =>
      name.startsWith('-')
        ? { column: name.slice(1), descending: true }
        : { column: name, descending: false },
    );
    return sort && sort.length <= MAX_SORT ? { sort } : null;
  },
  columns: (text) => {
    const columns = unlist(text);
    return columns && { columns };
  },
  run: (id) => (RUN.test(id) ? { run: { id, of: 'best', epoch: null } } : null),
  epoch: (of, { run }) => {
    const made = MADE.find((one) => one === of);
    return run && made ? { run: { ...run, of: made } } : null;
  },
  at: (text, { run }) =>
    run && /^[1-9]\d{0,6}$/.test(text) ? { run: { ...run, epoch: Number(text) } } : null,
  task: (task) => ({ task }),
};

/** @param query without `?`; what is not understood is told and left at its default */
export function listFromQuery(query: string): {
  readonly choice: ListChoice;
  readonly problems: readonly WireError[];
} {
  const values = readQuery(query);
  const problems: WireError[] = [];
  let choice = DEFAULT_LIST;
  for (const [key, read] of Object.entries(READERS)) {
    const text = values.get(key);
    if (text === undefined) continue;
    const found = read(text, choice);
    if (found) choice = Object.assign({}, choice, found);
    else problems.push(toWire(new ConfigError('bad-choice', { key, value: text.slice(0, 60) })));
  }
  return { choice, problems: [...problems, ...unknownKeys([...values.keys()], Object.keys(READERS))] };
}

/** The query that {@link listFromQuery} reads as this choice; empty for the default. */
export function listToQuery({ query, sort, columns, run, task }: ListChoice): string {
  const entries: [string, string][] = [];
  if (query !== '') entries.push(['q', query]);
  if (sort.length > 0)
    entries.push(['sort', list(sort.map(({ column, descending }) => (descending ? '-' : '') + column))]);
  if (columns) entries.push(['columns', list(columns)]);
  if (run) {
    entries.push(['run', run.id], ['epoch', run.of]);
    if (run.epoch !== null) entries.push(['at', String(run.epoch)]);
  }
  if (task !== null) entries.push(['task', task]);
  return writeQuery(entries);
}

const PATH = '/data/utterances';

/** Where the page shows this list. */
export const listPath = (choice: Partial<ListChoice>): string => {
  const query = listToQuery({ ...DEFAULT_LIST, ...choice });
  return query === '' ? PATH : `${PATH}?${query}`;
};

const is = (column: string, ...values: readonly string[]): Clause => ({
  not: false,
  column,
  test: 'is',
  values,
});

/** Whose predictions of an epoch's validation are stored: the best's and the latest's; null: of no other. */
export function madeAt(epochs: readonly Pick<EpochRecord, 'epoch' | 'best'>[], epoch: number): Made | null {
  if (epochs.findLast(({ best }) => best)?.epoch === epoch) return 'best';
  return epochs.at(-1)?.epoch === epoch ? 'last' : null;
}

/** Predictions of a run at an epoch, of one of its tasks. */
export interface OfRun {
  readonly run: string;
  readonly of: Made;
  readonly epoch: number | null;
  readonly task: string;
}

const made = ({ run: id, of, epoch, task }: OfRun): Pick<ListChoice, 'run' | 'task'> => ({
  run: { id, of, epoch },
  task,
});

/** The utterances of a cell of a confusion matrix. @param truth names of classes */
export const cellPath = (of: OfRun, truth: string, predicted: string): string =>
  listPath({
    ...made(of),
    query: writeClauses([is(`true.${of.task}`, truth), is(`predicted.${of.task}`, predicted)]),
  });

/** The same by places of classes. */
export const cellLinks =
  (of: OfRun, classes: readonly string[]) =>
  (truth: number, predicted: number): string =>
    cellPath(of, classes[truth] ?? '', classes[predicted] ?? '');

/** A number's utterances, those with the greatest error first. */
export const errorPath = (of: OfRun): string =>
  listPath({
    ...made(of),
    query: writeClauses([is(`true.${of.task}`, '..')]),
    sort: [{ column: `error.${of.task}`, descending: true }],
  });

/** The utterances of a point of a number's picture. @param truth, predicted as the picture has them */
export const pointPath = (of: OfRun, truth: number, predicted: number): string =>
  listPath({
    ...made(of),
    query: writeClauses([
      is(`true.${of.task}`, writeRange({ from: truth, to: truth })),
      is(`predicted.${of.task}`, writeRange({ from: predicted, to: predicted })),
    ]),
  });

/** Utterances with one of these values in a column of the corpus. */
export const valuesPath = (column: string, values: readonly string[]): string =>
  listPath({ query: writeClauses([is(corpusColumn(column), ...values)]) });

/** Single utterances by name. */
export const namedPath = (ids: readonly string[]): string =>
  listPath({ query: writeClauses([is('id', ...ids)]) });

/** Those in a file. */
export const filePath = (path: string): string => listPath({ query: writeClauses([is('file', path)]) });

/** Those with a warning of the scan. */
export const warningPath = (code: ProblemCode): string =>
  listPath({ query: writeClauses([is('warnings', code)]) });

/** What a pre-flight finding is about, as far as it names it; null where it is about no utterances. */
export function findingPath({ code, column, values, examples }: Finding): string | null {
  switch (code) {
    case 'silent':
      return warningPath('silent-audio');
    case 'clipped':
      return warningPath('clipped-audio');
    case 'shared':
      return column === undefined ? null : valuesPath(column, examples);
    case 'two-values':
      return valuesPath(String(values?.['group'] ?? ''), examples);
    case 'heard-in-training':
    case 'nearly-in-training':
    case 'stereo':
    case 'excluded':
    case 'identical':
    case 'too-short':
    case 'too-long':
      return namedPath(examples);
    case 'excluded-unknown':
    case 'unmeasurable':
    case 'mixed-rates':
    // These name pairs, and none.
    case 'nearly-identical':
    case 'not-compared':
      return null;
  }
}
