/** A task's name on screen: its own, or of its levels, or translated where it is a usual one, else its id. */
import type { TFunction } from 'i18next';
import type { Levels } from '../../core/tasks/levels';
import type { TaskId } from '../../core/tasks/types';
import { notedTask } from '../tasks';
import { say } from './lookup';

export function taskName(t: TFunction, task: TaskId): string {
  const noted = notedTask(task);
  if (noted?.name !== undefined) return noted.name;
  return noted?.levels ? levelsName(t, noted.column ?? task, noted.levels) : columnName(t, task);
}

/** A column as a task is called that reads it. */
export const columnName = (t: TFunction, column: string): string => say(t, `tasks.${column}`, column);

/** `valence in 3 levels` */
export const levelsName = (t: TFunction, column: string, { edges }: Pick<Levels, 'edges'>): string =>
  t('taskEditor.inLevels', { column: columnName(t, column), count: edges.length + 1 });
