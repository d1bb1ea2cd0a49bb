/** Specs of the paper's tasks, by name. */
import { PAPER_TASKS, type PaperTask } from '../../src/core/tasks/presets';
import type { TaskSpec } from '../../src/core/tasks/types';

export const tasksOf = (...ids: readonly PaperTask[]): readonly TaskSpec[] =>
  ids.map((id) => PAPER_TASKS.find((task) => task.id === id)!);
