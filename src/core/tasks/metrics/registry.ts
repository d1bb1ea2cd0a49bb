/**
 * All metrics of a task, by its kind: what charts, tables, the monitored value and exports may name. To add one:
 * compute it (confusion.ts, number.ts) and add a line here. `loss` is a metric of both kinds.
 */
import type { TaskKind } from '../losses/types';
import type { TaskMetrics } from './types';

export interface Metric {
  readonly id: string;
  readonly kind: TaskKind | 'both';
  /** Which way is better. */
  readonly better: 'higher' | 'lower';
  /** Whether it is a share, 0..1, that may be shown in percent. */
  readonly share: boolean;
  /** NaN where it has no value. */
  readonly read: (metrics: TaskMetrics) => number;
}

const share = (id: 'accuracy' | 'uar' | 'macroPrecision' | 'macroRecall' | 'macroF1'): Metric => ({
  id,
  kind: 'classes',
  better: 'higher',
  share: true,
  read: (metrics) => metrics[id],
});

const ofNumber = (id: 'ccc' | 'pearson' | 'mae' | 'rmse', better: Metric['better']): Metric => ({
  id,
  kind: 'number',
  better,
  share: false,
  read: ({ number }) => number?.[id] ?? Number.NaN,
});

export const METRICS: readonly Metric[] = [
  { id: 'loss', kind: 'both', better: 'lower', share: false, read: ({ loss }) => loss },
  share('uar'),
  share('accuracy'),
  share('macroPrecision'),
  share('macroRecall'),
  share('macroF1'),
  ofNumber('ccc', 'higher'),
  ofNumber('pearson', 'higher'),
  ofNumber('mae', 'lower'),
  ofNumber('rmse', 'lower'),
];

/** Those of a task of this kind; the loss first, then the one that is looked at first (UAR, CCC). */
export const metricsFor = (kind: TaskKind): readonly Metric[] =>
  METRICS.filter((metric) => metric.kind === kind || metric.kind === 'both');

export const metric = (id: string): Metric | undefined => METRICS.find((one) => one.id === id);
