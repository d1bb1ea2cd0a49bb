/** One chart a task on one common scale: the loss of each step, the epoch's mean, and validation. */
import { useCallback, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { beside } from '../../core/export/beside';
import type { EpochRecord, StepRow } from '../../core/training/events';
import type { TaskId } from '../../core/training/tasks';
import { useParent } from '../../state/overlay';
import { parentSeries } from '../../state/parent';
import { runSeries, useRun } from '../../state/run';
import type { RunView } from '../../state/types';
import { ChartPanel } from '../../ui/charts/chart-panel';
import type { TraceSource } from '../../ui/charts/plot';
import { linearAxis, logAxis, type Axis } from '../../ui/charts/ticks';
import { Segments } from '../../ui/fields';
import { useFormat } from '../../ui/format';
import { Charts, Section } from '../../ui/section';
import { TASK_STYLE } from '../../ui/tasks';
import { epochsOf, frameOf, parentEpochs, sameFrame, thinned } from './frame';
import { drawnRows, LiveText, onSteps, parentRows, useLiveSteps, useTasks } from './live';
import { parentLine, parentStepLine } from './parent-overlay';

type Scale = 'linear' | 'log';
/** Below this a logarithmic scale shows nothing but noise. */
const FLOOR = 1e-4;

export function LossSection() {
  const { t } = useTranslation();
  const tasks = useTasks();
  const [scale, setScale] = useState<Scale>('linear');
  return (
    <Section
      title={t('loss.title')} note={t('loss.note')}
      controls={<Segments label={t('loss.scale')} value={scale} onChange={setScale} options={[{ value: 'linear', label: t('loss.linear') }, { value: 'log', label: t('loss.log') }]} />}
    >
      <Charts>
        {tasks.map((task, i) => <LossChart key={task} task={task} index={i} scale={scale} />)}
      </Charts>
    </Section>
  );
}

/** All tasks share the scale, so that their losses can be compared; single-step spikes above the 98th percentile are cut off. */
function lossAxis(rows: readonly StepRow[], epochs: readonly EpochRecord[], scale: Scale): Axis {
  const ofSteps = rows.flatMap((row) => row.losses).sort((a, b) => a - b);
  const ofEpochs = epochs.flatMap(({ train, validation }) => [...train.tasks, ...validation.tasks].map((task) => task.loss));
  const high = Math.max(ofSteps[Math.floor(ofSteps.length * 0.98)] ?? 0, ...ofEpochs, 1e-3);
  if (scale === 'linear') return linearAxis(0, high);
  const low = Math.min(ofSteps[Math.floor(ofSteps.length * 0.02)] ?? high, ...ofEpochs.filter((loss) => loss > 0), high);
  return logAxis(Math.max(FLOOR, low), high);
}

function LossChart({ task, index, scale }: { readonly task: TaskId; readonly index: number; readonly scale: Scale }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { empty, scales } = useLiveSteps(
    useCallback((rows: readonly StepRow[], view: RunView | null) => frameOf(rows, view, lossAxis([...rows, ...parentRows()], [...epochsOf(view), ...parentEpochs(view)], scale), scale === 'log'), [scale]), sameFrame,
  );
  const title = t('loss.of', { task: t(`tasks.${task}`) });
  const parent = useParent();
  const source = useMemo((): TraceSource => {
    const { color, marker } = TASK_STYLE[task];
    return {
      lines: [
        { key: 'step', label: t('loss.step'), color, width: 1, opacity: 0.5 },
        { key: 'train', label: t('loss.epochMean'), color, width: 2 },
        { key: 'validation', label: t('loss.validation'), color: 'var(--ink)', width: 1.75, dash: '5 3', marker, dots: true },
        ...(parent ? [
          { ...parentStepLine(task, t('fork.parentStep', { name: parent.name })), color: 'var(--ink)', quiet: false },
          { ...parentLine(task, t('fork.parent', { name: parent.name })), color: 'var(--ink)', quiet: false },
        ] : []),
      ],
      read: () => {
        const rows = drawnRows();
        const epochs = thinned(epochsOf(useRun.getState().view));
        const xs = epochs.map((epoch) => epoch.step);
        return [
          { xs: rows.map((row) => row.step), ys: rows.map((row) => row.losses[index] ?? 0) },
          { xs, ys: epochs.map((epoch) => epoch.train.tasks[index]?.loss ?? 0) },
          { xs, ys: epochs.map((epoch) => epoch.validation.tasks[index]?.loss ?? 0) },
          ...(parent ? [{ xs: parentRows().map(({ step }) => step), ys: parentRows().map((row) => row.losses[index] ?? 0) }, { xs: parent.epochs.map(({ step }) => step), ys: parent.epochs.map((epoch) => epoch.validation.tasks[index]?.loss ?? 0) }] : []),
        ];
      },
      subscribe: onSteps,
    };
  }, [t, task, index, parent]);
  const summary = useCallback((rows: readonly StepRow[], view: RunView | null) => t('loss.summary', {
    title, train: format.fixed(rows.at(-1)?.losses[index], 3), validation: format.fixed(view?.epochs.at(-1)?.validation.tasks[index]?.loss, 3),
  }), [t, title, format, index]);

  return (
    <ChartPanel
      title={title} source={source} scales={scales} xLabel={t('axis.step')} digits={4} empty={empty ? t('chart.empty') : null} summary={<LiveText read={summary} />}
      fullRows={() => {
        const epochs = new Map(epochsOf(useRun.getState().view).map((epoch) => [epoch.step, epoch]));
        const series = runSeries();
        const own = {
          header: ['step', 'epoch', 'train_loss_step', 'train_loss_epoch', 'validation_loss'],
          rows: series.rows(series.length).map((row) => {
            const epoch = epochs.get(row.step);
            return [row.step, row.epoch, row.losses[index], epoch?.train.tasks[index]?.loss, epoch?.validation.tasks[index]?.loss];
          }),
        };
        const theirs = new Map(parent?.epochs.map((epoch) => [epoch.step, epoch]));
        return beside(own, parent && {
          header: ['step', 'parent_train_loss_step', 'parent_train_loss_epoch', 'parent_validation_loss'],
          rows: parentSeries().rows(parentSeries().length).map(({ step, losses }) => [step, losses[index], theirs.get(step)?.train.tasks[index]?.loss, theirs.get(step)?.validation.tasks[index]?.loss]),
        });
      }}
    />
  );
}
