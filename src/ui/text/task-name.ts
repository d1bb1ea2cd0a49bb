/** A task's name on screen: its own, or translated where it is one of the paper's, else its id. */
import type { TFunction } from 'i18next';
import type { TaskId } from '../../core/tasks/types';
import { notedTask } from '../tasks';

// Ids of tasks are data, so that the compiler cannot check their keys.
export const taskName = (t: TFunction, task: TaskId): string =>
  notedTask(task)?.name ??
  (t as unknown as (key: string, options: object) => string)(`tasks.${task}`, { defaultValue: task });
