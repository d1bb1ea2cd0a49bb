/**
 * Moments that every chart of a run marks: a vertical line with words, an entry of its key, a row of its
 * table, a cell of its CSV; and a veil over what lies before the run's own beginning. The screen provides
 * them once; a chart only knows what its axis counts.
 */
import { createContext, memo, useContext } from 'react';
import type { Cell } from '../../core/export/csv';
import { placeWords } from '../../core/export/label-places';
import { markerPath } from '../tasks';
import { projection, type Area, type LineStyle, type Scales } from './plot';
import { textWidth } from './text-width';
import styles from './charts.module.css';

export type AxisUnit = 'step' | 'epoch';

export interface Mark {
  readonly key: string;
  /** Where it lies on either axis: steps done, epochs done (a fraction where it lies inside one). */
  readonly at: Readonly<Record<AxisUnit, number>>;
  /** How it looks: see {@link MARK_STYLE}. */
  readonly kind: MarkKind;
  readonly label: string;
  /** The whole story, where there is more to tell than stands beside the line. */
  readonly detail?: string;
}

/** Another strategy, options changed by hand, or only how gradients are measured. */
export type MarkKind = 'strategy' | 'options' | 'instruments';

/** Told apart by dashes and by what sits on the line, in the key as in the chart. */
export const MARK_STYLE: Readonly<Record<MarkKind, Pick<LineStyle, 'color' | 'dash' | 'width' | 'marker'>>> =
  {
    strategy: { color: 'var(--ink-2)', dash: '4 2', width: 1.25 },
    options: { color: 'var(--ink-2)', dash: '1.5 3', width: 1, marker: 'triangle' },
    instruments: { color: 'var(--ink-3)', dash: '1.5 3', width: 1, marker: 'square' },
  };

export interface Marks {
  readonly marks: readonly Mark[];
  /** What lies before is drawn back; null: nothing does. */
  readonly veilBefore: Readonly<Record<AxisUnit, number>> | null;
  /** Heading of the CSV column. */
  readonly column: string;
  /** What each kind is called in the key. */
  readonly words: Readonly<Record<MarkKind, string>>;
}

const NO_MARKS: Marks = {
  marks: [],
  veilBefore: null,
  column: 'mark',
  words: { strategy: '', options: '', instruments: '' },
};
const Context = createContext<Marks>(NO_MARKS);

/** Must be given the same object until a mark changes. */
export const MarksProvider = Context.Provider;
export const useMarks = (): Marks => useContext(Context);

/** The kinds that occur, for a chart's key. */
export const marksInKey = ({ marks, words }: Marks): readonly LineStyle[] =>
  (Object.keys(MARK_STYLE) as MarkKind[])
    .filter((kind) => marks.some((mark) => mark.kind === kind))
    .map((kind) => ({ key: `mark-${kind}`, label: words[kind], ...MARK_STYLE[kind] }));

const LINE = 13;
/**
 * Labels stand on the first of so many lines that has room for them; without room the cursor tells what the
 * mark is.
 */
const LINES = 3;
const LETTERS = 10.5;
const widthOf = (text: string): number => textWidth(text, LETTERS);

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
  const drawn = marks
    .filter(({ at }) => at[unit] >= from && at[unit] <= to)
    .map((mark) => ({ ...mark, x: px(mark.at[unit]) }));
  const places = placeWords(
    drawn.map(({ x, label, kind }) => ({ x, text: label, first: kind === 'strategy' })),
    { from: area.x, to: area.x + area.width, rows: LINES },
    widthOf,
  );
  return (
    <g className="marks">
      {veil > 0 && (
        <rect className={styles['veil']} x={area.x} y={area.y} width={veil} height={area.height} />
      )}
      {drawn.map(({ key, kind, x }, i) => {
        const { color, dash, width, marker } = MARK_STYLE[kind];
        const place = places[i];
        return (
          <g key={key} className={styles['mark']} data-mark={kind}>
            <line
              x1={x}
              x2={x}
              y1={area.y}
              y2={area.y + area.height}
              stroke={color}
              strokeWidth={width}
              strokeDasharray={dash}
            />
            {marker && (
              <path
                d={markerPath(marker, 3.5)}
                transform={`translate(${x} ${area.y + area.height - 4})`}
                fill={color}
              />
            )}
            {place && (
              <text
                x={place.left ? place.to : place.from}
                y={area.y + 9 + place.row * LINE}
                textAnchor={place.left ? 'end' : 'start'}
              >
                {place.text}
              </text>
            )}
          </g>
        );
      })}
    </g>
  );
});

/**
 * The marks as one more column: at the row of their x, which comes first in every row, or in a row of their
 * own.
 */
export function withMarks(
  { header, rows }: { readonly header: readonly string[]; readonly rows: readonly (readonly Cell[])[] },
  { marks, column }: Marks,
  unit: AxisUnit,
): { readonly header: readonly string[]; readonly rows: readonly (readonly Cell[])[] } {
  if (marks.length === 0) return { header, rows };
  const labels = new Map<number, string>();
  for (const { at, label } of marks)
    labels.set(at[unit], labels.has(at[unit]) ? `${labels.get(at[unit])}; ${label}` : label);
  const known = new Set(rows.map(([x]) => x));
  const own = [...labels]
    .filter(([x]) => !known.has(x))
    .map(([x, label]): Cell[] => [x, ...header.slice(1).map(() => null), label]);
  const all = [...rows.map((row): Cell[] => [...row, labels.get(Number(row[0])) ?? null]), ...own];
  return {
    header: [...header, column],
    rows: own.length === 0 ? all : all.sort((a, b) => Number(a[0]) - Number(b[0])),
  };
}
