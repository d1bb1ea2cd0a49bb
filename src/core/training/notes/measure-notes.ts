/**
 * What a run's log says at its start of tasks that cannot be measured, and that nothing can. Not here: the
 * counting (metrics/measurable.ts).
 */
import { CorpusError } from '../../errors/errors';
import { checkTasks, hasLoss, type TaskCheck } from '../../tasks/metrics/measurable';
import type { Dataset } from '../dataset';
import type { LogEntry } from '../events';
import { monitorInForce } from '../monitor/monitor';
import type { RunConfig } from '../../config/run-config';
import { taskIds } from '../../tasks/types';

type Note = Pick<LogEntry, 'level' | 'code' | 'details'>;

/**
 * @throws CorpusError `nothing-to-measure` where no task of the run could be validated: there would be no
 * best epoch and no score
 */
export function requireMeasurable(dataset: Dataset, config: Pick<RunConfig, 'tasks'>): void {
  if (checkTasks(dataset, config.tasks).some(hasLoss)) return;
  const names = taskIds(config).join(', ');
  throw new CorpusError('nothing-to-measure', { tasks: names });
}

/**
 * @param kept the checks of the checkpoint that the run goes on from; null there: one of version 0.1.0
 * @param fresh no checkpoint
 */
export function measureNotes(
  dataset: Dataset,
  { tasks, monitor }: Pick<RunConfig, 'tasks' | 'monitor'>,
  fresh: boolean,
  kept: readonly TaskCheck[] | null,
): readonly Note[] {
  const checks = checkTasks(dataset, tasks);
  if (!fresh)
    return !kept && checks.some(({ unmeasurable }) => unmeasurable !== null)
      ? [{ level: 'warning', code: 'monitor-counts-all', details: {} }]
      : [];
  const ofTasks = checks.flatMap(({ unmeasurable, unseen, leftOut, sameTargets, noLoss }, i): Note[] => {
    const task = tasks[i]!.id;
    if (unmeasurable) return [{ level: 'warning', code: `task-${unmeasurable}`, details: { task } }];
    if (noLoss) return [{ level: 'warning', code: 'loss-without-value', details: { task } }];
    if (sameTargets) return [{ level: 'warning', code: 'targets-equal', details: { task } }];
    return leftOut > 0
      ? [
          {
            level: 'warning',
            code: 'classes-left-out',
            details: { task, count: leftOut, classes: unseen.map((k) => dataset.classes[i]![k]!).join(', ') },
          },
        ]
      : [];
  });
  return monitorInForce(
    monitor,
    checks,
    tasks.map(({ id }) => id),
  ) === monitor
    ? ofTasks
    : [...ofTasks, { level: 'warning', code: 'monitor-replaced', details: {} }];
}
