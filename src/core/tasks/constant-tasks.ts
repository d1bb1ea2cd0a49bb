/**
 * Tasks that a corpus or split leaves nothing to learn of are taken out of a run's, and come back to their place
 * where there is something again.
 */
import type { OfferedColumn } from './of-column';
import type { TaskSpec } from './types';

/** A task that was taken out, and its place among all. */
export interface OffTask {
  readonly task: TaskSpec;
  readonly place: number;
}

export interface Sifted {
  readonly tasks: readonly TaskSpec[];
  readonly off: readonly OffTask[];
}

/** @returns null where nothing would be left: then the run keeps what it has */
export function sifted(
  tasks: readonly TaskSpec[],
  off: readonly OffTask[],
  isConstant: (task: TaskSpec) => boolean,
): Sifted | null {
  const all = off
    .filter(({ task }) => tasks.every(({ id }) => id !== task.id))
    .toSorted((a, b) => a.place - b.place)
    .reduce<readonly TaskSpec[]>((list, { task, place }) => list.toSpliced(place, 0, task), tasks);
  const left = all.filter((task) => !isConstant(task));
  if (left.length === 0) return null;
  return {
    tasks: left,
    off: all.flatMap((task, place) => (isConstant(task) ? [{ task, place }] : [])),
  };
}

/**
 * The tasks that a choice is offered of: the run's, and of the usual ones those that the corpus has a column for.
 * @param usual in whose order they are  @param columns of the open corpus
 */
export function offeredTasks(
  tasks: readonly TaskSpec[],
  usual: readonly TaskSpec[],
  columns: readonly OfferedColumn[],
): readonly TaskSpec[] {
  const own = (id: string): TaskSpec | undefined => tasks.find((task) => task.id === id);
  return [
    ...usual.flatMap(
      (task) =>
        own(task.id) ??
        (columns.some(({ id, kind, levels }) => !levels && id === task.column && kind === task.kind)
          ? task
          : []),
    ),
    ...tasks.filter(({ id }) => usual.every((task) => task.id !== id)),
  ];
}
