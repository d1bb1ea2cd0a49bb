/**
 * What lies over the bars or cells of a chart and takes pointer and focus: one tab stop, arrows from there on; each
 * says its numbers, and leads to what it counts where there is such a place.
 */
import { useRef, useState, type KeyboardEvent } from 'react';
import { Link } from 'react-router';
import styles from './chart-cells.module.css';

export interface ChartCell {
  readonly key: string;
  /** Place in the grid that the arrows walk. */
  readonly row: number;
  readonly column: number;
  /** In pixels of the chart. */
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
  readonly says: string;
  /** Route of what it counts; null: nowhere. */
  readonly to: string | null;
}

const STEPS: Readonly<Record<string, readonly [row: number, column: number]>> = {
  ArrowRight: [0, 1],
  ArrowLeft: [0, -1],
  ArrowDown: [1, 0],
  ArrowUp: [-1, 0],
};

/** The nearest cell in that direction: along the row, or of another row the one nearest by column. */
function step(cells: readonly ChartCell[], from: ChartCell, [down, right]: readonly [number, number]) {
  const ahead = cells.filter((one) =>
    down === 0
      ? one.row === from.row && (one.column - from.column) * right > 0
      : (one.row - from.row) * down > 0,
  );
  const distance = (one: ChartCell): number =>
    Math.abs(one.row - from.row) * 1000 + Math.abs(one.column - from.column);
  return ahead.toSorted((a, b) => distance(a) - distance(b))[0];
}

export function ChartCells({
  cells,
  width,
}: {
  readonly cells: readonly ChartCell[];
  readonly width: number;
}) {
  const box = useRef<HTMLDivElement>(null);
  const [stop, setStop] = useState('');
  const [shown, setShown] = useState<string | null>(null);
  const current = cells.find(({ key }) => key === stop) ?? cells[0];
  const told = cells.find(({ key }) => key === shown);
  const walk = (event: KeyboardEvent<HTMLElement>): void => {
    const direction = STEPS[event.key];
    const edge = event.key === 'Home' ? cells[0] : event.key === 'End' ? cells.at(-1) : undefined;
    const next = direction && current ? step(cells, current, direction) : edge;
    if (!direction && !edge) return;
    event.preventDefault();
    if (next) box.current?.querySelector<HTMLElement>(`[data-key="${CSS.escape(next.key)}"]`)?.focus();
  };
  return (
    <div ref={box} onPointerLeave={() => setShown(null)}>
      {cells.map(({ key, left, top, width: w, height: h, says, to }) => {
        const props = {
          'data-key': key,
          className: styles['cell'] ?? '',
          style: { left, top, width: w, height: h },
          tabIndex: key === current?.key ? 0 : -1,
          'aria-label': says,
          onKeyDown: walk,
          onFocus: () => {
            setStop(key);
            setShown(key);
          },
          onBlur: () => setShown(null),
          onPointerEnter: () => setShown(key),
        };
        return to === null ? (
          <button key={key} type="button" {...props} />
        ) : (
          <Link key={key} to={to} {...props} />
        );
      })}
      {told && (
        <p
          className={styles['tip']}
          aria-hidden="true"
          style={
            told.left > width / 2
              ? { right: `calc(100% - ${told.left}px)`, top: told.top }
              : { left: told.left + told.width, top: told.top }
          }
        >
          {told.says}
        </p>
      )}
    </div>
  );
}
