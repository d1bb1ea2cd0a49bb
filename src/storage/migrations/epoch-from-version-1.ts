/** Macro recall was not stored at first; the confusion matrix, which always was, gives it. */
import type { Migration, Plain } from '../../core/migration';
import { taskMetrics } from '../../core/tasks/metrics/confusion';
import { isMeasured } from '../../core/tasks/metrics/measurable';
import type { EpochRecord, SideMetrics } from '../../core/training/events';

const completed = (metrics: SideMetrics): SideMetrics => ({
  ...metrics,
  tasks: metrics.tasks.map((task) =>
    isMeasured(task) ? { ...task, macroRecall: taskMetrics(task.confusion, task.loss).macroRecall } : task,
  ),
});

export const epochFromVersion1: Migration = {
  name: 'an epoch says the macro recall of every task',
  from: 1,
  migrate: (old): Plain => {
    const { train, validation } = old as unknown as EpochRecord;
    return { ...old, train: completed(train), validation: completed(validation) };
  },
};
