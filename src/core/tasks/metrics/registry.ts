/**
 * All metrics of a task, by its kind: what charts, tables, the monitored value, comparisons and exports may name,
 * in the order of the columns of files. To add one: compute it (confusion.ts, number.ts) and add a line here.
 * `loss` is a metric of both kinds.
 */
import type { TaskKind } from '../losses/types';
import type { TaskMetrics } from './types';

export interface Metric {
  readonly id: string;
  readonly kind: TaskKind | 'both';
  /** Heading of its column in CSV files. */
  readonly column: string;
  /** Which way is better. */
  readonly better: 'higher' | 'lower';
  /** Whether it is a share, 0..1, that may be shown in percent. */
  readonly share: boolean;
  /** The ends of its scale; infinite where it has none. */
  readonly scale: readonly [low: number, high: number];
  /** What a task of its kind is looked at by first. */
  readonly primary?: true;
  /** Drawn over the epochs of a run. */
  readonly drawn?: true;
  /** Offered where runs are compared, and with a bootstrap interval on the utterances of two. */
  readonly compared?: true;
  /** Says how predictions vary with targets: no value where targets do not vary. */
  readonly correlates?: true;
  /** NaN where it has no value. */
  readonly read: (metrics: TaskMetrics) => number;
}

type Marks = Pick<Metric, 'primary' | 'drawn' | 'compared' | 'correlates'>;

const share = (
  id: 'accuracy' | 'uar' | 'macroPrecision' | 'macroRecall' | 'macroF1',
  column: string,
  marks: Marks = {},
): Metric => ({
  id,
  kind: 'classes',
  column,
  better: 'higher',
  share: true,
  scale: [0, 1],
  ...marks,
  read: (metrics) => metrics[id],
});

const ofNumber = (
  id: 'ccc' | 'pearson' | 'mae' | 'rmse',
  better: Metric['better'],
  marks: Marks = {},
): Metric => ({
  id,
  kind: 'number',
  column: id,
  better,
  share: false,
  scale: better === 'higher' ? [-1, 1] : [0, Number.POSITIVE_INFINITY],
  compared: true,
  ...marks,
  read: ({ number }) => number?.[id] ?? Number.NaN,
});

export const METRICS: readonly Metric[] = [
  {
    id: 'loss',
    kind: 'both',
    column: 'loss',
    better: 'lower',
    share: false,
    scale: [0, Number.POSITIVE_INFINITY],
    read: ({ loss }) => loss,
  },
  share('accuracy', 'accuracy', { drawn: true, compared: true }),
  share('uar', 'uar', { primary: true, drawn: true, compared: true }),
  share('macroPrecision', 'macro_precision'),
  share('macroRecall', 'macro_recall'),
  share('macroF1', 'macro_f1', { drawn: true, compared: true }),
  ofNumber('ccc', 'higher', { primary: true, drawn: true, correlates: true }),
  ofNumber('pearson', 'higher', { correlates: true }),
  ofNumber('mae', 'lower', { drawn: true }),
  ofNumber('rmse', 'lower'),
];

/** The one that a task of this kind is looked at by first. */
export const primaryMetric = (kind: TaskKind): Metric =>
  METRICS.find((one) => one.kind === kind && one.primary)!;

/** Those of a task of this kind: what both kinds have, then the one that is looked at first, then the others. */
export function metricsFor(kind: TaskKind): readonly Metric[] {
  const rank = (one: Metric): number => (one.kind === 'both' ? 0 : one.primary ? 1 : 2);
  return METRICS.filter((one) => one.kind === kind || one.kind === 'both').toSorted(
    (a, b) => rank(a) - rank(b),
  );
}

/** Those of this kind alone that are marked, in the order in which they are looked at. */
export const scoresFor = (kind: TaskKind, mark: 'drawn' | 'compared'): readonly Metric[] =>
  metricsFor(kind).filter((one) => one.kind === kind && one[mark]);

export const metric = (id: string): Metric | undefined => METRICS.find((one) => one.id === id);
