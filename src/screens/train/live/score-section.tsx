/** Accuracy, UAR and macro F1 of every task over the epochs, for one side at a time. */
import { useCallback, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { beside } from '../../../core/export/beside';
import { metric } from '../../../core/tasks/metrics/registry';
import type { TaskMetrics } from '../../../core/tasks/metrics/types';
import type { EpochRecord } from '../../../core/training/events';
import { useParent } from '../../../state/runs/overlay';
import { useRun } from '../../../state/run/run';
import type { RunView } from '../../../state/types';
import { ChartPanel } from '../../../ui/charts/chart-panel';
import type { Scales, TraceSource } from '../../../ui/charts/plot';
import { growingAxis, linearAxis, type Axis } from '../../../ui/charts/ticks';
import { Segments } from '../../../ui/controls/fields';
import { useFormat } from '../../../ui/text/format';
import { Charts, Section } from '../../../ui/controls/section';
import { taskStyle } from '../../../ui/tasks';
import { epochsOf, isOver, parentEpochs, sameFrame, thinned } from './frame';
import { LiveText, onEpochs, useKinds, useLiveView, useTasks } from './live';
import { useAllUnmeasured } from './unmeasured';
import { parentLine } from './parent-overlay';
import { taskName } from '../../../ui/text/task-name';

export type Side = 'train' | 'validation';
const MEASURES = ['uar', 'accuracy', 'macroF1'] as const satisfies readonly (keyof TaskMetrics)[];
type Measure = (typeof MEASURES)[number] | (typeof NUMBER_MEASURES)[number];
/** Of numbers. */
const NUMBER_MEASURES = ['ccc', 'mae'] as const;
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
  const kinds = useKinds();
  return (
    <Section
      title={t('scores.title')}
      note={t('scores.note')}
      controls={<SideSwitch side={side} onChange={setSide} />}
    >
      <Charts>
        {kinds.includes('classes') &&
          MEASURES.map((measure) => <ScoreChart key={measure} measure={measure} side={side} />)}
        {kinds.includes('number') &&
          NUMBER_MEASURES.map((measure) => <ScoreChart key={measure} measure={measure} side={side} />)}
      </Charts>
    </Section>
  );
}

const scoreOf = (metrics: TaskMetrics | undefined, measure: Measure): number =>
  metrics === undefined ? Number.NaN : (metric(measure)?.read(metrics) ?? Number.NaN);

interface EpochFrame {
  readonly empty: boolean;
  readonly scales: Scales;
}

const FIRST_EPOCHS = 10;
/** CCC may be negative; errors have no upper end. */
function rangeOf(view: RunView | null, measure: Measure): Axis {
  if (measure !== 'ccc' && measure !== 'mae') return UNIT;
  const values = [...epochsOf(view), ...parentEpochs(view)].flatMap(({ train, validation }) =>
    [...train.tasks, ...validation.tasks].flatMap(({ number }) => (number ? [number[measure]] : [])),
  );
  const finite = values.filter(Number.isFinite);
  return measure === 'ccc'
    ? linearAxis(Math.min(0, ...finite), 1)
    : linearAxis(0, Math.max(0, ...finite) || 1);
}

const frameReader =
  (measure: Measure) =>
  (view: RunView | null): EpochFrame => {
    const last = Math.max(epochsOf(view).at(-1)?.epoch ?? 0, parentEpochs(view).at(-1)?.epoch ?? 0);
    return {
      empty: last === 0,
      scales: {
        x: growingAxis(last, FIRST_EPOCHS, isOver(view) ? 0 : view?.config.epochs),
        y: rangeOf(view, measure),
        log: false,
      },
    };
  };

function ScoreChart({ measure, side }: { readonly measure: Measure; readonly side: Side }) {
  const { t } = useTranslation();
  const format = useFormat();
  const isNumber = measure === 'ccc' || measure === 'mae';
  const [all, kinds] = [useTasks(), useKinds()];
  // Positions in the run's lists, of the tasks that have this score.
  const own = useMemo(
    () => all.flatMap((_, i) => ((kinds[i] === 'number') === isNumber ? [i] : [])),
    [all, kinds, isNumber],
  );
  const tasks = useMemo(() => own.map((i) => all[i]!), [own, all]);
  const { empty, scales } = useLiveView(
    useMemo(() => frameReader(measure), [measure]),
    sameFrame,
  );
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
          ...own.map((i) => ({
            xs,
            ys: epochs.map((epoch) => scoreOf(epoch[side].tasks[i], measure)),
          })),
          ...(parent
            ? own.map((i) => ({
                xs: parent.epochs.map(({ epoch }) => epoch),
                ys: parent.epochs.map((epoch) => scoreOf(epoch[side].tasks[i], measure)),
              }))
            : []),
        ];
      },
      subscribe: onEpochs,
    }),
    [t, tasks, own, few, side, measure, parent],
  );
  const remark = useAllUnmeasured(side);
  const title = t(isNumber ? `scoresOfNumbers.${measure}` : `scores.${measure}`);
  const summary = useCallback(
    (_rows: unknown, view: RunView | null) => {
      const last = epochsOf(view).at(-1);
      const said = (value: number): string =>
        isNumber ? format.reading(value, 3) : format.percent(value, 1);
      return `${title}, ${t(`side.${side}`)}: ${own.map((i) => `${taskName(t, all[i]!)} ${said(scoreOf(last?.[side].tasks[i], measure))}`).join(', ')}`;
    },
    [title, t, side, all, own, isNumber, format, measure],
  );
  return (
    <ChartPanel
      title={title}
      note={t(isNumber ? `scoresOfNumbers.${measure}Note` : `scores.${measure}Note`)}
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
            ...own.flatMap((i) => [
              scoreOf(epoch.train.tasks[i], measure),
              scoreOf(epoch.validation.tasks[i], measure),
            ]),
          ]),
        });
        return beside(table(epochsOf(useRun.getState().view), ''), parent && table(parent.epochs, 'parent_'));
      }}
    />
  );
}
