/**
 * How the Train screen listens to a run without redrawing itself at every event: what moves with each batch
 * of steps is read in turns (ui/charts/scheduler), everything else by narrow selectors.
 */
import { useCallback, useMemo } from 'react';
import type { StepRow } from '../../../core/training/events';
import type { TaskKind } from '../../../core/tasks/losses/types';
import { taskIds, type TaskId } from '../../../core/tasks/types';
import { useDraft } from '../../../state/draft';
import { parentSeries } from '../../../state/run/parent';
import { runSeries, useRun } from '../../../state/run/run';
import type { RunView } from '../../../state/types';
import { useTurns, type Subscribe } from '../../../ui/charts/scheduler';

/** Points a trace has at most. */
const POINTS = 240;

/**
 * Announces new steps, new epochs, another run and the end of one: its state may be told after it is no
 * longer live.
 */
export const onSteps: Subscribe = (changed) =>
  useRun.subscribe((now, before) => {
    if (now.view === before.view) return;
    if (
      now.view?.stepRevision !== before.view?.stepRevision ||
      now.view?.id !== before.view?.id ||
      now.view?.epochs !== before.view?.epochs ||
      now.view?.live !== before.view?.live ||
      now.view?.state !== before.view?.state
    )
      changed();
  });

/** Announces finished epochs and another run. */
export const onEpochs: Subscribe = (changed) =>
  useRun.subscribe((now, before) => {
    if (now.view?.epochs !== before.view?.epochs || now.view?.id !== before.view?.id) changed();
  });

const onView: Subscribe = (changed) =>
  useRun.subscribe((now, before) => {
    if (now.view !== before.view) changed();
  });

interface Drawn {
  readonly view: RunView | null;
  readonly revision: number;
  readonly rows: readonly StepRow[];
}

let decimated: Drawn | null = null;

/** The run's steps thinned for drawing: computed once for all charts. */
export function drawnRows(): readonly StepRow[] {
  const { view } = useRun.getState();
  const revision = view?.stepRevision ?? 0;
  if (decimated?.view?.id !== view?.id || decimated?.revision !== revision || !decimated)
    decimated = { view, revision, rows: view ? runSeries().rows(POINTS) : [] };
  return decimated.rows;
}

interface DrawnParent {
  readonly of: RunView['parent'];
  readonly rows: readonly StepRow[];
  readonly measured: readonly StepRow[];
}

let drawnParent: DrawnParent | null = null;

/** Once for every run that is opened: a parent does not move. */
function parentOnce(): DrawnParent {
  const of = useRun.getState().view?.parent ?? null;
  if (!drawnParent || drawnParent.of !== of)
    drawnParent = {
      of,
      rows: of ? parentSeries().rows(POINTS) : [],
      measured: of ? parentSeries().measured(POINTS) : [],
    };
  return drawnParent;
}

/** The steps of the run that this one was forked from, after the fork, thinned for drawing. */
export const parentRows = (): readonly StepRow[] => parentOnce().rows;

/** Of them those in which gradients were measured. */
export const parentMeasured = (): readonly StepRow[] => parentOnce().measured;

let seen: Drawn | null = null;

/** The same of the steps in which gradients were measured. */
export function measuredRows(): readonly StepRow[] {
  const { view } = useRun.getState();
  const revision = view?.stepRevision ?? 0;
  if (seen?.view?.id !== view?.id || seen?.revision !== revision || !seen)
    seen = { view, revision, rows: view ? runSeries().measured(POINTS) : [] };
  return seen.rows;
}

/** Something read off the run at most four times a second. `read` and `same` must be stable. */
export function useLiveView<T>(read: (view: RunView | null) => T, same?: (a: T, b: T) => boolean): T {
  return useTurns(
    useCallback(() => read(useRun.getState().view), [read]),
    onView,
    same,
  );
}

/** Something computed from the step rows, in turn with the other charts. `read` and `same` must be stable. */
export function useLiveSteps<T>(
  read: (rows: readonly StepRow[], view: RunView | null) => T,
  same?: (a: T, b: T) => boolean,
): T {
  return useTurns(
    useCallback(() => read(drawnRows(), useRun.getState().view), [read]),
    onSteps,
    same,
  );
}

/** The tasks on screen: the run's, or before the first one the draft's. */
export function useTasks(): readonly TaskId[] {
  const ofRun = useRun((s) => s.view && taskIds(s.view.config));
  const ofDraft = useDraft((s) => taskIds(s.config));
  return ofRun ?? ofDraft;
}

/** What each of {@link useTasks} predicts. */
export function useKinds(): readonly TaskKind[] {
  const ofRun = useRun((s) => s.view?.config.tasks);
  const ofDraft = useDraft((s) => s.config.tasks);
  return useMemo(() => (ofRun ?? ofDraft).map(({ kind }) => kind), [ofRun, ofDraft]);
}

/** Text that moves with the steps inside something that stands. `read` must be stable. */
export function LiveText({
  read,
}: {
  readonly read: (rows: readonly StepRow[], view: RunView | null) => string;
}): string {
  return useLiveSteps(read);
}
