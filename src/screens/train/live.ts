/**
 * How the Train screen listens to a run without redrawing itself at every event: what moves with each batch of steps is
 * read in turns (ui/charts/scheduler), everything else by narrow selectors.
 */
import { useCallback } from 'react';
import type { EpochRecord } from '../../core/training/events';
import type { TaskId } from '../../core/training/tasks';
import { useDraft } from '../../state/draft';
import { runSeries, useRun } from '../../state/run';
import type { RunView, Series } from '../../state/types';
import { useTurns, type Subscribe } from '../../ui/charts/scheduler';

/** Announces new steps, new epochs and another run. */
export const onSteps: Subscribe = (changed) =>
  useRun.subscribe((now, before) => {
    if (now.view === before.view) return;
    if (now.view?.stepRevision !== before.view?.stepRevision || now.view?.id !== before.view?.id || now.view?.epochs !== before.view?.epochs) changed();
  });

const onView: Subscribe = (changed) => useRun.subscribe((now, before) => { if (now.view !== before.view) changed(); });

/** Something read off the run at most four times a second. `read` must be stable. */
export function useLiveView<T>(read: (view: RunView | null) => T): T {
  return useTurns(useCallback(() => read(useRun.getState().view), [read]), onView);
}

/** Something computed from the step rows, in turn with the other charts. `read` must be stable. */
export function useLiveSteps<T>(read: (series: Series, view: RunView | null) => T): T {
  return useTurns(useCallback(() => read(runSeries(), useRun.getState().view), [read]), onSteps);
}

const NO_EPOCHS: readonly EpochRecord[] = [];
export const useEpochs = (): readonly EpochRecord[] => useRun((s) => s.view?.epochs ?? NO_EPOCHS);

/** The tasks on screen: the run's, or before the first one the draft's. */
export function useTasks(): readonly TaskId[] {
  const ofRun = useRun((s) => s.view?.config.tasks);
  const ofDraft = useDraft((s) => s.config.tasks);
  return ofRun ?? ofDraft;
}
