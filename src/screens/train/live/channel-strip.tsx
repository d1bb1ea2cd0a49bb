/** The instrument's readout: one channel a task, with its latest losses, weights and score. */
import { useTranslation } from 'react-i18next';
import type { RunView } from '../../../state/types';
import { useFormat } from '../../../ui/text/format';
import { TaskGlyph } from '../../../ui/task-glyph';
import { taskStyle } from '../../../ui/tasks';
import { useKinds, useLiveView, useTasks } from './live';
import styles from './channel-strip.module.css';
import { taskName } from '../../../ui/text/task-name';

const read = (view: RunView | null) => ({
  step: view?.lastStep ?? null,
  epoch: view?.epochs.at(-1) ?? null,
  classes: view?.classes ?? null,
});

export function ChannelStrip() {
  const { t } = useTranslation();
  const format = useFormat();
  const tasks = useTasks();
  const kinds = useKinds();
  const { step, epoch, classes } = useLiveView(read);
  return (
    <section className={styles['strip']} aria-label={t('channels.title')}>
      {tasks.map((task, i) => {
        const effective = step?.effective[i];
        const unmeasured = epoch?.validation.tasks[i]?.unmeasurable;
        const count = classes?.[i]?.length;
        return (
          <div
            key={task}
            className={styles['channel']}
            style={{ borderTopColor: taskStyle(task).color }}
            role="group"
            aria-label={taskName(t, task)}
          >
            <p className={styles['head']}>
              <TaskGlyph task={task} width={34} />
              <span className={styles['task']}>{taskName(t, task)}</span>
              {count !== undefined && count > 0 && (
                <span className={styles['classes']}>
                  {t('channels.classes', { count })}
                  {unmeasured && ` · ${t('measure.short')}`}
                </span>
              )}
            </p>
            <dl className={styles['values']}>
              <div>
                <dt>{t('channels.trainLoss')}</dt>
                <dd>{format.reading(step?.losses[i], 3)}</dd>
              </div>
              <div>
                <dt>{t('channels.validationLoss')}</dt>
                <dd>{format.reading(epoch?.validation.tasks[i]?.loss, 3)}</dd>
              </div>
              {kinds[i] === 'number' ? (
                <div>
                  <dt>CCC</dt>
                  <dd>{format.reading(epoch?.validation.tasks[i]?.number?.ccc, 3)}</dd>
                </div>
              ) : (
                <div>
                  <dt>{t('channels.uar')}</dt>
                  <dd>{format.percent(epoch?.validation.tasks[i]?.uar, 1)}</dd>
                </div>
              )}
              <div>
                <dt>{t('channels.nominal')}</dt>
                <dd>{format.reading(step?.nominal[i], 3)}</dd>
              </div>
              <div data-negative={effective !== undefined && effective < 0}>
                <dt>{t('channels.effective')}</dt>
                <dd>{format.reading(effective, 3)}</dd>
              </div>
            </dl>
          </div>
        );
      })}
    </section>
  );
}
