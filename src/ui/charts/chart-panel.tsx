/** A line chart in its frame: with a key, a table, files, and the moments that its run marks. */
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ChartFrame, type Rows } from './chart-frame';
import { ChartTable } from './chart-table';
import { LineChart, type LineChartProps } from './line-chart';
import { marksInKey, useMarks, withMarks } from './marks';

export interface ChartPanelProps extends LineChartProps {
  readonly title: string;
  readonly note?: ReactNode;
  /** What of the data is not in the picture, and why. */
  readonly remark?: string | null;
  /** One sentence with the latest numbers, read out instead of the picture. */
  readonly summary: ReactNode;
  /** Shown in place of the chart while there is nothing to draw. */
  readonly empty: string | null;
  /** The key stands once over several charts: here it is only in the files. */
  readonly keyElsewhere?: boolean;
  /** All rows at full resolution, for the file. */
  readonly fullRows: () => Rows;
}

export function ChartPanel({
  title,
  note,
  remark = null,
  summary,
  empty,
  keyElsewhere = false,
  fullRows,
  ...chart
}: ChartPanelProps) {
  const { t } = useTranslation();
  const marks = useMarks();
  const inKey = chart.source.lines.filter((line) => !line.quiet);
  const thin = chart.source.lines.some(({ quiet, width }) => quiet && width === 1) ? t('chart.thin') : '';
  return (
    <ChartFrame
      title={title}
      note={note}
      remark={remark}
      aside={[t('chart.horizontal', { axis: chart.xLabel }), thin].filter(Boolean).join(' ')}
      summary={summary}
      empty={empty}
      lines={inKey}
      named={keyElsewhere || !inKey.some((line) => !line.endLabel || line.short)}
      marks={marksInKey(marks)}
      fullRows={() => withMarks(fullRows(), marks, chart.xUnit ?? 'step')}
      chart={<LineChart {...chart} />}
      table={
        <ChartTable
          title={title}
          source={chart.source}
          xLabel={chart.xLabel}
          xUnit={chart.xUnit ?? 'step'}
          digits={chart.digits ?? 3}
        />
      }
    />
  );
}
