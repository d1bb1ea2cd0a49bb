/**
 * In which fields a configuration's tasks depart from a preset's, task by task: read from the task's own
 * fields and from what its loss declares. Not here: words (the page's), all other settings (core/compare).
 */
import { defaultsOf } from '../options/field';
import { loss, lossesFor } from '../tasks/losses/registry';
import { presetTask } from '../tasks/presets';
import type { TaskId, TaskSpec } from '../tasks/types';
import type { RunConfig } from './run-config';

type Tasks = Pick<RunConfig, 'tasks'>;

export interface TaskDifference {
  readonly task: TaskId;
  /** `column`, `loss.id`, `loss.gamma`, ... */
  readonly field: string;
  readonly value: unknown;
  readonly preset: unknown;
}

const plainLoss = (id: string): TaskSpec['loss'] =>
  ({ id, ...defaultsOf(loss(id).fields) }) as TaskSpec['loss'];

/** @returns the preset's task of that name; of one that no preset has, itself with the plain loss of its kind */
export function taskOfPreset(base: Tasks, task: TaskSpec): TaskSpec {
  const known = base.tasks.find(({ id }) => id === task.id) ?? presetTask(task.id);
  return known ?? { ...task, loss: plainLoss(lossesFor(task.kind)[0]!.id) };
}

/** @returns what the options of the task's loss go back to: the preset's, or with another loss its defaults */
export function lossOfPreset(base: Tasks, task: TaskSpec): TaskSpec['loss'] {
  const preset = taskOfPreset(base, task).loss;
  return preset.id === task.loss.id ? preset : plainLoss(task.loss.id);
}

/** In the order of the tasks; which tasks there are is another question. */
export function taskDifferences(base: Tasks, { tasks }: Tasks): readonly TaskDifference[] {
  return tasks.flatMap((task) => {
    const preset = taskOfPreset(base, task);
    const plain = lossOfPreset(base, task);
    const own = (['name', 'kind', 'column', 'levels', 'targets', 'slot'] as const).map((field) => ({
      field,
      value: task[field],
      preset: preset[field],
    }));
    const options = Object.keys(loss(task.loss.id).fields).map((key) => ({
      field: `loss.${key}`,
      value: task.loss[key],
      preset: plain[key],
    }));
    return [...own, { field: 'loss.id', value: task.loss.id, preset: preset.loss.id }, ...options]
      .filter((one) => JSON.stringify(one.value) !== JSON.stringify(one.preset))
      .map((one) => ({ task: task.id, ...one }));
  });
}
