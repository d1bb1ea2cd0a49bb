/** The matrix of every corpus against every other as CSV: one row a cell, also those not measured. */
import type { AcrossMatrix } from '../compare/across';
import { primaryMetric } from '../tasks/metrics/registry';
import { toCsv } from './csv';

export function acrossFile({ task, cells, chance }: AcrossMatrix): string {
  return toCsv(
    [
      'trained_on',
      'tested_on',
      'task',
      primaryMetric('classes').column,
      'low',
      'high',
      'resampled',
      'runs',
      'utterances',
      'speakers',
      'without_score',
      'chance',
    ],
    cells.map(({ source, target, value, interval, by, runs, utterances, speakers, leftOut }) => [
      source,
      target,
      task,
      value,
      interval?.low,
      interval?.high,
      interval ? (by === 'cluster' ? 'speakers' : 'utterances') : null,
      runs,
      utterances,
      speakers,
      leftOut,
      chance,
    ]),
  );
}
