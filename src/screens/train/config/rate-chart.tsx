/** The learning rate of every step, where the schedule is not constant. */
import { schedule } from '../../../core/optim/registry';
import { useCallback, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { StepRow } from '../../../core/training/events';
import { runSeries, useRun } from '../../../state/run/run';
import type { RunView } from '../../../state/types';
import { ChartPanel } from '../../../ui/charts/chart-panel';
import type { TraceSource } from '../../../ui/charts/plot';
import { logAxis } from '../../../ui/charts/ticks';
import { useFormat } from '../../../ui/text/format';
import { frameOf, sameFrame } from '../live/frame';
import { drawnRows, LiveText, onSteps, useLiveSteps } from '../live/live';

/** Rates in use; a schedule that ends at zero has no place for that on a logarithmic axis. */
const ratesOf = (rows: readonly StepRow[]): number[] =>
  rows.flatMap(({ learningRate = 0 }) => (learningRate > 0 ? [learningRate] : []));

export function RateChart() {
  const scheduled = useRun((s) => s.view !== null && schedule(s.view.config.schedule.id).flat !== true);
  return scheduled ? <Chart /> : null;
}

function Chart() {
  const { t } = useTranslation();
  const format = useFormat();
  const { empty, scales } = useLiveSteps(
    useCallback((rows: readonly StepRow[], view: RunView | null) => {
      const rates = ratesOf(rows);
      return frameOf(rows, view, logAxis(Math.min(...rates), Math.max(...rates)), true);
    }, []),
    sameFrame,
  );
  const title = t('optim.rateChart');
  const source = useMemo(
    (): TraceSource => ({
      lines: [{ key: 'rate', label: title, color: 'var(--ink)', width: 2 }],
      read: () => {
        const rows = drawnRows();
        return [
          {
            xs: rows.map(({ step }) => step),
            ys: rows.map(({ learningRate }) => learningRate ?? Number.NaN),
          },
        ];
      },
      subscribe: onSteps,
    }),
    [title],
  );
  const summary = useCallback(
    (rows: readonly StepRow[]) => `${title}: ${format.reading(rows.at(-1)?.learningRate, 3)}`,
    [title, format],
  );
  return (
    <ChartPanel
      title={title}
      note={t('optim.rateNote')}
      source={source}
      scales={scales}
      xLabel={t('axis.step')}
      digits={3}
      empty={empty ? t('chart.empty') : null}
      summary={<LiveText read={summary} />}
      fullRows={() => {
        const own = runSeries();
        return {
          header: ['step', 'epoch', 'learning_rate'],
          rows: own.rows(own.length).map(({ step, epoch, learningRate }) => [step, epoch, learningRate]),
        };
      }}
    />
  );
}
