/**
 * What early stopping and "best" look at. A strategy's total needs the loss of every task: where one cannot
 * be measured, the sum of the others' losses takes its place. Not here: the comparison with earlier epochs
 * (early-stopping.ts).
 */
import { isMeasured, type TaskCheck } from '../tasks/metrics/measurable';
import type { SideMetrics } from './events';
import type { Monitor } from '../config/run-config';
import type { TaskId } from '../tasks/types';

const SUM: Monitor = { of: 'sum-of-task-losses' };

/** @param checks null: everything counts, as in version 0.1.0 */
export const monitorInForce = (wanted: Monitor, checks: readonly TaskCheck[] | null): Monitor =>
  checks?.some(({ unmeasurable }) => unmeasurable !== null) ? SUM : wanted;

/** The sum of the losses that can be measured; NaN without one. */
export function sumOfLosses({ tasks }: Pick<SideMetrics, 'tasks'>): number {
  const measured = tasks.filter(isMeasured);
  return measured.length === 0 ? Number.NaN : measured.reduce((sum, task) => sum + task.loss, 0);
}

/**
 * Lower is better: of a score that grows with quality, what is missing to 1.
 * @param tasks of the run, in their order
 */
export function monitoredValue(monitor: Monitor, validation: SideMetrics, tasks: readonly TaskId[]): number {
  if (monitor.of === 'strategy-total') return validation.total;
  if (monitor.of === 'sum-of-task-losses') return sumOfLosses(validation);
  const metrics = validation.tasks[tasks.indexOf(monitor.task)];
  if (!metrics) return Number.NaN;
  return monitor.metric === 'loss' ? metrics.loss : 1 - metrics[monitor.metric];
}
