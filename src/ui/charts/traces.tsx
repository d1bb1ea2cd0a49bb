/**
 * Everything in a chart that moves: the lines, their markers and end labels, as plain SVG paths inside
 * recharts' surface. Why not recharts' own lines: new data costs it about 25 ms of the page's time (axes,
 * grid, store), a path costs less than one.
 */
import { placeEnds } from '../../core/export/label-places';
import { markerPath } from '../tasks';
import { bandPath, linePath, lonePoints, markedPoints } from './paths';
import {
  isThin,
  projection,
  type Area,
  type LineStyle,
  type Projection,
  type Scales,
  type Trace,
  type TraceSource,
} from './plot';
import { useTurns } from './scheduler';
import { textWidth } from './text-width';
import styles from './charts.module.css';

export interface TracesProps {
  readonly source: TraceSource;
  readonly area: Area;
  readonly scales: Scales;
}

const NOTHING: Trace = { xs: [], ys: [] };
const LABEL_GAP = 13;
const LABEL_SIZE = 11;
/** From the line's end to its label. */
const LABEL_AT = 9;
/** A label farther from its line is tied to it. */
const FAR = 5;

function Line({
  line,
  trace,
  to,
}: {
  readonly line: LineStyle;
  readonly trace: Trace;
  readonly to: Projection;
}) {
  return (
    <g>
      {trace.band && (
        <path
          className="band"
          data-line={line.key}
          d={bandPath(trace, to)}
          fill={line.color}
          fillOpacity={0.16}
          stroke={line.color}
          strokeOpacity={0.45}
          strokeWidth={0.75}
        />
      )}
      <path
        className="trace"
        data-line={line.key}
        data-thin={isThin(line)}
        d={linePath(trace, to)}
        fill="none"
        stroke={line.color}
        strokeWidth={line.width ?? 1.75}
        strokeOpacity={line.opacity ?? 1}
        strokeDasharray={line.dash}
        strokeLinejoin="round"
      />
      {/* A path of one point shows nothing. */}
      {!line.dots &&
        lonePoints(trace, to).map((i) => (
          <circle
            key={trace.xs[i]}
            cx={to.px(trace.xs[i]!)}
            cy={to.py(trace.ys[i]!)}
            r={2}
            fill={line.color}
          />
        ))}
      {line.dots &&
        markedPoints(trace, to).map((i) => (
          <path
            key={trace.xs[i]}
            d={markerPath(line.marker ?? 'circle', 2.4)}
            transform={`translate(${to.px(trace.xs[i]!).toFixed(1)} ${to.py(trace.ys[i]!).toFixed(1)})`}
            fill={line.color}
          />
        ))}
    </g>
  );
}

interface End {
  readonly line: LineStyle;
  readonly text: string;
  readonly px: number;
  readonly py: number;
  /** Middle of the label. */
  readonly label: number;
}

/**
 * The last points of the lines that are labelled; labels stand apart where they would overlap, and only
 * there.
 */
function endsOf(
  lines: readonly LineStyle[],
  traces: readonly Trace[],
  area: Area,
  to: Projection,
): readonly End[] {
  const traceOf = (key: string): Trace => traces[lines.findIndex((line) => line.key === key)] ?? NOTHING;
  const ends = lines.flatMap((line) => {
    const { xs, ys } = traceOf(line.key);
    const wanted =
      typeof line.endLabel === 'object' ? traceOf(line.endLabel.unless).xs.length === 0 : line.endLabel;
    const end = ys.findLastIndex((value) => !Number.isNaN(to.py(value)));
    return !wanted || end < 0
      ? []
      : [{ line, text: line.short ?? line.label, px: to.px(xs[end]!), py: to.py(ys[end]!) }];
  });
  // With the marker: a label beside another line's end must not cover that either.
  const places = placeEnds(
    ends.map(({ text, px, py }) => ({
      from: px - 4,
      to: px + LABEL_AT + textWidth(text, LABEL_SIZE),
      y: py,
    })),
    LABEL_GAP,
    area.y + 2,
    area.y + area.height,
  );
  return ends.map((end, i) => ({ ...end, label: places[i]! }));
}

export function Traces({ source, area, scales }: TracesProps) {
  const traces = useTurns(source.read, source.subscribe);
  const to = projection(area, scales);
  return (
    <g className="traces">
      {source.lines.map((line, i) => (
        <Line key={line.key} line={line} trace={traces[i] ?? NOTHING} to={to} />
      ))}
      <g className={styles['endLabels']}>
        {endsOf(source.lines, traces, area, to).map(({ line, text, px, py, label }) => (
          <g key={line.key}>
            {line.marker && (
              <path
                d={markerPath(line.marker, 4)}
                transform={`translate(${px} ${py})`}
                fill={line.color}
                className={styles['endMarker']}
              />
            )}
            {Math.abs(label - py) > FAR && (
              <path
                className={styles['tie']}
                d={`M${px + 2},${py}L${px + LABEL_AT - 1},${label}`}
                stroke={line.color}
              />
            )}
            <text x={px + LABEL_AT} y={label} dy="0.32em">
              {text}
            </text>
          </g>
        ))}
      </g>
    </g>
  );
}
