/** A confusion matrix a task, of the latest or the best epoch, on either side. */
import { useCallback, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { EpochRecord } from '../../../core/training/events';
import { cellLinks } from '../../../core/compare/utterance-link';
import type { TaskId } from '../../../core/tasks/types';
import { useRun } from '../../../state/run/run';
import type { RunView } from '../../../state/types';
import { useClassName } from '../../../ui/class-names';
import { ConfusionTable } from '../../../ui/charts/confusion-table';
import { MatrixMenu } from '../../../ui/charts/matrix-menu';
import { NumberPanel } from '../../../ui/charts/number-panel';
import { Segments } from '../../../ui/controls/fields';
import { useFormat } from '../../../ui/text/format';
import { Panel } from '../../../ui/controls/panel';
import { Charts, Section } from '../../../ui/controls/section';
import { useLiveView, useTasks } from './live';
import { useUnmeasured } from './unmeasured';
import { SideSwitch, type Side } from './score-section';
import styles from '../train-screen.module.css';
import { taskName } from '../../../ui/text/task-name';

type Which = 'last' | 'best';

const epochOf = (view: RunView | null, which: Which): EpochRecord | null =>
  (which === 'last' ? view?.epochs.at(-1) : view?.epochs.findLast((record) => record.best)) ?? null;

export function ConfusionSection() {
  const { t } = useTranslation();
  const format = useFormat();
  const [side, setSide] = useState<Side>('validation');
  const [which, setWhich] = useState<Which>('last');
  const number = useLiveView(
    useCallback((view: RunView | null) => epochOf(view, which)?.epoch ?? null, [which]),
  );
  const tasks = useTasks();
  // A number has a picture of predictions against targets in place of a matrix.
  const withNumbers = useLiveView(
    useCallback(
      (view: RunView | null) => view?.config.tasks.some(({ kind }) => kind === 'number') ?? false,
      [],
    ),
  );
  const epoch = { epoch: number === null ? '' : format.integer(number) };
  const note = withNumbers ? t('predictions.note', epoch) : t('confusion.note', epoch);
  return (
    <Section
      title={withNumbers ? t('predictions.title') : t('confusion.title')}
      note={number === null ? t('chart.emptyEpochs') : note}
      controls={
        <>
          <Segments
            label={t('confusion.which')}
            value={which}
            onChange={setWhich}
            options={[
              { value: 'last', label: t('confusion.last') },
              { value: 'best', label: t('confusion.best') },
            ]}
          />
          <SideSwitch side={side} onChange={setSide} />
        </>
      }
    >
      <Charts>
        {tasks.map((task, i) => (
          <TaskConfusion key={task} task={task} index={i} side={side} which={which} />
        ))}
      </Charts>
    </Section>
  );
}

interface TaskConfusionProps {
  readonly task: TaskId;
  readonly index: number;
  readonly side: Side;
  readonly which: Which;
}

/** One task's matrix; each redraws in a turn of its own. */
function TaskConfusion({ task, index, side, which }: TaskConfusionProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const className = useClassName();
  const epoch = useLiveView(useCallback((view: RunView | null) => epochOf(view, which), [which]));
  const classes = useRun((s) => s.view?.classes[index]);
  const names = useMemo(() => (classes ?? []).map(className), [classes, className]);
  const metrics = epoch?.[side].tasks[index];
  const title = t('confusion.of', { task: taskName(t, task) });
  const unmeasured = useUnmeasured(side, task, index);
  const run = useRun((s) => s.view?.id);
  if (!epoch || !metrics) return null;
  if (metrics.unmeasurable)
    return (
      <Panel title={title} level={3} flush>
        <p className={styles['scores']}>{unmeasured}</p>
      </Panel>
    );
  // What was predicted in training is not stored.
  const of = run && side === 'validation' ? { run, of: which, epoch: epoch.epoch, task } : null;
  if (metrics.number)
    return (
      <NumberPanel task={task} scores={metrics.number} epoch={epoch.epoch} side={side} predictions={of} />
    );
  const menu = (
    <MatrixMenu
      title={title}
      file={`confusion-${task}-${side}-epoch-${epoch.epoch}`}
      matrix={metrics.confusion}
      names={names}
      classes={classes ?? []}
      note={`${t(`side.${side}`)}. ${t('confusion.note', { epoch: format.integer(epoch.epoch) })}`}
    />
  );
  return (
    <Panel title={title} level={3} flush actions={menu}>
      <p className={styles['scores']}>
        {t('scores.short.uar')} <b>{format.percent(metrics.uar, 1)}</b> · {t('scores.short.accuracy')}{' '}
        <b>{format.percent(metrics.accuracy, 1)}</b> · {t('scores.short.macroRecall')}{' '}
        <b>{format.percent(metrics.macroRecall, 1)}</b> · {t('scores.short.macroF1')}{' '}
        <b>{format.percent(metrics.macroF1, 1)}</b>
      </p>
      {unmeasured && <p className={styles['scores']}>{unmeasured}</p>}
      <ConfusionTable
        title={title}
        matrix={metrics.confusion}
        classes={names}
        {...(of ? { links: cellLinks(of, classes ?? []) } : {})}
      />
    </Panel>
  );
}
