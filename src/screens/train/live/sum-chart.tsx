/**
 * The sum of the weights, nominal and effective: a hidden learning rate, beside T, which the unweighted sum
 * has.
 */
import { useCallback, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { beside } from '../../../core/export/beside';
import type { EpochRecord, StepRow } from '../../../core/training/events';
import { sum } from '../../../core/weighting/numerics';
import { useParent } from '../../../state/runs/overlay';
import { parentSeries } from '../../../state/run/parent';
import { runSeries, useRun } from '../../../state/run/run';
import type { RunView } from '../../../state/types';
import { ChartPanel } from '../../../ui/charts/chart-panel';
import type { LineStyle, Trace, TraceSource } from '../../../ui/charts/plot';
import { linearAxis, type Axis } from '../../../ui/charts/ticks';
import { useFormat } from '../../../ui/text/format';
import { epochsOf, frameOf, parentEpochs, sameFrame, thinned } from './frame';
import { drawnRows, LiveText, onSteps, parentRows, useLiveSteps, useTasks } from './live';

const KINDS = ['nominal', 'effective'] as const;
const LOOK = { nominal: { color: 'var(--ink-3)', dash: '6 3' }, effective: { color: 'var(--ink)' } } as const;
type Weighed = Pick<StepRow | EpochRecord, 'step' | 'nominal' | 'effective'>;

const traceOf = (rows: readonly Weighed[], kind: (typeof KINDS)[number]): Trace => ({
  xs: rows.map(({ step }) => step),
  ys: rows.map((row) => sum(row[kind])),
});

/** T is always in sight. */
function sumAxis(rows: readonly Weighed[], tasks: number): Axis {
  let [low, high] = [0, tasks];
  for (const { nominal, effective } of rows)
    for (const total of [sum(nominal), sum(effective)]) {
      low = Math.min(low, total);
      high = Math.max(high, total);
    }
  return linearAxis(low, high * 1.06, 5);
}

export function SumChart() {
  const { t } = useTranslation();
  const format = useFormat();
  const tasks = useTasks().length;
  const { empty, scales } = useLiveSteps(
    useCallback(
      (rows: readonly StepRow[], view: RunView | null) =>
        frameOf(
          rows,
          view,
          sumAxis([...rows, ...epochsOf(view), ...parentRows(), ...parentEpochs(view)], tasks),
        ),
      [tasks],
    ),
    sameFrame,
  );
  const parent = useParent();
  const source = useMemo(
    (): TraceSource => ({
      lines: [
        ...KINDS.map((kind): LineStyle => ({
          key: `step-${kind}`,
          label: t('weights.perStep', { task: t(`weights.${kind}`) }),
          color: LOOK[kind].color,
          width: 1,
          opacity: 0.5,
          quiet: true,
        })),
        ...KINDS.map((kind): LineStyle => ({
          key: `mean-${kind}`,
          label: t(`weights.${kind}`),
          width: 2,
          ...LOOK[kind],
        })),
        ...(parent
          ? [
              {
                key: 'parent-step',
                label: t('fork.parentStep', { name: parent.name }),
                color: 'var(--ink)',
                width: 1,
                opacity: 0.35,
                quiet: true,
                bounded: true,
              },
              {
                key: 'parent',
                label: t('fork.parent', { name: parent.name }),
                color: 'var(--ink)',
                dash: '1.5 3',
                width: 2,
                opacity: 0.75,
                bounded: true,
              },
            ]
          : []),
      ],
      read: () => {
        const [rows, epochs] = [drawnRows(), thinned(epochsOf(useRun.getState().view))];
        return [
          ...KINDS.map((kind) => traceOf(rows, kind)),
          ...KINDS.map((kind) => traceOf(epochs, kind)),
          ...(parent
            ? [traceOf(parentRows(), 'effective'), traceOf(thinned(parent.epochs), 'effective')]
            : []),
        ];
      },
      subscribe: onSteps,
    }),
    [t, parent],
  );
  const title = t('gradients.sum');
  const summary = useCallback(
    (rows: readonly StepRow[]) =>
      `${title}: ${KINDS.map((kind) => `${t(`weights.${kind}`)} ${format.reading(rows.length > 0 ? sum(rows.at(-1)![kind]) : undefined, 3)}`).join(', ')}`,
    [title, t, format],
  );
  const reference = useMemo(() => ({ y: tasks, label: `T = ${tasks}` }), [tasks]);
  return (
    <ChartPanel
      title={title}
      note={t('weights.sumNote')}
      source={source}
      scales={scales}
      zero
      reference={reference}
      xLabel={t('axis.step')}
      digits={4}
      height={250}
      empty={empty ? t('chart.empty') : null}
      summary={<LiveText read={summary} />}
      fullRows={() => {
        const [own, theirs] = [runSeries(), parentSeries()];
        return beside(
          {
            header: ['step', 'epoch', ...KINDS.map((kind) => `sum_${kind}`)],
            rows: own
              .rows(own.length)
              .map((row) => [row.step, row.epoch, ...KINDS.map((kind) => sum(row[kind]))]),
          },
          parent && {
            header: ['step', ...KINDS.map((kind) => `parent_sum_${kind}`)],
            rows: theirs.rows(theirs.length).map((row) => [row.step, ...KINDS.map((kind) => sum(row[kind]))]),
          },
        );
      }}
    />
  );
}
