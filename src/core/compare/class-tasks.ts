/**
 * The tasks that runs are compared in: those of classes, the paper's first and in its order. Numbers have no UAR,
 * no matrix and no McNemar's test; their scores stand with each run.
 */
import { TASKS } from '../tasks/presets';
import type { TaskId, TaskSpec } from '../tasks/types';

interface WithTasks {
  readonly tasks: readonly TaskSpec[];
}

export function classTasksOf(configs: readonly WithTasks[]): readonly TaskId[] {
  const found = new Set(
    configs.flatMap(({ tasks }) => tasks.filter(({ kind }) => kind === 'classes').map(({ id }) => id)),
  );
  const paper = TASKS.filter((task) => found.has(task));
  return [...paper, ...[...found].filter((task) => !TASKS.some((one) => one === task))];
}
