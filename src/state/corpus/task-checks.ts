/**
 * What of each task could be measured with the configuration being edited, as far as its corpus is open; and
 * constant tasks taken out of it: where a corpus or split comes up that has no column of a task, or in which
 * training has one class of it, the task is off. The user may switch it on again.
 */
import { useMemo } from 'react';
import { create } from 'zustand';
import { checksOfManifest, type CheckedTask } from '../../core/splits/report';
import { isSingleTask } from '../../core/model/architectures';
import type { RunConfig } from '../../core/config/run-config';
import { sifted, type OffTask } from '../../core/tasks/constant-tasks';
import { isSeeded } from '../../core/splits/registry';
import { useCorpus } from './corpus';
import { useDraft } from '../draft';
import { isOpen } from './open-corpus';
import { labelKey } from '../../core/tasks/levels';
import { taskIds, type TaskSpec } from '../../core/tasks/types';

/** By `labelKey` of a task. */
export type TaskChecks = Readonly<Record<string, CheckedTask>>;

interface OffTasks {
  /** Switched off here, to be switched on again where there is something to learn of them. */
  readonly off: readonly OffTask[];
}

export const useOffTasks = create<OffTasks>()(() => ({ off: [] }));

/** What levels are checked of: the run's tasks, and those that may come back. */
const withOff = (tasks: readonly TaskSpec[], off: readonly OffTask[]): readonly TaskSpec[] => [
  ...tasks,
  ...off.map(({ task }) => task),
];

/** Null where the configuration's corpus is not open: nothing is counted. */
export function useTaskChecks({
  corpus,
  labelScheme,
  exclude,
  split,
  seed,
  tasks,
}: RunConfig): TaskChecks | null {
  const manifest = useCorpus((s) => s.manifest);
  const choice = useCorpus((s) => s.choice);
  const off = useOffTasks((s) => s.off);
  return useMemo(
    () =>
      isOpen(corpus, choice, manifest)
        ? checksOfManifest(manifest, { labelScheme, exclude, split, seed, tasks: withOff(tasks, off) })
        : null,
    [corpus, choice, manifest, labelScheme, exclude, split, seed, tasks, off],
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

/** What was last looked at: nothing is switched off a second time that the user has switched on. */
let seen = '';

function switchOff(): void {
  const { manifest, choice } = useCorpus.getState();
  const { config, preset, set } = useDraft.getState();
  const { corpus, labelScheme, exclude, split, seed, architecture, tasks } = config;
  if (isSingleTask(architecture) || !isOpen(corpus, choice, manifest)) return;
  const key = JSON.stringify([
    manifest.fingerprint,
    labelScheme,
    exclude,
    split,
    isSeeded(split) ? seed : null,
    preset,
    architecture,
  ]);
  if (key === seen) return;
  seen = key;
  const { off } = useOffTasks.getState();
  const checks = checksOfManifest(manifest, { ...config, tasks: withOff(tasks, off) });
  // What the corpus has no column of cannot be learned either.
  const found = sifted(tasks, off, (task) => {
    const check = checks[labelKey(task)];
    return !check || check.unmeasurable === 'constant';
  });
  if (!found) return;
  useOffTasks.setState({ off: found.off });
  if (taskIds(found).join() !== taskIds({ tasks }).join()) set(withTasks(config, found.tasks));
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
