/**
 * Marks in two scores on a graticule, with bars for their spread and a line through some of them. recharts
 * draws the coordinate system; the marks are plain SVG inside its surface. Each named mark can be reached by
 * keyboard: arrows go from one to the next, by x. Drawn only: ChartFrame gives it a name, a table and files.
 */
import { useRef, useState, type KeyboardEvent, type PointerEvent } from 'react';
import { CartesianGrid, LineChart as Chart, XAxis, YAxis } from 'recharts';
import { markerPath } from '../tasks';
import { ChartBox } from './chart-box';
import { projection, X_AXIS_HEIGHT, Y_AXIS_WIDTH, type Area, type Projection, type Scales } from './plot';
import { LARGE, placeNames, SMALL, type ScatterMark } from './scatter';
import styles from './charts.module.css';

export interface ScatterChartProps {
  readonly marks: readonly ScatterMark[];
  /** Corners of a line drawn under the marks. */
  readonly line: readonly { readonly x: number; readonly y: number }[];
  readonly scales: Scales;
  readonly xLabel: string;
  readonly yLabel: string;
  readonly xTick: (value: number) => string;
  readonly yTick: (value: number) => string;
  /** Says how many marks stand without their name for want of room. */
  readonly unnamed: (count: number) => string;
  readonly height: number;
}

const TICK = { fontSize: 11 };
/** Room for the name of an axis. */
const NAME = 17;
const [TOP, RIGHT] = [14, 18];
/** How near the pointer must be, pixels. */
const REACH = 18;
/** Marks this near to each other, pixels, are told together. */
const SAME = 3;
const NO_DATA: never[] = [];

export function ScatterChart(props: ScatterChartProps) {
  return <ChartBox height={props.height}>{(width) => <Plot {...props} width={width} />}</ChartBox>;
}

function Plot({
  marks,
  line,
  scales,
  xLabel,
  yLabel,
  xTick,
  yTick,
  unnamed,
  height,
  width,
}: ScatterChartProps & { readonly width: number }) {
  const [active, setActive] = useState<string | null>(null);
  const area: Area = {
    x: Y_AXIS_WIDTH + NAME,
    y: TOP,
    width: width - Y_AXIS_WIDTH - NAME - RIGHT,
    height: height - TOP - X_AXIS_HEIGHT - NAME,
  };
  const to = projection(area, scales);
  const point = (event: PointerEvent<HTMLDivElement>): void => {
    const { left, top } = event.currentTarget.getBoundingClientRect();
    const distance = ({ x, y }: ScatterMark): number =>
      Math.hypot(to.px(x) - (event.clientX - left), to.py(y) - (event.clientY - top));
    const nearest = marks.toSorted((a, b) => distance(a) - distance(b))[0];
    setActive(nearest && distance(nearest) <= REACH ? nearest.key : null);
  };
  const shown = marks.find(({ key }) => key === active);
  return (
    <div
      className={styles['hover']}
      onPointerMove={point}
      onPointerDown={point}
      onPointerLeave={() => setActive(null)}
    >
      <div aria-hidden="true">
        <Chart
          width={width}
          height={height}
          data={NO_DATA}
          margin={{ top: TOP, right: RIGHT, bottom: 0, left: 0 }}
          accessibilityLayer={false}
          className={styles['chart'] ?? ''}
        >
          <CartesianGrid stroke="var(--graticule)" strokeWidth={1} />
          <XAxis
            dataKey="x"
            type="number"
            domain={[...scales.x.domain]}
            ticks={scales.x.ticks}
            interval={0}
            tick={TICK}
            tickFormatter={xTick}
            height={X_AXIS_HEIGHT + NAME}
            tickSize={4}
            allowDataOverflow
          />
          <YAxis
            type="number"
            domain={[...scales.y.domain]}
            ticks={scales.y.ticks}
            interval={0}
            tick={TICK}
            tickFormatter={yTick}
            width={Y_AXIS_WIDTH + NAME}
            tickSize={4}
            allowDataOverflow
          />
          <g className={styles['axisNames']}>
            <text x={area.x + area.width / 2} y={height - 4} textAnchor="middle">
              {xLabel}
            </text>
            <text
              transform={`translate(${NAME - 5} ${area.y + area.height / 2}) rotate(-90)`}
              textAnchor="middle"
            >
              {yLabel}
            </text>
          </g>
          <Marks marks={marks} line={line} to={to} area={area} unnamed={unnamed} />
        </Chart>
      </div>
      <Spots marks={marks} to={to} onActive={setActive} />
      {shown && <Tip mark={shown} marks={marks} to={to} area={area} height={height} />}
    </div>
  );
}

interface MarksProps extends Pick<ScatterChartProps, 'marks' | 'line' | 'unnamed'> {
  readonly to: Projection;
  readonly area: Area;
}

/** From back to front: bars, background, the line, named marks, names. */
function Marks({ marks, line, unnamed, to, area }: MarksProps) {
  const at = (x: number, y: number): string => `${to.px(x).toFixed(1)},${to.py(y).toFixed(1)}`;
  // Solid ones choose their places first.
  const named = marks
    .filter((mark) => mark.short !== undefined)
    .toSorted((a, b) => Number(a.hollow) - Number(b.hollow));
  const names = placeNames(
    named.map(({ key, x, y, short }) => ({ key, text: short ?? '', x: to.px(x), y: to.py(y) })),
    area,
  );
  return (
    <g className="marks">
      {marks.map(({ key, x, y, xBar, yBar, color }) => (
        <g key={key} stroke={color} strokeWidth={1.25} strokeOpacity={0.7}>
          {xBar && <path className="bar" d={`M${at(xBar[0], y)}L${at(xBar[1], y)}`} />}
          {yBar && <path className="bar" d={`M${at(x, yBar[0])}L${at(x, yBar[1])}`} />}
        </g>
      ))}
      {marks
        .filter((mark) => mark.short === undefined)
        .map(({ key, x, y, color, marker }) => (
          <path
            key={key}
            className="small"
            data-mark={key}
            d={markerPath(marker, SMALL)}
            transform={`translate(${at(x, y)})`}
            fill={color}
            fillOpacity={0.6}
          />
        ))}
      {line.length > 0 && (
        <path
          className="front"
          d={`M${line.map(({ x, y }) => at(x, y)).join('L')}`}
          fill="none"
          stroke="var(--ink-2)"
          strokeWidth={1.75}
          strokeLinejoin="round"
        />
      )}
      {named.toReversed().map(({ key, x, y, color, marker, hollow }) => (
        <path
          key={key}
          className="large"
          data-mark={key}
          data-hollow={hollow}
          d={markerPath(marker, LARGE)}
          transform={`translate(${at(x, y)})`}
          fill={hollow ? 'var(--panel)' : color}
          stroke={hollow ? color : 'var(--panel)'}
          strokeWidth={hollow ? 1.75 : 1}
        />
      ))}
      <g className={styles['endLabels']}>
        {names.map(({ key, text, x, y }) => (
          <text key={key} x={x} y={y} dy="0.35em">
            {text}
          </text>
        ))}
      </g>
      {names.length < named.length && (
        <g className={styles['axisNames']}>
          <text x={area.x + area.width} y={area.y - 5} textAnchor="end">
            {unnamed(named.length - names.length)}
          </text>
        </g>
      )}
    </g>
  );
}

/** What takes the focus: one tab stop, arrows from there on. */
function Spots({
  marks,
  to,
  onActive,
}: {
  readonly marks: readonly ScatterMark[];
  readonly to: Projection;
  readonly onActive: (key: string | null) => void;
}) {
  const box = useRef<HTMLDivElement>(null);
  const [stop, setStop] = useState(0);
  const spots = marks.filter(({ short }) => short !== undefined).toSorted((a, b) => a.x - b.x || a.y - b.y);
  const current = Math.min(stop, spots.length - 1);
  const walk = (event: KeyboardEvent<HTMLElement>): void => {
    const { key } = event;
    const next =
      key === 'ArrowRight' || key === 'ArrowUp'
        ? current + 1
        : key === 'ArrowLeft' || key === 'ArrowDown'
          ? current - 1
          : key === 'Home'
            ? 0
            : key === 'End'
              ? spots.length - 1
              : null;
    if (next === null) return;
    event.preventDefault();
    box.current?.querySelectorAll('button')[Math.max(0, Math.min(spots.length - 1, next))]?.focus();
  };
  return (
    <div ref={box}>
      {spots.map(({ key, x, y, says }, i) => (
        <button
          key={key}
          type="button"
          className={styles['spot']}
          style={{ left: to.px(x), top: to.py(y) }}
          tabIndex={i === current ? 0 : -1}
          aria-label={says.join('. ')}
          onKeyDown={walk}
          onBlur={() => onActive(null)}
          onFocus={() => {
            setStop(i);
            onActive(key);
          }}
        />
      ))}
    </div>
  );
}

interface TipProps {
  readonly mark: ScatterMark;
  readonly marks: readonly ScatterMark[];
  readonly to: Projection;
  readonly area: Area;
  readonly height: number;
}

/** Of a mark and of those under it. Says what the marks' names say: not for screen readers. */
function Tip({ mark, marks, to, area, height }: TipProps) {
  const [px, py] = [to.px(mark.x), to.py(mark.y)];
  const together = marks.filter(
    ({ key, short, x, y }) =>
      key === mark.key ||
      (short !== undefined && mark.short !== undefined && Math.hypot(to.px(x) - px, to.py(y) - py) < SAME),
  );
  const across = px > area.x + area.width / 2 ? { right: `calc(100% - ${px - 12}px)` } : { left: px + 12 };
  return (
    <div
      className={`${styles['tip']} ${styles['markTip']}`}
      aria-hidden="true"
      style={{
        ...across,
        ...(py > area.y + area.height / 2 ? { top: 'auto', bottom: height - py + 8 } : { top: py + 8 }),
      }}
    >
      {together.map(({ key, says: [name, ...rest] }) => (
        <div key={key}>
          <b>{name}</b>
          {rest.map((one) => (
            <p key={one}>{one}</p>
          ))}
        </div>
      ))}
    </div>
  );
}
