/**
 * A cursor over a chart and the values of its lines there, for a pointer as for a finger; other charts of the
 * same unit show where it is.
 */
import { useEffect, useId, useRef, useState, type PointerEvent, type ReactNode } from 'react';
import { useFormat } from '../text/format';
import { cursorLink, useOtherCursor } from './linked-cursor';
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
  const box = useRef<HTMLDivElement>(null);
  const id = useId();
  const elsewhere = useOtherCursor(id, xUnit);
  const read = (event: PointerEvent<HTMLDivElement>): void => {
    const pixel = event.clientX - event.currentTarget.getBoundingClientRect().left;
    cancelAnimationFrame(frame.current);
    frame.current = requestAnimationFrame(() => {
      if (pixel < area.x || pixel > area.x + area.width) return setReading(null);
      const { px, xAt } = projection(area, scales);
      const traces = source.read();
      const wanted = xAt(pixel);
      const longest = traces.reduce<readonly number[]>(
        (best, trace) => (trace.xs.length > best.length ? trace.xs : best),
        [],
      );
      const x = longest[nearest(longest, wanted)];
      if (x === undefined) return setReading(null);
      cursorLink.point({ by: id, unit: xUnit, x });
      setReading({
        x,
        px: px(x),
        marks: marks.filter(({ at }) => Math.abs(px(at[xUnit]) - pixel) <= REACH),
        values: source.lines.flatMap(({ key, label }, i) => {
          const { xs, ys } = traces[i] ?? { xs: [], ys: [] };
          const at = nearest(xs, x);
          const value = ys[at];
          const beside = source.lines[i]!.bounded && (x < xs[0]! || x > xs.at(-1)!);
          return value === undefined || beside || (source.exact && xs[at] !== x)
            ? []
            : [{ key, label, value }];
        }),
      });
    });
  };
  const leave = (): void => {
    cancelAnimationFrame(frame.current);
    cursorLink.leave(id);
    setReading(null);
  };
  // A finger that is lifted leaves what it pointed at in sight, until something else is touched.
  const open = reading !== null;
  useEffect(() => {
    if (!open) return undefined;
    const away = (event: globalThis.PointerEvent): void => {
      if (event.target instanceof Node && box.current?.contains(event.target)) return;
      cursorLink.leave(id);
      setReading(null);
    };
    document.addEventListener('pointerdown', away);
    return () => document.removeEventListener('pointerdown', away);
  }, [open, id]);
  useEffect(() => () => cursorLink.leave(id), [id]);
  const { px: toPixel } = projection(area, scales);
  const inSight = elsewhere !== null && elsewhere >= scales.x.domain[0] && elsewhere <= scales.x.domain[1];
  const right = reading !== null && reading.px > area.x + area.width / 2;
  return (
    <div
      ref={box}
      className={styles['hover']}
      onPointerDown={read}
      onPointerMove={read}
      onPointerLeave={(event) => {
        if (event.pointerType !== 'touch') leave();
      }}
    >
      {children}
      {!reading && inSight && (
        <div
          className={styles['linked']}
          style={{ left: toPixel(elsewhere), top: area.y, height: area.height }}
        />
      )}
      {reading && (
        <>
          <div className={styles['cursor']} style={{ left: reading.px, top: area.y, height: area.height }} />
          <div
            className={styles['tip']}
            style={right ? { right: `calc(100% - ${reading.px - 8}px)` } : { left: reading.px + 8 }}
          >
            <p>
              {xLabel} {format.integer(reading.x)}
            </p>
            {reading.marks.map(({ key, label, detail }) => (
              <p key={key} className={styles['tipMark']}>
                {detail ?? label}
              </p>
            ))}
            <table>
              <tbody>
                {reading.values.map(({ key, label, value }) => (
                  <tr key={key}>
                    <th scope="row">{label}</th>
                    <td>{format.reading(value, digits)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        </>
      )}
    </div>
  );
}
