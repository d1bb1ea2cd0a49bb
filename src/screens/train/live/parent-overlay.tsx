/**
 * The run that the one on screen was forked from, beside it from the fork on: epochs dotted, steps thin, both
 * drawn back.
 */
import { useTranslation } from 'react-i18next';
import type { TaskId } from '../../../core/tasks/types';
import { useOverlay } from '../../../state/runs/overlay';
import { useRun } from '../../../state/run/run';
import type { LineStyle } from '../../../ui/charts/plot';
import { SwitchField } from '../../../ui/controls/fields';
import { taskStyle } from '../../../ui/tasks';
import styles from '../train-screen.module.css';

/** One line a task; the note above the charts says what they are. */
export const parentLine = (task: TaskId, label: string): LineStyle => ({
  key: `parent-${task}`,
  label,
  color: taskStyle(task).color,
  dash: '1.5 3',
  width: 2,
  opacity: 0.75,
  quiet: true,
  bounded: true,
});

/** Its steps. */
export const parentStepLine = (task: TaskId, label: string): LineStyle => ({
  key: `parent-step-${task}`,
  label,
  color: taskStyle(task).color,
  dash: '1 2',
  width: 1,
  opacity: 0.55,
  quiet: true,
  bounded: true,
});

/** Says what is dimmed and what is dotted, and takes the other run away. */
export function ParentNote() {
  const { t } = useTranslation();
  const origin = useRun((s) => s.view?.config.origin ?? null);
  const parent = useRun((s) => s.view?.parent ?? null);
  const { shown, show } = useOverlay();
  if (!origin) return null;
  return (
    <div className={styles['origin']}>
      <p>
        {t(parent ? 'fork.of' : 'fork.ofDeleted', { name: origin.name, step: origin.step })}.{' '}
        {parent && shown ? t('fork.overlayNote', { name: parent.name }) : t('fork.dimmed')}
      </p>
      {parent && <SwitchField label={t('fork.overlay')} checked={shown} onChange={show} />}
    </div>
  );
}
