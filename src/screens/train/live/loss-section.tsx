/** One chart a task on one common scale: the loss of each step, the epoch's mean, and validation. */
import { useCallback, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { beside } from '../../../core/export/beside';
import type { EpochRecord, StepRow } from '../../../core/training/events';
import type { TaskId } from '../../../core/tasks/types';
import { useParent } from '../../../state/runs/overlay';
import { parentSeries } from '../../../state/run/parent';
import { runSeries, useRun } from '../../../state/run/run';
import type { RunView } from '../../../state/types';
import { ChartPanel } from '../../../ui/charts/chart-panel';
import type { TraceSource } from '../../../ui/charts/plot';
import { gapsOf, lossAxis } from '../../../ui/charts/loss-axis';
import type { Axis } from '../../../ui/charts/ticks';
import { Segments } from '../../../ui/controls/fields';
import { useFormat } from '../../../ui/text/format';
import { Charts, Section } from '../../../ui/controls/section';
import { taskStyle } from '../../../ui/tasks';
import { epochsOf, frameOf, parentEpochs, sameFrame, thinned } from './frame';
import { drawnRows, LiveText, onSteps, parentRows, useLiveSteps, useTasks } from './live';
import { RateChart } from '../config/rate-chart';
import { useUnmeasured } from './unmeasured';
import { parentLine, parentStepLine } from './parent-overlay';
import { taskName } from '../../../ui/text/task-name';

type Scale = 'linear' | 'log';
export function LossSection() {
  const { t } = useTranslation();
  const tasks = useTasks();
  const [scale, setScale] = useState<Scale>('linear');
  return (
    <Section
      title={t('loss.title')}
      note={t('loss.note')}
      controls={
        <Segments
          label={t('loss.scale')}
          value={scale}
          onChange={setScale}
          options={[
            { value: 'linear', label: t('loss.linear') },
            { value: 'log', label: t('loss.log') },
          ]}
        />
      }
    >
      <Charts>
        {tasks.map((task, i) => (
          <LossChart key={task} task={task} index={i} scale={scale} />
        ))}
        <RateChart />
      </Charts>
    </Section>
  );
}

/**
 * All tasks share the scale, so that their losses can be compared. A constant task does not set it: its loss
 * falls as far as numbers go.
 */
function axisOf(rows: readonly StepRow[], epochs: readonly EpochRecord[], scale: Scale): Axis {
  const constant = epochs.at(-1)?.train.tasks.map(({ unmeasurable }) => unmeasurable === 'constant') ?? [];
  const counted = (_one: unknown, i: number): boolean => !constant[i];
  return lossAxis(
    rows.flatMap(({ losses }) => losses.filter(counted)),
    epochs.flatMap(({ train, validation }) =>
      [...train.tasks.filter(counted), ...validation.tasks].map(({ loss }) => loss),
    ),
    scale === 'log',
  );
}

function LossChart({
  task,
  index,
  scale,
}: {
  readonly task: TaskId;
  readonly index: number;
  readonly scale: Scale;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const { empty, scales } = useLiveSteps(
    useCallback(
      (rows: readonly StepRow[], view: RunView | null) =>
        frameOf(
          rows,
          view,
          axisOf([...rows, ...parentRows()], [...epochsOf(view), ...parentEpochs(view)], scale),
          scale === 'log',
        ),
      [scale],
    ),
    sameFrame,
  );
  const gaps = useLiveSteps(
    useCallback(
      (rows: readonly StepRow[], view: RunView | null) =>
        scale === 'log'
          ? gapsOf([
              ...rows.map(({ losses }) => losses[index] ?? Number.NaN),
              ...epochsOf(view).flatMap(({ train, validation }) =>
                [train, validation].map(({ tasks }) => tasks[index]?.loss ?? Number.NaN),
              ),
            ])
          : 0,
      [scale, index],
    ),
  );
  const unmeasured = useUnmeasured('validation', task, index);
  const remark = [unmeasured, gaps > 0 ? t('measure.gaps', { count: gaps }) : ''].filter(Boolean).join(' ');
  const title = t('loss.of', { task: taskName(t, task) });
  const parent = useParent();
  const source = useMemo((): TraceSource => {
    const { color, marker } = taskStyle(task);
    return {
      lines: [
        { key: 'step', label: t('loss.step'), color, width: 1, opacity: 0.5 },
        { key: 'train', label: t('loss.epochMean'), color, width: 2 },
        {
          key: 'validation',
          label: t('loss.validation'),
          color: 'var(--ink)',
          width: 1.75,
          dash: '5 3',
          marker,
          dots: true,
        },
        ...(parent
          ? [
              {
                ...parentStepLine(task, t('fork.parentStep', { name: parent.name })),
                color: 'var(--ink)',
                quiet: false,
              },
              {
                ...parentLine(task, t('fork.parent', { name: parent.name })),
                color: 'var(--ink)',
                quiet: false,
              },
            ]
          : []),
      ],
      read: () => {
        const rows = drawnRows();
        const epochs = thinned(epochsOf(useRun.getState().view));
        const xs = epochs.map((epoch) => epoch.step);
        return [
          { xs: rows.map((row) => row.step), ys: rows.map((row) => row.losses[index] ?? Number.NaN) },
          { xs, ys: epochs.map((epoch) => epoch.train.tasks[index]?.loss ?? Number.NaN) },
          { xs, ys: epochs.map((epoch) => epoch.validation.tasks[index]?.loss ?? Number.NaN) },
          ...(parent
            ? [
                {
                  xs: parentRows().map(({ step }) => step),
                  ys: parentRows().map((row) => row.losses[index] ?? Number.NaN),
                },
                {
                  xs: parent.epochs.map(({ step }) => step),
                  ys: parent.epochs.map((epoch) => epoch.validation.tasks[index]?.loss ?? Number.NaN),
                },
              ]
            : []),
        ];
      },
      subscribe: onSteps,
    };
  }, [t, task, index, parent]);
  const summary = useCallback(
    (rows: readonly StepRow[], view: RunView | null) =>
      t('loss.summary', {
        title,
        train: format.reading(rows.at(-1)?.losses[index], 3),
        validation: format.reading(view?.epochs.at(-1)?.validation.tasks[index]?.loss, 3),
      }),
    [t, title, format, index],
  );

  return (
    <ChartPanel
      title={title}
      remark={remark}
      source={source}
      scales={scales}
      xLabel={t('axis.step')}
      digits={4}
      empty={empty ? t('chart.empty') : null}
      summary={<LiveText read={summary} />}
      fullRows={() => {
        const epochs = new Map(epochsOf(useRun.getState().view).map((epoch) => [epoch.step, epoch]));
        const series = runSeries();
        const own = {
          header: ['step', 'epoch', 'train_loss_step', 'train_loss_epoch', 'validation_loss'],
          rows: series.rows(series.length).map((row) => {
            const epoch = epochs.get(row.step);
            return [
              row.step,
              row.epoch,
              row.losses[index],
              epoch?.train.tasks[index]?.loss,
              epoch?.validation.tasks[index]?.loss,
            ];
          }),
        };
        const theirs = new Map(parent?.epochs.map((epoch) => [epoch.step, epoch]));
        return beside(
          own,
          parent && {
            header: ['step', 'parent_train_loss_step', 'parent_train_loss_epoch', 'parent_validation_loss'],
            rows: parentSeries()
              .rows(parentSeries().length)
              .map(({ step, losses }) => [
                step,
                losses[index],
                theirs.get(step)?.train.tasks[index]?.loss,
                theirs.get(step)?.validation.tasks[index]?.loss,
              ]),
          },
        );
      }}
    />
  );
}
