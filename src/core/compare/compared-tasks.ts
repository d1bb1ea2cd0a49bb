/** The tasks that runs are compared in: any that one of them has, and what each predicts. */
import type { TaskKind } from '../tasks/losses/types';
import type { TaskId, TaskSpec } from '../tasks/types';

interface WithTasks {
  readonly tasks: readonly TaskSpec[];
}

/** In the order of their slots, which is that of their colours: the same whichever run comes first. */
const specsOf = (configs: readonly WithTasks[]): readonly TaskSpec[] => {
  const found = new Map<TaskId, TaskSpec>();
  for (const spec of configs.flatMap(({ tasks }) => tasks)) if (!found.has(spec.id)) found.set(spec.id, spec);
  return [...found.values()].toSorted((a, b) => a.slot - b.slot);
};

export const comparedTasks = (configs: readonly WithTasks[]): readonly TaskId[] =>
  specsOf(configs).map(({ id }) => id);

/** Of two runs that mean different things by one name, the first decides what is compared. */
export const comparedKinds = (configs: readonly WithTasks[]): ReadonlyMap<TaskId, TaskKind> =>
  new Map(specsOf(configs).map(({ id, kind }) => [id, kind]));

/** Those of them that have classes: with a matrix, and right or wrong on an utterance. */
export const classTasks = (
  tasks: readonly TaskId[],
  kinds: ReadonlyMap<TaskId, TaskKind> | undefined,
): readonly TaskId[] => tasks.filter((task) => (kinds?.get(task) ?? 'classes') === 'classes');
