/**
 * What early stopping and "best" look at: the sum of the task losses, one task's loss or score, or the
 * strategy's total. What cannot be measured is in none of them: a strategy's total needs the loss of every
 * task, a task's score that task, a correlation targets that vary; where they are missing, the sum of the
 * losses that can be measured takes their place. Not here: the comparison with earlier epochs
 * (early-stopping.ts).
 */
import { isMeasured, type TaskCheck } from '../../tasks/metrics/measurable';
import { metric } from '../../tasks/metrics/registry';
import type { SideMetrics } from '../events';
import type { Monitor } from '../../config/run-config';
import type { TaskId } from '../../tasks/types';

const SUM: Monitor = { of: 'sum-of-task-losses' };

/**
 * @param checks one a task; null: everything counts, as in version 0.1.0
 * @param tasks of the run, in their order
 */
export function monitorInForce(
  wanted: Monitor,
  checks: readonly TaskCheck[] | null,
  tasks: readonly TaskId[],
): Monitor {
  if (wanted.of === 'sum-of-task-losses' || !checks) return wanted;
  const needed = wanted.of === 'task' ? [checks[tasks.indexOf(wanted.task)]] : checks;
  const correlates = wanted.of === 'task' && metric(wanted.metric)?.correlates === true;
  // The metric of classes and of numbers alike is the loss.
  const asksLoss = wanted.of === 'strategy-total' || metric(wanted.metric)?.kind === 'both';
  const isLacking = (check: TaskCheck | undefined): boolean =>
    check?.unmeasurable !== null ||
    (correlates && check.sameTargets === true) ||
    (asksLoss && check.noLoss === true);
  return needed.some(isLacking) ? SUM : wanted;
}

/** The sum of the losses that can be measured; NaN without one. */
export function sumOfLosses({ tasks }: Pick<SideMetrics, 'tasks'>): number {
  // Of a number whose targets are all equal, 1 − CCC has no value though its errors have.
  const measured = tasks.filter(
    (task) => isMeasured(task) && !(Number.isNaN(task.loss) && Number.isNaN(task.number?.ccc ?? 0)),
  );
  return measured.length === 0 ? Number.NaN : measured.reduce((sum, task) => sum + task.loss, 0);
}

/** The value as it is recorded and told. @param tasks of the run, in their order */
export function monitoredValue(monitor: Monitor, validation: SideMetrics, tasks: readonly TaskId[]): number {
  if (monitor.of === 'strategy-total') return validation.total;
  if (monitor.of === 'sum-of-task-losses') return sumOfLosses(validation);
  const metrics = validation.tasks[tasks.indexOf(monitor.task)];
  if (!metrics) return Number.NaN;
  return metric(monitor.metric)?.read(metrics) ?? Number.NaN;
}

/** The monitored value as something that is to be small: of a score that grows with quality, what is missing to 1, the
 * most that there is. */
export const costOf = (monitor: Monitor, value: number): number =>
  monitor.of === 'task' && metric(monitor.metric)?.better === 'higher' ? 1 - value : value;
