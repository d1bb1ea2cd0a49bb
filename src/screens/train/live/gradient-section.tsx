/**
 * The instruments: how hard each task pulls, whether two of them pull against each other, and whose the
 * update is in the end. Only steps in which gradients were measured have points.
 */
import { useCallback, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { beside } from '../../../core/export/beside';
import type { StepRow } from '../../../core/training/events';
import type { Instruments } from '../../../core/config/run-config';
import { pairsOf, type GradientReading } from '../../../core/weighting/readings';
import { useDraft } from '../../../state/draft';
import { useParent } from '../../../state/runs/overlay';
import { parentSeries } from '../../../state/run/parent';
import { runSeries, useRun } from '../../../state/run/run';
import type { RunView, Series } from '../../../state/types';
import { ChartPanel } from '../../../ui/charts/chart-panel';
import type { LineStyle, TraceSource } from '../../../ui/charts/plot';
import { linearAxis, type Axis } from '../../../ui/charts/ticks';
import { useFormat } from '../../../ui/text/format';
import { Charts, Section } from '../../../ui/controls/section';
import { taskStyle } from '../../../ui/tasks';
import type { TaskId } from '../../../core/tasks/types';
import { AnglePanel } from './angle-panel';
import { frameOf, sameFrame } from './frame';
import { InstrumentControls } from './instrument-controls';
import { LiveText, measuredRows, onSteps, parentMeasured, useLiveSteps, useLiveView, useTasks } from './live';
import { taskName } from '../../../ui/text/task-name';

type Kind = 'norms' | 'cosines' | 'shares';

const readMeasured = (view: RunView | null): boolean => view !== null && runSeries().measuredLength > 0;

export function GradientSection() {
  const { t } = useTranslation();
  const format = useFormat();
  const ofRun = useRun((s) => s.view?.config.instruments);
  const ofDraft = useDraft((s) => s.config.instruments);
  const { every, gradients }: Instruments = ofRun ?? ofDraft;
  const tasks = useTasks();
  const many = pairsOf(tasks.length).length > PAIRS.length;
  const [drawn, setDrawn] = useState<readonly number[]>(ALL_PAIRS);
  // As many as can be told apart: of one more, the one drawn longest makes room.
  const toggle = (pair: number): void =>
    setDrawn(
      drawn.includes(pair) ? drawn.filter((one) => one !== pair) : [...drawn, pair].slice(-PAIRS.length),
    );
  // What was measured before it was turned off stays in sight.
  const shown = useLiveView(readMeasured) || every > 0;
  return (
    <Section
      title={t('gradients.title')}
      note={
        every === 0
          ? t('gradients.off')
          : t('gradients.note', {
              level: t(`optionChoice.gradients.${gradients}`),
              every: format.integer(every),
            })
      }
      controls={<InstrumentControls />}
    >
      <Charts>
        {shown && <GradientChart kind="norms" />}
        {shown && tasks.length > 1 && !many && <GradientChart kind="cosines" />}
        {shown && tasks.length > 1 && <GradientChart kind="shares" />}
      </Charts>
      {shown && many && (
        <Charts>
          <AnglePanel drawn={drawn} onToggle={toggle} />
          <GradientChart kind="cosines" pairs={drawn} />
        </Charts>
      )}
    </Section>
  );
}

const ANGLES: Axis = { domain: [-1, 1], ticks: [-1, -0.5, 0, 0.5, 1] };

function axisOf(kind: Kind, rows: readonly StepRow[]): Axis {
  if (kind === 'cosines') return ANGLES;
  let [low, high] = [0, kind === 'shares' ? 1 : 0];
  for (const { gradients } of rows)
    if (gradients) {
      low = Math.min(low, ...gradients[kind]);
      high = Math.max(high, ...gradients[kind]);
    }
  return linearAxis(low, high * 1.06, 5);
}

/** A pair is no task: other colours than theirs, told apart by dashes and markers as well. */
const PAIRS = [
  { color: 'var(--series-1)', marker: 'circle' },
  { color: 'var(--series-3)', dash: '6 3', marker: 'square' },
  { color: 'var(--series-4)', dash: '2 3', marker: 'triangle' },
] as const;

/** Of up to three tasks all are drawn. */
const ALL_PAIRS: readonly number[] = PAIRS.map((_, k) => k);

/** @param pairs of angles, which are drawn: positions in pairsOf */
function useLines(kind: Kind, parent: RunView['parent'], pairs: readonly number[]): readonly LineStyle[] {
  const { t } = useTranslation();
  const tasks = useTasks();
  const own = useMemo(
    () =>
      kind === 'cosines'
        ? pairs.flatMap((pair, k): readonly LineStyle[] => {
            const ends = pairsOf(tasks.length)[pair];
            if (!ends) return [];
            const [a, b] = ends.map((i) => tasks[i]!) as [TaskId, TaskId];
            return [
              {
                key: `${a}-${b}`,
                label: t('gradients.pair', { a: taskName(t, a), b: taskName(t, b) }),
                ...PAIRS[k % PAIRS.length]!,
                width: 1.75,
                ...(tasks.length > 3 ? { endLabel: true } : {}),
              },
            ];
          })
        : tasks.map((task): LineStyle => ({
            key: task,
            label: taskName(t, task),
            ...taskStyle(task),
            width: 1.75,
            endLabel: true,
          })),
    [t, tasks, kind, pairs],
  );
  return useMemo(
    () =>
      parent
        ? [
            ...own,
            ...own.map((line): LineStyle => ({
              key: `parent-${line.key}`,
              label: `${line.label}, ${parent.name}`,
              color: line.color,
              dash: '1 2.5',
              width: 1.25,
              opacity: 0.75,
              quiet: true,
              bounded: true,
            })),
          ]
        : own,
    [own, parent],
  );
}

const measured = (
  rows: readonly StepRow[],
): { readonly step: number; readonly gradients: GradientReading }[] =>
  rows.flatMap(({ step, gradients }) => (gradients ? [{ step, gradients }] : []));

function GradientChart({
  kind,
  pairs = ALL_PAIRS,
}: {
  readonly kind: Kind;
  readonly pairs?: readonly number[];
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const parent = useParent();
  const tasks = useTasks();
  const lines = useLines(kind, parent, pairs);
  /** Which number of a reading a line shows. */
  const at = useCallback((line: number): number => (kind === 'cosines' ? pairs[line]! : line), [kind, pairs]);
  const { empty, scales } = useLiveSteps(
    useCallback(
      (_rows: readonly StepRow[], view: RunView | null) => {
        const rows = measuredRows();
        const frame = frameOf(rows, view, axisOf(kind, [...rows, ...parentMeasured()]));
        return { ...frame, empty: rows.length === 0 };
      },
      [kind],
    ),
    sameFrame,
  );
  const source = useMemo(
    (): TraceSource => ({
      lines,
      read: () => {
        const own = parent ? lines.length / 2 : lines.length;
        return [measuredRows(), ...(parent ? [parentMeasured()] : [])].map(measured).flatMap((rows) => {
          const xs = rows.map(({ step }) => step);
          return lines
            .slice(0, own)
            .map((_, i) => ({ xs, ys: rows.map(({ gradients }) => gradients[kind][at(i)] ?? 0) }));
        });
      },
      subscribe: onSteps,
    }),
    [lines, kind, parent, at],
  );
  const title = t(`gradients.${kind}`);
  const summary = useCallback(() => {
    const last = measuredRows().at(-1)?.gradients;
    return `${title}: ${lines
      .filter(({ quiet }) => !quiet)
      .map(({ label }, i) => `${label} ${format.significant(last?.[kind][at(i)] ?? 0, 3)}`)
      .join(', ')}`;
  }, [title, lines, format, kind, at]);
  const below = { norms: undefined, cosines: t('gradients.conflict'), shares: t('gradients.against') }[kind];
  return (
    <ChartPanel
      title={title}
      note={t(`gradients.${kind}Note`)}
      source={source}
      scales={scales}
      zero
      xLabel={t('axis.step')}
      digits={4}
      empty={empty ? t('gradients.empty') : null}
      summary={<LiveText read={summary} />}
      belowZero={below}
      fullRows={() => {
        // Of angles all pairs, drawn or not.
        const keys =
          kind === 'cosines'
            ? pairsOf(tasks.length).map(([i, j]) => `${tasks[i]!}-${tasks[j]!}`)
            : [...tasks];
        const table = (series: Series, prefix: string) => ({
          header: ['step', ...keys.map((key) => `${prefix}${kind}_${key}`)],
          rows: measured(series.measured(series.length)).map(({ step, gradients }) => [
            step,
            ...gradients[kind],
          ]),
        });
        return beside(table(runSeries(), ''), parent && table(parentSeries(), 'parent_'));
      }}
    />
  );
}
