/**
 * What early stopping and "best" look at. A strategy's total needs the loss of every task: where one cannot
 * be measured, the sum of the others' losses takes its place. Not here: the comparison with earlier epochs
 * (early-stopping.ts).
 */
import { isMeasured, type TaskCheck } from '../tasks/metrics/measurable';
import type { SideMetrics } from './events';
import type { Monitor } from './run-config';

/** @param checks null: everything counts, as in version 0.1.0 */
export const monitorInForce = (wanted: Monitor, checks: readonly TaskCheck[] | null): Monitor =>
  checks?.some(({ unmeasurable }) => unmeasurable !== null) ? 'sum-of-task-losses' : wanted;

/** The sum of the losses that can be measured; NaN without one. */
export function sumOfLosses({ tasks }: Pick<SideMetrics, 'tasks'>): number {
  const measured = tasks.filter(isMeasured);
  return measured.length === 0 ? Number.NaN : measured.reduce((sum, task) => sum + task.loss, 0);
}

export const monitoredValue = (monitor: Monitor, validation: SideMetrics): number =>
  monitor === 'strategy-total' ? validation.total : sumOfLosses(validation);
