/**
 * A line chart on a graticule: at most a few hundred points a line, no animation, round ticks computed here (recharts is
 * spared all measuring), direct labels with markers at the line ends. Drawn only; ChartPanel gives it name, table and files.
 */
import { memo, useLayoutEffect, useRef, useState } from 'react';
import { CartesianGrid, Line, LineChart as Chart, ReferenceArea, ReferenceLine, Tooltip, usePlotArea, useXAxisScale, useYAxisScale, XAxis, YAxis } from 'recharts';
import { useFormat } from '../format';
import { markerPath, type Marker } from '../tasks';
import { useTurnToMount } from './scheduler';
import type { Axis } from './ticks';
import styles from './charts.module.css';

/** One row of numbers by line key, with `x`; null where a line has no point. */
export type Point = Readonly<Record<string, number | null>>;

export interface LineStyle {
  readonly key: string;
  readonly label: string;
  readonly color: string;
  readonly dash?: string | undefined;
  readonly width?: number;
  readonly opacity?: number;
  readonly marker?: Marker;
  /** Label at the line's end; only for lines that matter. */
  readonly endLabel?: boolean;
  /** Markers on every point; for lines with few of them. */
  readonly dots?: boolean;
}

export interface LineChartProps {
  readonly points: readonly Point[];
  readonly lines: readonly LineStyle[];
  readonly x: Axis;
  readonly y: Axis;
  readonly xLabel: string;
  readonly log?: boolean;
  /** Emphasised horizontal lines. */
  readonly references?: readonly { readonly y: number; readonly label?: string }[];
  /** Shades what lies below zero and says what that means. */
  readonly belowZero?: string;
  readonly digits?: number;
  readonly height?: number;
}

interface EndLabelsProps {
  readonly points: readonly Point[];
  readonly lines: readonly LineStyle[];
}

const LABEL_GAP = 13;

/** Markers at the last point of each labelled line, and the labels beside the plot, pushed apart where they would overlap. */
function EndLabels({ points, lines }: EndLabelsProps) {
  const area = usePlotArea();
  const x = useXAxisScale();
  const y = useYAxisScale();
  if (!area || !x || !y) return null;
  const ends = lines.filter((line) => line.endLabel).flatMap((line) => {
    const last = points.findLast((point) => typeof point[line.key] === 'number');
    const [px, py] = [x(last?.['x']), y(last?.[line.key])];
    if (!last || px === undefined || py === undefined || !Number.isFinite(py)) return [];
    return [{ line, px, py: Math.min(Math.max(py, area.y), area.y + area.height), label: 0 }];
  });
  const sorted = ends.toSorted((a, b) => a.py - b.py);
  let floor = area.y + 2;
  for (const end of sorted) {
    end.label = Math.max(end.py, floor);
    floor = end.label + LABEL_GAP;
  }
  let ceiling = area.y + area.height;
  for (const end of sorted.toReversed()) {
    end.label = Math.min(end.label, ceiling);
    ceiling = end.label - LABEL_GAP;
  }
  return (
    <g className={styles['endLabels']}>
      {ends.map(({ line, px, py, label }) => (
        <g key={line.key}>
          {line.marker && <path d={markerPath(line.marker, 4)} transform={`translate(${px} ${py})`} fill={line.color} className={styles['endMarker']} />}
          <text x={area.x + area.width + 7} y={label} dy="0.32em">{line.label}</text>
        </g>
      ))}
    </g>
  );
}

interface TipProps {
  readonly active?: boolean;
  readonly label?: unknown;
  readonly payload?: readonly { readonly dataKey?: unknown; readonly value?: unknown }[];
  readonly lines: readonly LineStyle[];
  readonly xLabel: string;
  readonly digits: number;
}

function Tip({ active, label, payload, lines, xLabel, digits }: TipProps) {
  const format = useFormat();
  if (!active || !payload || payload.length === 0) return null;
  return (
    <div className={styles['tip']}>
      <p>{xLabel} {typeof label === 'number' ? format.integer(label) : ''}</p>
      <table>
        <tbody>
          {lines.flatMap((line) => {
            const value = payload.find((entry) => entry.dataKey === line.key)?.value;
            return typeof value === 'number' ? [<tr key={line.key}><th scope="row">{line.label}</th><td>{format.fixed(value, digits)}</td></tr>] : [];
          })}
        </tbody>
      </table>
    </div>
  );
}

const MARGIN_NARROW = { top: 8, right: 14, bottom: 0, left: 0 };
const MARGIN_LABELS = { top: 8, right: 70, bottom: 0, left: 0 };
const TICK = { fontSize: 11 };

function Lines(props: LineChartProps & { readonly width: number }) {
  const { points, lines, x, y, xLabel, log = false, references = [], belowZero, digits = 3, height = 190, width } = props;
  const format = useFormat();
  const labels = lines.some((line) => line.endLabel);
  return (
    <Chart width={width} height={height} data={points as Point[]} margin={labels ? MARGIN_LABELS : MARGIN_NARROW} accessibilityLayer={false} className={styles['chart'] ?? ''}>
      <CartesianGrid stroke="var(--graticule)" strokeWidth={1} />
      {belowZero !== undefined && y.domain[0] < 0 && (
        <ReferenceArea y1={y.domain[0]} y2={0} fill="url(#uphill)" fillOpacity={1} stroke="none" ifOverflow="hidden"
          label={{ value: belowZero, position: 'insideBottomLeft', fontSize: 11, fill: 'var(--ink-2)' }} />
      )}
      <XAxis dataKey="x" type="number" domain={x.domain as [number, number]} ticks={x.ticks} interval={0} tick={TICK} tickFormatter={format.integer}
        height={22} tickSize={4} allowDataOverflow />
      <YAxis type="number" scale={log ? 'log' : 'linear'} domain={y.domain as [number, number]} ticks={y.ticks} interval={0} tick={TICK} tickFormatter={(v: number) => format.significant(v)}
        width={44} tickSize={4} allowDataOverflow />
      {references.map((reference) => <ReferenceLine key={reference.y} y={reference.y} className={styles['reference'] ?? ''} />)}
      {lines.map((line) => (
        <Line key={line.key} dataKey={line.key} type="linear" stroke={line.color} strokeWidth={line.width ?? 1.75} strokeOpacity={line.opacity ?? 1}
          {...(line.dash === undefined ? {} : { strokeDasharray: line.dash })} dot={line.dots ? { r: 2, fill: line.color, strokeWidth: 0, strokeDasharray: '' } : false} activeDot={false} isAnimationActive={false} connectNulls legendType="none" />
      ))}
      <Tooltip isAnimationActive={false} cursor={{ stroke: 'var(--line-strong)' }} content={<Tip lines={lines} xLabel={xLabel} digits={digits} />} />
      {labels && <EndLabels points={points} lines={lines} />}
    </Chart>
  );
}

export const LineChart = memo(function LineChart(props: LineChartProps) {
  const box = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(0);
  const mount = useTurnToMount();
  useLayoutEffect(() => {
    const element = box.current;
    if (!element) return undefined;
    const observer = new ResizeObserver(([entry]) => setWidth(Math.floor(entry?.contentRect.width ?? 0)));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return (
    <div ref={box} className={styles['box']} style={{ height: props.height ?? 190 }}>
      {mount && width > 60 && <Lines {...props} width={width} />}
    </div>
  );
});
