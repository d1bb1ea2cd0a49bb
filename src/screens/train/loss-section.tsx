/** One chart a task on one common scale: the loss of each step, the epoch's mean, and validation. */
import { useCallback, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { EpochRecord } from '../../core/training/events';
import type { TaskId } from '../../core/training/tasks';
import { runSeries, useRun } from '../../state/run';
import type { RunView, Series } from '../../state/types';
import { ChartPanel } from '../../ui/charts/chart-panel';
import type { LineStyle, Point } from '../../ui/charts/line-chart';
import { countAxis, linearAxis, logAxis, type Axis } from '../../ui/charts/ticks';
import { Segments } from '../../ui/fields';
import { useFormat } from '../../ui/format';
import { TASK_STYLE } from '../../ui/tasks';
import { onEpochRows } from './epoch-rows';
import { useLiveSteps, useTasks } from './live';
import { Section } from './section';

type Scale = 'linear' | 'log';
const POINTS = 240;
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
      {tasks.map((task, i) => <LossChart key={task} task={task} index={i} scale={scale} />)}
    </Section>
  );
}

interface Drawn {
  readonly points: readonly Point[];
  readonly x: Axis;
  readonly y: Axis;
  readonly last: number | null;
}

/** All tasks share the scale, so that their losses can be compared; single-step spikes above the 98th percentile are cut off. */
function lossAxis(series: Series, epochs: readonly EpochRecord[], scale: Scale): Axis {
  const ofSteps = series.rows(POINTS).flatMap((row) => row.losses).toSorted((a, b) => a - b);
  const ofEpochs = epochs.flatMap(({ train, validation }) => [...train.tasks, ...validation.tasks].map((task) => task.loss));
  const high = Math.max(ofSteps[Math.floor(ofSteps.length * 0.98)] ?? 0, ...ofEpochs, 1e-3);
  if (scale === 'linear') return linearAxis(0, high);
  return logAxis(Math.max(FLOOR, Math.min(...ofSteps.slice(Math.floor(ofSteps.length * 0.02)), ...ofEpochs.filter((loss) => loss > 0), high)), high);
}

function draw(series: Series, view: RunView | null, index: number, scale: Scale): Drawn {
  const epochs = view?.epochs ?? [];
  const drawable = (loss: number | undefined): number | null => (loss === undefined || (scale === 'log' && loss < FLOOR) ? null : loss);
  const rows = series.rows(POINTS);
  const points = onEpochRows(
    rows.map((row) => ({ x: row.step, step: drawable(row.losses[index]) })), epochs,
    (epoch) => ({ train: drawable(epoch.train.tasks[index]?.loss), validation: drawable(epoch.validation.tasks[index]?.loss) }),
  );
  return { points, x: countAxis(points.at(-1)?.['x'] ?? 1), y: lossAxis(series, epochs, scale), last: rows.at(-1)?.losses[index] ?? null };
}

function LossChart({ task, index, scale }: { readonly task: TaskId; readonly index: number; readonly scale: Scale }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { points, x, y, last } = useLiveSteps(useCallback((series, view) => draw(series, view, index, scale), [index, scale]));
  const validation = useRun((s) => s.view?.epochs.at(-1)?.validation.tasks[index]?.loss ?? null);
  const lines = useMemo((): LineStyle[] => {
    const { color, marker } = TASK_STYLE[task];
    return [
      { key: 'step', label: t('loss.step'), color, width: 1, opacity: 0.45 },
      { key: 'train', label: t('loss.epochMean'), color, width: 2 },
      { key: 'validation', label: t('loss.validation'), color: 'var(--ink)', width: 1.75, dash: '5 3', marker, dots: true },
    ];
  }, [t, task]);
  const title = t('loss.of', { task: t(`tasks.${task}`) });
  return (
    <ChartPanel
      title={title} points={points} lines={lines} x={x} y={y} log={scale === 'log'} xLabel={t('axis.step')} digits={4} empty={t('chart.empty')}
      summary={t('loss.summary', { title, train: format.fixed(last, 3), validation: format.fixed(validation, 3) })}
      fullRows={() => {
        const epochs = new Map((useRun.getState().view?.epochs ?? []).map((epoch) => [epoch.step, epoch]));
        const series = runSeries();
        return {
          header: ['step', 'epoch', 'train_loss_step', 'train_loss_epoch', 'validation_loss'],
          rows: series.rows(series.length).map((row) => {
            const epoch = epochs.get(row.step);
            return [row.step, row.epoch, row.losses[index], epoch?.train.tasks[index]?.loss, epoch?.validation.tasks[index]?.loss];
          }),
        };
      }}
    />
  );
}
