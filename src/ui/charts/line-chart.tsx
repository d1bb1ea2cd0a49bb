/**
 * A line chart on a graticule. recharts draws the coordinate system, from round ticks computed here, and does
 * so again only when an axis changes; the lines inside are traces.tsx. Drawn only: ChartPanel gives it a
 * name, a table and files.
 */
import { memo } from 'react';
import { CartesianGrid, LineChart as Chart, ReferenceArea, ReferenceLine, XAxis, YAxis } from 'recharts';
import { useFormat } from '../text/format';
import { ChartBox } from './chart-box';
import { Hover } from './hover';
import { MarkLines, type AxisUnit } from './marks';
import { areaOf, marginOf, X_AXIS_HEIGHT, Y_AXIS_WIDTH, type Scales, type TraceSource } from './plot';
import { Traces } from './traces';
import styles from './charts.module.css';

export interface LineChartProps {
  readonly source: TraceSource;
  readonly scales: Scales;
  readonly xLabel: string;
  /** What the x axis counts; default: steps. */
  readonly xUnit?: AxisUnit;
  /** Marks the zero line. */
  readonly zero?: boolean;
  /** Shades what lies below zero and says what that means. */
  readonly belowZero?: string | undefined;
  /** A level to compare with, and what it is. */
  readonly reference?: { readonly y: number; readonly label: string };
  readonly digits?: number;
  readonly height?: number;
}

const TICK = { fontSize: 11 };
const BELOW_LABEL = { position: 'insideBottomLeft', fontSize: 11, fill: 'var(--ink-2)' } as const;
const REFERENCE_LABEL = { position: 'insideTopLeft', fontSize: 11, fill: 'var(--ink-2)' } as const;
/** An axis with given ticks and domain needs no data. */
const NO_DATA: never[] = [];

function Plot(props: LineChartProps & { readonly width: number }) {
  const {
    source,
    scales,
    xLabel,
    xUnit = 'step',
    zero = false,
    belowZero,
    reference,
    digits = 3,
    height = 190,
    width,
  } = props;
  const { x, y, log } = scales;
  const format = useFormat();
  const labels = source.lines.some((line) => line.endLabel);
  const area = areaOf(width, height, labels);
  return (
    <Hover source={source} area={area} scales={scales} xLabel={xLabel} xUnit={xUnit} digits={digits}>
      <Chart
        width={width}
        height={height}
        data={NO_DATA}
        margin={marginOf(labels)}
        accessibilityLayer={false}
        className={styles['chart'] ?? ''}
      >
        <CartesianGrid stroke="var(--graticule)" strokeWidth={1} />
        {belowZero !== undefined && y.domain[0] < 0 && (
          <ReferenceArea
            y1={y.domain[0]}
            y2={0}
            fill="url(#uphill)"
            fillOpacity={1}
            stroke="none"
            ifOverflow="hidden"
            label={{ ...BELOW_LABEL, value: belowZero }}
          />
        )}
        <XAxis
          dataKey="x"
          type="number"
          domain={[...x.domain]}
          ticks={x.ticks}
          interval={0}
          tick={TICK}
          tickFormatter={format.integer}
          height={X_AXIS_HEIGHT}
          tickSize={4}
          allowDataOverflow
        />
        <YAxis
          type="number"
          scale={log ? 'log' : 'linear'}
          domain={[...y.domain]}
          ticks={y.ticks}
          interval={0}
          tick={TICK}
          tickFormatter={(value: number) => format.significant(value)}
          width={Y_AXIS_WIDTH}
          tickSize={4}
          allowDataOverflow
        />
        {zero && <ReferenceLine y={0} className={styles['reference'] ?? ''} />}
        {reference && (
          <ReferenceLine
            y={reference.y}
            className={styles['reference'] ?? ''}
            label={{ ...REFERENCE_LABEL, value: reference.label }}
          />
        )}
        {/* In the corner under the other axis' numbers: it costs no room. */}
        <text className={styles['axisTitle']} x={area.x - 8} y={area.y + area.height + 15} textAnchor="end">
          {xLabel}
        </text>
        <Traces source={source} area={area} scales={scales} />
        <MarkLines unit={xUnit} area={area} scales={scales} />
      </Chart>
    </Hover>
  );
}

export const LineChart = memo(function LineChart(props: LineChartProps) {
  return <ChartBox height={props.height ?? 190}>{(width) => <Plot {...props} width={width} />}</ChartBox>;
});
