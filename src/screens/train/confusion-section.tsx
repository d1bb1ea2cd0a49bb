/** A confusion matrix a task, of the latest or the best epoch, on either side. */
import { Download } from 'lucide-react';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useRun } from '../../state/run';
import { IconButton } from '../../ui/button';
import { useClassName } from '../../ui/class-names';
import { ConfusionTable } from '../../ui/charts/confusion-table';
import { toCsv } from '../../ui/csv';
import { download } from '../../ui/download';
import { Segments } from '../../ui/fields';
import { useFormat } from '../../ui/format';
import { Panel } from '../../ui/panel';
import { useEpochs, useTasks } from './live';
import { SideSwitch, type Side } from './score-section';
import { Section } from './section';
import styles from './train-screen.module.css';

export function ConfusionSection() {
  const { t } = useTranslation();
  const format = useFormat();
  const className = useClassName();
  const [side, setSide] = useState<Side>('validation');
  const [which, setWhich] = useState<'last' | 'best'>('last');
  const epochs = useEpochs();
  const tasks = useTasks();
  const classes = useRun((s) => s.view?.classes);
  const epoch = which === 'last' ? epochs.at(-1) : epochs.findLast((record) => record.best);
  const names = useMemo(() => (classes ?? []).map((list) => list.map(className)), [classes, className]);
  return (
    <Section
      title={t('confusion.title')} note={epoch ? t('confusion.note', { epoch: format.integer(epoch.epoch) }) : t('chart.emptyEpochs')}
      controls={(
        <>
          <Segments label={t('confusion.which')} value={which} onChange={setWhich} options={[{ value: 'last', label: t('confusion.last') }, { value: 'best', label: t('confusion.best') }]} />
          <SideSwitch side={side} onChange={setSide} />
        </>
      )}
    >
      {epoch && tasks.map((task, i) => {
        const metrics = epoch[side].tasks[i];
        const title = t('confusion.of', { task: t(`tasks.${task}`) });
        if (!metrics) return null;
        const save = (): void => download(`confusion-${task}-${side}-epoch-${epoch.epoch}.csv`,
          toCsv(['true \\ predicted', ...(classes?.[i] ?? [])], metrics.confusion.map((row, k) => [classes?.[i]?.[k] ?? String(k), ...row])), 'text/csv;charset=utf-8');
        return (
          <Panel key={task} title={title} level={3} flush actions={<IconButton label={t('confusion.csv', { title })} icon={<Download />} onClick={save} />}>
            <p className={styles['scores']}>
              {t('scores.uar')} <b>{format.percent(metrics.uar, 1)}</b> · {t('scores.accuracy')} <b>{format.percent(metrics.accuracy, 1)}</b> · {t('scores.macroF1')} <b>{format.percent(metrics.macroF1, 1)}</b>
            </p>
            <ConfusionTable title={title} matrix={metrics.confusion} classes={names[i] ?? []} />
          </Panel>
        );
      })}
    </Section>
  );
}
