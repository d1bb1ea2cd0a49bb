/**
 * What of each task could be measured with the configuration being edited, as far as its corpus is open; and
 * constant tasks taken out of it: where a corpus or split comes up in which training has one class of a task,
 * the task is off. The user may switch it on again.
 */
import { useMemo } from 'react';
import { checksOfManifest, type CheckedTask } from '../../core/splits/report';
import { isSingleTask } from '../../core/model/architectures';
import type { RunConfig } from '../../core/config/run-config';
import { presetTask, type PaperTask, TASKS } from '../../core/tasks/presets';
import { isSeeded } from '../../core/splits/registry';
import { useCorpus } from './corpus';
import { useDraft } from '../draft';
import { isOpen } from './open-corpus';
import { taskIds, type TaskSpec } from '../../core/tasks/types';

/** By column of the corpus. */
export type TaskChecks = Readonly<Record<string, CheckedTask>>;

/** Null where the configuration's corpus is not open: nothing is counted. */
export function useTaskChecks({ corpus, labelScheme, split, seed }: RunConfig): TaskChecks | null {
  const manifest = useCorpus((s) => s.manifest);
  const choice = useCorpus((s) => s.choice);
  return useMemo(
    () =>
      isOpen(corpus, choice, manifest) ? checksOfManifest(manifest, { labelScheme, split, seed }) : null,
    [corpus, choice, manifest, labelScheme, split, seed],
  );
}

/** Another choice of tasks; options with one number a task no longer fit another number of them. */
export const withTasks = (
  { tasks: before, strategy, monitor }: RunConfig,
  tasks: readonly TaskSpec[],
): Pick<RunConfig, 'tasks' | 'strategy' | 'monitor'> => ({
  tasks,
  // What is monitored of a task goes with it.
  monitor:
    monitor.of === 'task' && !tasks.some(({ id }) => id === monitor.task)
      ? { of: 'sum-of-task-losses' }
      : monitor,
  strategy: tasks.length === before.length ? strategy : { id: strategy.id, options: {} },
});

/** These of the paper's tasks, each as the configuration has it, and the tasks that are not the paper's. */
export const chosenTasks = (
  { tasks }: Pick<RunConfig, 'tasks'>,
  wanted: readonly PaperTask[],
): readonly TaskSpec[] => [
  ...wanted.flatMap((id) => tasks.find((one) => one.id === id) ?? presetTask(id) ?? []),
  ...tasks.filter(({ id }) => !TASKS.some((one) => one === id)),
];

/** Tasks that were switched off here, to be switched on again where they are no longer constant. */
let off: readonly PaperTask[] = [];
/** What was last looked at: nothing is switched off a second time that the user has switched on. */
let seen = '';

function switchOff(): void {
  const { manifest, choice } = useCorpus.getState();
  const { config, preset, set } = useDraft.getState();
  const { corpus, labelScheme, split, seed, architecture } = config;
  const tasks = TASKS.filter((task) => taskIds(config).includes(task));
  if (isSingleTask(architecture) || !isOpen(corpus, choice, manifest)) return;
  const key = JSON.stringify([
    manifest.fingerprint,
    labelScheme,
    split,
    isSeeded(split) ? seed : null,
    preset,
    architecture,
  ]);
  if (key === seen) return;
  seen = key;
  const checks = checksOfManifest(manifest, config);
  // What the corpus has no column of cannot be learned either.
  const constant = TASKS.filter((task) => !checks[task] || checks[task].unmeasurable === 'constant');
  const wanted = TASKS.filter(
    (task) => (tasks.includes(task) || off.includes(task)) && !constant.includes(task),
  );
  const taken = tasks.filter((task) => constant.includes(task));
  if (wanted.length === 0) return;
  off = [...off.filter((task) => constant.includes(task)), ...taken];
  if (wanted.join() !== tasks.join() && (taken.length > 0 || wanted.length > tasks.length))
    set(withTasks(config, chosenTasks(config, wanted)));
}

/** Watches corpus and draft; once, by the page's entry. */
export function watchConstantTasks(): void {
  useCorpus.subscribe((now, before) => {
    if (now.manifest !== before.manifest || now.choice !== before.choice) switchOff();
  });
  useDraft.subscribe((now, before) => {
    if (now.config !== before.config || now.preset !== before.preset) switchOff();
  });
}
