/**
 * The point of the whole workbench: what the formula states (nominal weight) beside what the gradient gets
 * (effective weight), on one scale, with zero marked and what lies below it explained; their sum; and the
 * formula with the present numbers.
 */
import { useCallback, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { beside } from '../../../core/export/beside';
import type { EpochRecord, StepRow } from '../../../core/training/events';
import { useParent } from '../../../state/runs/overlay';
import { parentSeries } from '../../../state/run/parent';
import { runSeries, useRun } from '../../../state/run/run';
import type { RunView } from '../../../state/types';
import { ChartPanel } from '../../../ui/charts/chart-panel';
import type { LineStyle, TraceSource } from '../../../ui/charts/plot';
import { linearAxis, type Axis } from '../../../ui/charts/ticks';
import { useFormat } from '../../../ui/text/format';
import { Charts, Section } from '../../../ui/controls/section';
import { taskStyle } from '../../../ui/tasks';
import { FormulaPanel } from './formula-panel';
import { epochsOf, frameOf, parentEpochs, sameFrame, thinned } from './frame';
import { drawnRows, LiveText, onSteps, parentRows, useLiveSteps, useTasks } from './live';
import { parentLine, parentStepLine } from './parent-overlay';
import { SumChart } from './sum-chart';
import { taskName } from '../../../ui/text/task-name';

type Kind = 'nominal' | 'effective';

export function WeightSection() {
  const { t } = useTranslation();
  return (
    <Section title={t('weights.title')} note={t('weights.note')}>
      <Charts>
        <WeightChart kind="nominal" />
        <WeightChart kind="effective" />
        <SumChart />
      </Charts>
      {/* Not among them: one that spans all columns keeps empty ones open. */}
      <FormulaPanel />
    </Section>
  );
}

/** Nominal and effective weights share the scale, or their difference could not be seen. */
function weightAxis(rows: readonly StepRow[], epochs: readonly EpochRecord[]): Axis {
  let [low, high] = [0, 0];
  for (const { nominal, effective } of [...rows, ...epochs]) {
    low = Math.min(low, ...nominal, ...effective);
    high = Math.max(high, ...nominal, ...effective);
  }
  return linearAxis(low, high * 1.06, 5);
}

const weightFrame = (rows: readonly StepRow[], view: RunView | null) =>
  frameOf(rows, view, weightAxis([...rows, ...parentRows()], [...epochsOf(view), ...parentEpochs(view)]));

function WeightChart({ kind }: { readonly kind: Kind }) {
  const { t } = useTranslation();
  const format = useFormat();
  const tasks = useTasks();
  const { empty, scales } = useLiveSteps(weightFrame, sameFrame);
  const parent = useParent();
  const source = useMemo(
    (): TraceSource => ({
      lines: [
        // Until there are epoch means to label, the steps carry the labels.
        ...tasks.map((task): LineStyle => ({
          key: `step-${task}`,
          label: taskName(t, task),
          color: taskStyle(task).color,
          marker: taskStyle(task).marker,
          width: 1,
          opacity: 0.5,
          quiet: true,
          endLabel: { unless: `mean-${task}` },
        })),
        ...tasks.map((task): LineStyle => ({
          key: `mean-${task}`,
          label: taskName(t, task),
          ...taskStyle(task),
          width: 2,
          endLabel: true,
        })),
        ...(parent
          ? [
              ...tasks.map((task) =>
                parentStepLine(task, t('fork.parentStep', { name: `${taskName(t, task)}, ${parent.name}` })),
              ),
              ...tasks.map((task) => parentLine(task, `${taskName(t, task)}, ${parent.name}`)),
            ]
          : []),
      ],
      read: () => {
        const rows = drawnRows();
        const epochs = thinned(epochsOf(useRun.getState().view));
        const [steps, ends] = [rows.map((row) => row.step), epochs.map((epoch) => epoch.step)];
        return [
          ...tasks.map((_, i) => ({ xs: steps, ys: rows.map((row) => row[kind][i] ?? 0) })),
          ...tasks.map((_, i) => ({ xs: ends, ys: epochs.map((epoch) => epoch[kind][i] ?? 0) })),
          ...(parent
            ? [parentRows(), parent.epochs].flatMap((list) =>
                tasks.map((_, i) => ({
                  xs: list.map(({ step }) => step),
                  ys: list.map((row) => row[kind][i] ?? 0),
                })),
              )
            : []),
        ];
      },
      subscribe: onSteps,
    }),
    [t, tasks, kind, parent],
  );
  const title = t(`weights.${kind}Title`);
  const summary = useCallback(
    (rows: readonly StepRow[]) =>
      `${title}: ${tasks.map((task, i) => `${taskName(t, task)} ${format.reading(rows.at(-1)?.[kind][i], 3)}`).join(', ')}`,
    [title, tasks, t, format, kind],
  );

  return (
    <ChartPanel
      title={title}
      note={t(`weights.${kind}Note`)}
      source={source}
      scales={scales}
      zero
      xLabel={t('axis.step')}
      digits={4}
      height={250}
      empty={empty ? t('chart.empty') : null}
      summary={<LiveText read={summary} />}
      belowZero={kind === 'effective' ? t('weights.uphill') : undefined}
      fullRows={() => {
        const [own, theirs] = [runSeries(), parentSeries()];
        return beside(
          {
            header: ['step', 'epoch', ...tasks.map((task) => `${kind}_${task}`)],
            rows: own.rows(own.length).map((row) => [row.step, row.epoch, ...row[kind]]),
          },
          parent && {
            header: ['step', ...tasks.map((task) => `parent_${kind}_${task}`)],
            rows: theirs.rows(theirs.length).map((row) => [row.step, ...row[kind]]),
          },
        );
      }}
    />
  );
}
