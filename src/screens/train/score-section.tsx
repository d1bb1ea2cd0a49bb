/** Accuracy, UAR and macro F1 of every task over the epochs, for one side at a time. */
import { useCallback, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { beside } from '../../core/export/beside';
import type { TaskMetrics } from '../../core/tasks/metrics/types';
import type { EpochRecord } from '../../core/training/events';
import { useParent } from '../../state/overlay';
import { useRun } from '../../state/run';
import type { RunView } from '../../state/types';
import { ChartPanel } from '../../ui/charts/chart-panel';
import type { Scales, TraceSource } from '../../ui/charts/plot';
import { growingAxis, type Axis } from '../../ui/charts/ticks';
import { Segments } from '../../ui/fields';
import { useFormat } from '../../ui/format';
import { Charts, Section } from '../../ui/section';
import { taskStyle } from '../../ui/tasks';
import { epochsOf, isOver, parentEpochs, sameFrame, thinned } from './frame';
import { LiveText, onEpochs, useLiveView, useTasks } from './live';
import { useAllUnmeasured } from './unmeasured';
import { parentLine } from './parent-overlay';
import { taskName } from '../../ui/task-name';

export type Side = 'train' | 'validation';
const MEASURES = ['uar', 'accuracy', 'macroF1'] as const satisfies readonly (keyof TaskMetrics)[];
type Measure = (typeof MEASURES)[number];
const UNIT: Axis = { domain: [0, 1], ticks: [0, 0.25, 0.5, 0.75, 1] };
const MARKED = 40;

export function SideSwitch({
  side,
  onChange,
}: {
  readonly side: Side;
  readonly onChange: (side: Side) => void;
}) {
  const { t } = useTranslation();
  return (
    <Segments
      label={t('side.label')}
      value={side}
      onChange={onChange}
      options={[
        { value: 'validation', label: t('side.validation') },
        { value: 'train', label: t('side.train') },
      ]}
    />
  );
}

export function ScoreSection() {
  const { t } = useTranslation();
  const [side, setSide] = useState<Side>('validation');
  return (
    <Section
      title={t('scores.title')}
      note={t('scores.note')}
      controls={<SideSwitch side={side} onChange={setSide} />}
    >
      <Charts>
        {MEASURES.map((measure) => (
          <ScoreChart key={measure} measure={measure} side={side} />
        ))}
      </Charts>
    </Section>
  );
}

interface EpochFrame {
  readonly empty: boolean;
  readonly scales: Scales;
}

const FIRST_EPOCHS = 10;
const readFrame = (view: RunView | null): EpochFrame => {
  const last = Math.max(epochsOf(view).at(-1)?.epoch ?? 0, parentEpochs(view).at(-1)?.epoch ?? 0);
  return {
    empty: last === 0,
    scales: {
      x: growingAxis(last, FIRST_EPOCHS, isOver(view) ? 0 : view?.config.epochs),
      y: UNIT,
      log: false,
    },
  };
};

function ScoreChart({ measure, side }: { readonly measure: Measure; readonly side: Side }) {
  const { t } = useTranslation();
  const format = useFormat();
  const tasks = useTasks();
  const { empty, scales } = useLiveView(readFrame, sameFrame);
  const few = scales.x.domain[1] <= MARKED;
  const parent = useParent();
  const source = useMemo(
    (): TraceSource => ({
      lines: [
        ...tasks.map((task) => ({
          key: task,
          label: taskName(t, task),
          ...taskStyle(task),
          width: 2,
          endLabel: true,
          dots: few,
        })),
        ...(parent ? tasks.map((task) => parentLine(task, `${taskName(t, task)}, ${parent.name}`)) : []),
      ],
      read: () => {
        const epochs = thinned(epochsOf(useRun.getState().view));
        const xs = epochs.map((epoch) => epoch.epoch);
        return [
          ...tasks.map((_, i) => ({
            xs,
            ys: epochs.map((epoch) => epoch[side].tasks[i]?.[measure] ?? Number.NaN),
          })),
          ...(parent
            ? tasks.map((_, i) => ({
                xs: parent.epochs.map(({ epoch }) => epoch),
                ys: parent.epochs.map((epoch) => epoch[side].tasks[i]?.[measure] ?? Number.NaN),
              }))
            : []),
        ];
      },
      subscribe: onEpochs,
    }),
    [t, tasks, few, side, measure, parent],
  );
  const remark = useAllUnmeasured(side);
  const title = t(`scores.${measure}`);
  const summary = useCallback(
    (_rows: unknown, view: RunView | null) => {
      const last = epochsOf(view).at(-1);
      return `${title}, ${t(`side.${side}`)}: ${tasks.map((task, i) => `${taskName(t, task)} ${format.percent(last?.[side].tasks[i]?.[measure], 1)}`).join(', ')}`;
    },
    [title, t, side, tasks, format, measure],
  );
  return (
    <ChartPanel
      title={title}
      note={t(`scores.${measure}Note`)}
      remark={remark}
      source={source}
      scales={scales}
      xLabel={t('axis.epoch')}
      xUnit="epoch"
      digits={3}
      empty={empty ? t('chart.emptyEpochs') : null}
      summary={<LiveText read={summary} />}
      fullRows={() => {
        const table = (epochs: readonly EpochRecord[], prefix: string) => ({
          header: [
            'epoch',
            ...tasks.flatMap((task) => [`${prefix}${task}_train`, `${prefix}${task}_validation`]),
          ],
          rows: epochs.map((epoch) => [
            epoch.epoch,
            ...tasks.flatMap((_, i) => [
              epoch.train.tasks[i]?.[measure],
              epoch.validation.tasks[i]?.[measure],
            ]),
          ]),
        });
        return beside(table(epochsOf(useRun.getState().view), ''), parent && table(parent.epochs, 'parent_'));
      }}
    />
  );
}
