/**
 * A task of a run as data: what it predicts, from which column of labels, by which loss, and how it is drawn.
 * Not here: the tasks of the paper (presets.ts).
 */
import * as v from 'valibot';
import type { Frozen } from '../options/schema';
import { LEVELS_SCHEMA } from './levels';
import { LOSS_SCHEMA } from './loss-schema';
import { loss } from './losses/registry';
import { TASK_KINDS } from './losses/types';

/** Names heads (`heads.<id>.N`), columns of CSV files and chart series. */
export type TaskId = string;

/** Colours, dashes and markers there are, and so the most tasks of a run. */
export const TASK_SLOTS = 8;

/** What a task may be called. */
export const TASK_ID = /^[a-z][a-z0-9_-]{0,31}$/;

const COLUMN = v.pipe(v.string(), v.minLength(1), v.maxLength(64));

export const TASK_SCHEMA = v.pipe(
  v.strictObject({
    id: v.pipe(v.string(), v.regex(TASK_ID, 'not a task id')),
    /** Shown instead of the translated id. */
    name: v.exactOptional(v.pipe(v.string(), v.minLength(1), v.maxLength(64))),
    kind: v.picklist(TASK_KINDS),
    /** Key of the utterances' labels. */
    column: COLUMN,
    /** Of classes that are levels of a column of numbers. Absent: the column's own. */
    levels: v.exactOptional(LEVELS_SCHEMA),
    /** What it learns: what listeners chose, as shares of the classes. Absent: the label. */
    targets: v.exactOptional(v.literal('votes')),
    loss: LOSS_SCHEMA,
    /** Which colour, dash and marker it has: 0..7. */
    slot: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(TASK_SLOTS - 1)),
  }),
  v.check((task) => loss(task.loss.id).kind === task.kind, 'lossKind'),
  v.check((task) => !task.targets || loss(task.loss.id).takesDistributions === true, 'lossVotes'),
  v.check((task) => !task.levels || (task.kind === 'classes' && !task.targets), 'levelsKind'),
);

export type TaskSpec = Frozen<v.InferOutput<typeof TASK_SCHEMA>>;

/** One list of specs, one list of ids: whoever remembers the latter sees no change where there is none. */
const IDS = new WeakMap<readonly TaskSpec[], readonly TaskId[]>();

/** The ids of a run's tasks, in their order: the order of every per-task array in the project. */
export function taskIds({ tasks }: { readonly tasks: readonly TaskSpec[] }): readonly TaskId[] {
  const known = IDS.get(tasks);
  if (known) return known;
  const ids = tasks.map(({ id }) => id);
  IDS.set(tasks, ids);
  return ids;
}
