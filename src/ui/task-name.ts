/** A task's name on screen: translated where it is one of the paper's, else as its column calls it. */
import type { TFunction } from 'i18next';
import type { TaskId } from '../core/tasks/types';

// Ids of tasks are data, so that the compiler cannot check their keys.
export const taskName = (t: TFunction, task: TaskId): string =>
  (t as unknown as (key: string, options: object) => string)(`tasks.${task}`, { defaultValue: task });
