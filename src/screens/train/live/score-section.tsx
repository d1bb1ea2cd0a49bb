/** Accuracy, UAR and macro F1 of every task over the epochs, for one side at a time. */
import { useCallback, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { beside } from '../../../core/export/beside';
import { TASK_KINDS } from '../../../core/tasks/losses/types';
import { scoresFor, type Metric } from '../../../core/tasks/metrics/registry';
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
import { say } from '../../../ui/text/lookup';
import { taskName } from '../../../ui/text/task-name';

export type Side = 'train' | 'validation';
/** The charts: of each kind of task those metrics that are drawn. */
const CHARTS: readonly Metric[] = TASK_KINDS.flatMap((kind) => scoresFor(kind, 'drawn'));
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
        {CHARTS.filter(({ kind }) => kinds.some((one) => one === kind)).map((measure) => (
          <ScoreChart key={measure.id} measure={measure} side={side} />
        ))}
      </Charts>
    </Section>
  );
}

const scoreOf = (metrics: TaskMetrics | undefined, measure: Metric): number =>
  metrics === undefined ? Number.NaN : measure.read(metrics);

interface EpochFrame {
  readonly empty: boolean;
  readonly scales: Scales;
}

const FIRST_EPOCHS = 10;
/** A correlation may be negative; errors have no upper end. */
function rangeOf(view: RunView | null, { read, share, scale }: Metric): Axis {
  if (share) return UNIT;
  const values = [...epochsOf(view), ...parentEpochs(view)].flatMap(({ train, validation }) =>
    [...train.tasks, ...validation.tasks].map(read),
  );
  const finite = values.filter(Number.isFinite);
  const top = Number.isFinite(scale[1]) ? scale[1] : Math.max(0, ...finite) || 1;
  return linearAxis(Math.min(0, ...finite), top);
}

const frameReader =
  (measure: Metric) =>
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

function ScoreChart({ measure, side }: { readonly measure: Metric; readonly side: Side }) {
  const { t } = useTranslation();
  const format = useFormat();
  const isNumber = measure.kind === 'number';
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
  const title = say(t, `${isNumber ? 'scoresOfNumbers' : 'scores'}.${measure.id}`, measure.id);
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
      note={say(t, `${isNumber ? 'scoresOfNumbers' : 'scores'}.${measure.id}Note`, '')}
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
