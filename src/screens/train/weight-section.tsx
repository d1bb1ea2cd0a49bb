/**
 * The point of the whole workbench: what the formula states (nominal weight) beside what the gradient gets (effective
 * weight), on one scale, with zero marked and what lies below it explained; and the formula with the present numbers.
 */
import { useCallback, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { StepRow } from '../../core/training/events';
import { runSeries } from '../../state/run';
import type { RunView, Series } from '../../state/types';
import { ChartPanel } from '../../ui/charts/chart-panel';
import type { LineStyle, Point } from '../../ui/charts/line-chart';
import { countAxis, linearAxis, type Axis } from '../../ui/charts/ticks';
import { useFormat } from '../../ui/format';
import { TASK_STYLE } from '../../ui/tasks';
import { onEpochRows } from './epoch-rows';
import { FormulaPanel } from './formula-panel';
import { useLiveSteps, useTasks } from './live';
import { Section } from './section';

type Kind = 'nominal' | 'effective';
const POINTS = 160;
const ZERO = [{ y: 0 }];

export function WeightSection() {
  const { t } = useTranslation();
  return (
    <Section title={t('weights.title')} note={t('weights.note')}>
      <WeightChart kind="nominal" />
      <WeightChart kind="effective" />
      <FormulaPanel />
    </Section>
  );
}

/** Nominal and effective weights share the scale, or their difference could not be seen. */
function weightAxis(rows: readonly StepRow[]): Axis {
  let [low, high] = [0, 1];
  for (const row of rows) {
    for (const weight of row.nominal) [low, high] = [Math.min(low, weight), Math.max(high, weight)];
    for (const weight of row.effective) [low, high] = [Math.min(low, weight), Math.max(high, weight)];
  }
  return linearAxis(low, high);
}

function draw(series: Series, view: RunView | null, kind: Kind): { readonly points: readonly Point[]; readonly x: Axis; readonly y: Axis; readonly last: readonly number[] } {
  const rows = series.rows(POINTS);
  const named = (weights: readonly number[], prefix: string): Point => Object.fromEntries(weights.map((weight, i) => [`${prefix}${i}`, weight]));
  const points = onEpochRows(rows.map((row) => ({ x: row.step, ...named(row[kind], 's') })), view?.epochs ?? [], (epoch) => named(epoch[kind], 'e'));
  return { points, x: countAxis(points.at(-1)?.['x'] ?? 1), y: weightAxis(rows), last: rows.at(-1)?.[kind] ?? [] };
}

function WeightChart({ kind }: { readonly kind: Kind }) {
  const { t } = useTranslation();
  const format = useFormat();
  const tasks = useTasks();
  const { points, x, y, last } = useLiveSteps(useCallback((series, view) => draw(series, view, kind), [kind]));
  const hasEpochs = points.some((point) => typeof point['e0'] === 'number');
  const lines = useMemo((): LineStyle[] => tasks.flatMap((task, i) => {
    const { color, dash, marker } = TASK_STYLE[task];
    const label = t(`tasks.${task}`);
    const mean: LineStyle = { key: `e${i}`, label, color, dash, marker, width: 2, endLabel: true };
    return hasEpochs
      ? [{ key: `s${i}`, label: t('weights.perStep', { task: label }), color, width: 1, opacity: 0.4 }, mean]
      : [{ key: `s${i}`, label, color, dash, marker, width: 1.5, endLabel: true }];
  }), [t, tasks, hasEpochs]);
  const title = t(`weights.${kind}Title`);
  return (
    <ChartPanel
      title={title} note={t(`weights.${kind}Note`)} points={points} lines={lines} x={x} y={y} references={ZERO} xLabel={t('axis.step')} digits={4} empty={t('chart.empty')} height={210}
      {...(kind === 'effective' ? { belowZero: t('weights.uphill') } : {})}
      summary={`${title}: ${tasks.map((task, i) => `${t(`tasks.${task}`)} ${format.fixed(last[i], 3)}`).join(', ')}`}
      fullRows={() => {
        const series = runSeries();
        return { header: ['step', 'epoch', ...tasks.map((task) => `${kind}_${task}`)], rows: series.rows(series.length).map((row) => [row.step, row.epoch, ...row[kind]]) };
      }}
    />
  );
}
