/** A new task of a column of the corpus: what the task editor adds. Not here: which columns there are. */
import { defaultsOf } from '../options/field';
import { lossesFor } from './losses/registry';
import type { Levels } from './levels';
import type { TaskKind } from './losses/types';
import { presetTask } from './presets';
import { TASK_SLOTS, type TaskSpec } from './types';

/** Letters, digits and underscores, at most 32, beginning with a letter. */
const slug = (text: string): string => {
  const plain = text
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '_')
    .replaceAll(/^[^a-z]+|_+$/g, '')
    .slice(0, 28);
  return plain === '' ? 'task' : plain;
};

/** The kind's first loss at its defaults. */
export const firstLoss = (kind: TaskKind): TaskSpec['loss'] => {
  const { id, fields } = lossesFor(kind)[0]!;
  return { id: id as TaskSpec['loss']['id'], ...defaultsOf(fields) };
};

/** What a task is made of. */
export interface OfferedColumn {
  readonly id: string;
  readonly kind: TaskKind;
  /** Of classes that are levels of a number. */
  readonly levels?: Levels | undefined;
}

/**
 * A task of the paper as its preset has it, where it still can be had so; else with a free id and slot.
 * @returns null where all slots are taken
 */
export function taskOfColumn(
  { id: column, kind, levels }: OfferedColumn,
  others: readonly TaskSpec[],
): TaskSpec | null {
  const free = (slot: number): boolean => others.every((one) => one.slot !== slot);
  const preset = presetTask(column);
  if (!levels && preset?.kind === kind && free(preset.slot) && others.every(({ id }) => id !== preset.id))
    return preset;
  const slots = Array.from({ length: TASK_SLOTS }, (_, i) => (i + 3) % TASK_SLOTS);
  const slot = slots.find(free);
  if (slot === undefined) return null;
  const taken = new Set(others.map(({ id }) => id));
  const base = levels ? `${slug(column)}-${levels.edges.length + 1}` : slug(column);
  const id = [base, ...Array.from({ length: TASK_SLOTS }, (_, i) => `${base}_${i + 2}`)].find(
    (one) => !taken.has(one),
  )!;
  return {
    id,
    // Levels are called after their column (ui/text/task-name.ts).
    ...(id === column || levels ? {} : { name: column.slice(0, 64) }),
    kind,
    column,
    ...(levels ? { levels } : {}),
    loss: firstLoss(kind),
    slot,
  };
}
