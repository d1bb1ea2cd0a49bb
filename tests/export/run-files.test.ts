/** The metrics file of an exported run: every number stands under its own name. */
import { expect, it } from 'vitest';
import { metricsFile } from '../../src/core/export/run-files';
import { taskMetrics } from '../../src/core/metrics/confusion';
import type { EpochRecord, SideMetrics } from '../../src/core/training/events';

it('metrics.csv has one row a side and task, with all scores', () => {
  const side = (loss: number): SideMetrics => ({ total: loss, tasks: [taskMetrics([[1, 0, 1], [0, 1, 0], [0, 0, 0]], loss)] });
  const epoch: EpochRecord = { epoch: 2, step: 6, seconds: 1, train: side(0.5), validation: side(0.25), monitored: 0.25, best: true, nominal: [0.75], effective: [-0.5] };
  const [header, ...rows] = metricsFile(['emotion'], [epoch]).trimEnd().split('\r\n').map((line) => line.split(','));
  const named = rows.map((row) => Object.fromEntries(row.map((cell, i) => [header![i]!, cell])));
  const common = { epoch: '2', step: '6', task: 'emotion', uar: '0.75', macro_recall: '0.5', nominal_weight: '0.75', effective_weight: '-0.5', monitored: '0.25', best: 'true' };
  expect(named).toMatchObject([{ ...common, side: 'train', loss: '0.5', total_loss: '0.5' }, { ...common, side: 'validation', loss: '0.25', total_loss: '0.25' }]);
  // Precisions 1, 1, 0; F1 2/3, 1, 0; two of three right.
  for (const [name, value] of [['accuracy', 2 / 3], ['macro_precision', 2 / 3], ['macro_f1', 5 / 9]] as const)
    expect(Number(named[0]![name])).toBeCloseTo(value, 12);
});
