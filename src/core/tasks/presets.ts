/** The tasks of the paper: the three things recognised at once from one utterance. */
import { defaultsOf } from '../options/field';
import { crossEntropyLoss } from './losses/cross-entropy';
import type { TaskId, TaskSpec } from './types';

const classes = (id: TaskId, slot: number): TaskSpec => ({
  id,
  kind: 'classes',
  column: id,
  loss: { id: crossEntropyLoss.id, ...defaultsOf(crossEntropyLoss.fields) },
  slot,
});

/** Their ids, which are those of the columns they read as well. */
export const TASKS = ['emotion', 'speaker', 'gender'] as const;
export type PaperTask = (typeof TASKS)[number];

export const PAPER_TASKS: readonly TaskSpec[] = TASKS.map(classes);

/** The spec of a task that is known by its id alone, as links and older configurations name them. */
export const presetTask = (id: TaskId): TaskSpec | undefined => PAPER_TASKS.find((task) => task.id === id);
