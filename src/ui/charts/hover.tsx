/** A cursor over a chart and the values of its lines there. */
import { useRef, useState, type PointerEvent, type ReactNode } from 'react';
import { useFormat } from '../format';
import { useMarks, type AxisUnit, type Mark } from './marks';
import { nearest, projection, type Area, type Scales, type TraceSource } from './plot';
import styles from './charts.module.css';

export interface HoverProps {
  readonly source: TraceSource;
  readonly area: Area;
  readonly scales: Scales;
  readonly xLabel: string;
  readonly xUnit: AxisUnit;
  readonly digits: number;
  readonly children: ReactNode;
}

interface Reading {
  readonly px: number;
  readonly x: number;
  readonly values: readonly { readonly key: string; readonly label: string; readonly value: number }[];
  /** Marks under the cursor. */
  readonly marks: readonly Mark[];
}

/** A mark is read this near, in pixels. */
const REACH = 7;

export function Hover({ source, area, scales, xLabel, xUnit, digits, children }: HoverProps) {
  const format = useFormat();
  const { marks } = useMarks();
  const [reading, setReading] = useState<Reading | null>(null);
  const frame = useRef(0);
  const read = (event: PointerEvent<HTMLDivElement>): void => {
    const pixel = event.clientX - event.currentTarget.getBoundingClientRect().left;
    cancelAnimationFrame(frame.current);
    frame.current = requestAnimationFrame(() => {
      if (pixel < area.x || pixel > area.x + area.width) return setReading(null);
      const { px, xAt } = projection(area, scales);
      const traces = source.read();
      const wanted = xAt(pixel);
      const longest = traces.reduce<readonly number[]>((best, trace) => (trace.xs.length > best.length ? trace.xs : best), []);
      const x = longest[nearest(longest, wanted)];
      if (x === undefined) return setReading(null);
      setReading({
        x, px: px(x), marks: marks.filter(({ at }) => Math.abs(px(at[xUnit]) - pixel) <= REACH),
        values: source.lines.flatMap(({ key, label }, i) => {
          const { xs, ys } = traces[i] ?? { xs: [], ys: [] };
          const at = nearest(xs, x);
          const value = ys[at];
          const beside = source.lines[i]!.bounded && (x < xs[0]! || x > xs.at(-1)!);
          return value === undefined || beside || (source.exact && xs[at] !== x) ? [] : [{ key, label, value }];
        }),
      });
    });
  };
  const leave = (): void => {
    cancelAnimationFrame(frame.current);
    setReading(null);
  };
  const right = reading !== null && reading.px > area.x + area.width / 2;
  return (
    <div className={styles['hover']} onPointerMove={read} onPointerLeave={leave}>
      {children}
      {reading && (
        <>
          <div className={styles['cursor']} style={{ left: reading.px, top: area.y, height: area.height }} />
          <div className={styles['tip']} style={right ? { right: `calc(100% - ${reading.px - 8}px)` } : { left: reading.px + 8 }}>
            <p>{xLabel} {format.integer(reading.x)}</p>
            {reading.marks.map(({ key, label, detail }) => <p key={key} className={styles['tipMark']}>{detail ?? label}</p>)}
            <table>
              <tbody>{reading.values.map(({ key, label, value }) => <tr key={key}><th scope="row">{label}</th><td>{format.reading(value, digits)}</td></tr>)}</tbody>
            </table>
          </div>
        </>
      )}
    </div>
  );
}
