/** Accuracy, UAR and macro F1 of every task over the epochs, for one side at a time. */
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { EpochRecord, TaskMetrics } from '../../core/training/events';
import { ChartPanel } from '../../ui/charts/chart-panel';
import type { LineStyle, Point } from '../../ui/charts/line-chart';
import { countAxis, type Axis } from '../../ui/charts/ticks';
import { Segments } from '../../ui/fields';
import { useFormat } from '../../ui/format';
import { TASK_STYLE } from '../../ui/tasks';
import { useEpochs, useTasks } from './live';
import { Section } from './section';

export type Side = 'train' | 'validation';
const MEASURES = ['uar', 'accuracy', 'macroF1'] as const satisfies readonly (keyof TaskMetrics)[];
type Measure = (typeof MEASURES)[number];
const UNIT: Axis = { domain: [0, 1], ticks: [0, 0.25, 0.5, 0.75, 1] };
const MARKED = 40;

export function SideSwitch({ side, onChange }: { readonly side: Side; readonly onChange: (side: Side) => void }) {
  const { t } = useTranslation();
  return <Segments label={t('side.label')} value={side} onChange={onChange} options={[{ value: 'validation', label: t('side.validation') }, { value: 'train', label: t('side.train') }]} />;
}

export function ScoreSection() {
  const { t } = useTranslation();
  const [side, setSide] = useState<Side>('validation');
  const epochs = useEpochs();
  return (
    <Section title={t('scores.title')} note={t('scores.note')} controls={<SideSwitch side={side} onChange={setSide} />}>
      {MEASURES.map((measure) => <ScoreChart key={measure} measure={measure} side={side} epochs={epochs} />)}
    </Section>
  );
}

function ScoreChart({ measure, side, epochs }: { readonly measure: Measure; readonly side: Side; readonly epochs: readonly EpochRecord[] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const tasks = useTasks();
  const points = useMemo(
    () => epochs.map((epoch): Point => ({ x: epoch.epoch, ...Object.fromEntries(epoch[side].tasks.map((task, i) => [`t${i}`, task[measure]])) })),
    [epochs, side, measure],
  );
  const x = useMemo(() => countAxis(epochs.at(-1)?.epoch ?? 1, Math.min(1, epochs[0]?.epoch ?? 1)), [epochs]);
  const few = epochs.length <= MARKED;
  const lines = useMemo((): LineStyle[] => tasks.map((task, i) => {
    const { color, dash, marker } = TASK_STYLE[task];
    return { key: `t${i}`, label: t(`tasks.${task}`), color, dash, marker, width: 2, endLabel: true, dots: few };
  }), [t, tasks, few]);
  const title = t(`scores.${measure}`);
  const last = epochs.at(-1);
  return (
    <ChartPanel
      title={title} note={t(`scores.${measure}Note`)} points={points} lines={lines} x={x} y={UNIT} xLabel={t('axis.epoch')} digits={3} empty={t('chart.emptyEpochs')}
      summary={`${title}, ${t(`side.${side}`)}: ${tasks.map((task, i) => `${t(`tasks.${task}`)} ${format.percent(last?.[side].tasks[i]?.[measure], 1)}`).join(', ')}`}
      fullRows={() => ({
        header: ['epoch', ...tasks.flatMap((task) => [`${task}_train`, `${task}_validation`])],
        rows: epochs.map((epoch) => [epoch.epoch, ...tasks.flatMap((_, i) => [epoch.train.tasks[i]?.[measure], epoch.validation.tasks[i]?.[measure]])]),
      })}
    />
  );
}
