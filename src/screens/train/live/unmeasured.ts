/**
 * What of the run on screen cannot be measured, in words: under its charts, in its readouts, in place of its
 * matrices.
 */
import type { TFunction } from 'i18next';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import type { Side } from '../../../core/compare/values';
import type { EpochRecord } from '../../../core/training/events';
import type { TaskId } from '../../../core/tasks/types';
import type { RunView } from '../../../state/types';
import { useLiveView, useTasks } from './live';
import { taskName } from '../../../ui/text/task-name';

function sentence(
  t: TFunction,
  epoch: EpochRecord | undefined,
  side: Side,
  task: TaskId,
  index: number,
): string {
  const metrics = epoch?.[side].tasks[index];
  const name = taskName(t, task);
  if (metrics?.unmeasurable)
    return `${t(`measure.reason.${metrics.unmeasurable}`, { task: name })} ${t(epoch?.countsAll ? 'measure.countsAll' : 'measure.apart')}`;
  return metrics?.leftOut ? t('measure.leftOut', { count: metrics.leftOut, task: name }) : '';
}

/**
 * Why this task has no score on this side, or that a part of it is left out; empty where there is nothing to
 * say.
 */
export function useUnmeasured(side: Side, task: TaskId, index: number): string {
  const { t } = useTranslation();
  return useLiveView(
    useCallback(
      (view: RunView | null) => sentence(t, view?.epochs.at(-1), side, task, index),
      [t, side, task, index],
    ),
  );
}

/** The same of all tasks together. */
export function useAllUnmeasured(side: Side): string {
  const { t } = useTranslation();
  const tasks = useTasks();
  return useLiveView(
    useCallback(
      (view: RunView | null) =>
        tasks
          .map((task, i) => sentence(t, view?.epochs.at(-1), side, task, i))
          .filter(Boolean)
          .join(' '),
      [t, side, tasks],
    ),
  );
}
