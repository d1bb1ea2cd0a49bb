/**
 * Moments that every chart of a run marks: a vertical line with words, a row of its table, a cell of its CSV; and a veil over what
 * lies before the run's own beginning. The screen provides them once; a chart only knows what its axis counts.
 */
import { createContext, memo, useContext } from 'react';
import type { Cell } from '../../core/export/csv';
import { projection, type Area, type Scales } from './plot';
import styles from './charts.module.css';

export type AxisUnit = 'step' | 'epoch';

export interface Mark {
  readonly key: string;
  /** Where it lies on either axis: steps done, epochs done (a fraction where it lies inside one). */
  readonly at: Readonly<Record<AxisUnit, number>>;
  readonly label: string;
}

export interface Marks {
  readonly marks: readonly Mark[];
  /** What lies before is drawn back; null: nothing does. */
  readonly veilBefore: Readonly<Record<AxisUnit, number>> | null;
  /** Heading of the CSV column. */
  readonly column: string;
}

const NO_MARKS: Marks = { marks: [], veilBefore: null, column: 'mark' };
const Context = createContext<Marks>(NO_MARKS);

/** Must be given the same object until a mark changes. */
export const MarksProvider = Context.Provider;
export const useMarks = (): Marks => useContext(Context);

const LINE = 13;
/** Labels of neighbours stand on lines of their own, so many before they begin again at the top. */
const LINES = 3;
const NEAR_EDGE = 110;

export interface MarkLinesProps {
  readonly unit: AxisUnit;
  readonly area: Area;
  readonly scales: Scales;
}

export const MarkLines = memo(function MarkLines({ unit, area, scales }: MarkLinesProps) {
  const { marks, veilBefore } = useMarks();
  const { px } = projection(area, scales);
  const [from, to] = scales.x.domain;
  const veil = veilBefore === null ? 0 : px(veilBefore[unit]) - area.x;
  return (
    <g className="marks">
      {veil > 0 && <rect className={styles['veil']} x={area.x} y={area.y} width={veil} height={area.height} />}
      {marks.filter(({ at }) => at[unit] >= from && at[unit] <= to).map(({ key, at, label }, i) => {
        const x = px(at[unit]);
        const left = area.x + area.width - x < NEAR_EDGE;
        return (
          <g key={key} className={styles['mark']}>
            <line x1={x} x2={x} y1={area.y} y2={area.y + area.height} />
            <text x={left ? x - 4 : x + 4} y={area.y + 9 + (i % LINES) * LINE} textAnchor={left ? 'end' : 'start'}>{label}</text>
          </g>
        );
      })}
    </g>
  );
});

/** The marks as one more column: at the row of their x, which comes first in every row, or in a row of their own. */
export function withMarks(
  { header, rows }: { readonly header: readonly string[]; readonly rows: readonly (readonly Cell[])[] }, { marks, column }: Marks, unit: AxisUnit,
): { readonly header: readonly string[]; readonly rows: readonly (readonly Cell[])[] } {
  if (marks.length === 0) return { header, rows };
  const labels = new Map<number, string>();
  for (const { at, label } of marks) labels.set(at[unit], labels.has(at[unit]) ? `${labels.get(at[unit])}; ${label}` : label);
  const known = new Set(rows.map(([x]) => x));
  const own = [...labels].filter(([x]) => !known.has(x)).map(([x, label]): Cell[] => [x, ...header.slice(1).map(() => null), label]);
  const all = [...rows.map((row): Cell[] => [...row, labels.get(Number(row[0])) ?? null]), ...own];
  return { header: [...header, column], rows: own.length === 0 ? all : all.sort((a, b) => Number(a[0]) - Number(b[0])) };
}
