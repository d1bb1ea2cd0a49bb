/**
 * Counts of two columns' values against each other, shaded by the share of the row. Drawn only: ChartFrame gives it
 * a name, a table and files.
 */
import { ChartBox } from './chart-box';
import { ChartCells, type ChartCell } from './chart-cells';
import styles from './chart-cells.module.css';
import { textWidth } from './text-width';

export interface HeatMapProps {
  readonly rows: readonly string[];
  readonly columns: readonly string[];
  readonly table: readonly (readonly number[])[];
  readonly rowTitle: string;
  readonly columnTitle: string;
  readonly count: (value: number) => string;
  readonly says: (row: number, column: number) => string;
  readonly to: (row: number, column: number) => string | null;
}

/** The darkest cell, so that the same ink is readable on every one; as in confusion-table.module.css. */
const DARKEST = 0.55;
const [TITLE, EDGE, SIZE, ROW] = [18, 8, 11, 26] as const;
/** Longer names are cut; what a cell says has them whole. */
const LONGEST = 110;

export function HeatMap(props: HeatMapProps) {
  const names = Math.min(LONGEST, Math.max(...props.columns.map((name) => textWidth(name, SIZE)), 20));
  const top = TITLE + names + 8;
  const height = top + props.rows.length * ROW + EDGE + 12;
  return (
    <ChartBox height={height}>
      {(width) => <Plot {...props} width={width} height={height} top={top} />}
    </ChartBox>
  );
}

/** As much of a name as fits. */
function cut(name: string): string {
  if (textWidth(name, SIZE) <= LONGEST) return name;
  let end = name.length;
  while (end > 1 && textWidth(`${name.slice(0, end)}…`, SIZE) > LONGEST) end--;
  return `${name.slice(0, end)}…`;
}

function Plot({
  rows,
  columns,
  table,
  rowTitle,
  columnTitle,
  count,
  says,
  to,
  width,
  height,
  top,
}: HeatMapProps & { readonly width: number; readonly height: number; readonly top: number }) {
  const left =
    TITLE + EDGE + Math.min(LONGEST, Math.max(...rows.map((name) => textWidth(name, SIZE)), 20)) + 6;
  const widest = Math.max(...table.flat().map((value) => textWidth(count(value), SIZE))) + 8;
  const side = Math.max(22, Math.min(84, (width - left - EDGE) / columns.length));
  const full = Math.max(width, left + side * columns.length + EDGE);
  const totals = table.map((row) => row.reduce((sum, value) => sum + value, 0));
  const cells: ChartCell[] = [];
  for (const [i, row] of table.entries())
    for (const k of row.keys())
      cells.push({
        key: `${i}/${k}`,
        row: i,
        column: k,
        left: left + k * side,
        top: top + i * ROW,
        width: side,
        height: ROW,
        says: says(i, k),
        to: row[k] === 0 ? null : to(i, k),
      });
  return (
    <div className={styles['scroll']}>
      <div className={styles['plot']} style={{ width: full }}>
        <svg
          width={full}
          height={height - 12}
          className={`recharts-surface ${styles['picture']}`}
          aria-hidden="true"
        >
          <text x={left} y={12}>
            {columnTitle}
          </text>
          <text transform={`translate(13 ${top}) rotate(-90)`} textAnchor="end">
            {rowTitle}
          </text>
          {columns.map((name, k) => (
            <text
              key={name}
              className={styles['name']}
              transform={`translate(${left + (k + 0.5) * side + 4} ${top - 6}) rotate(-90)`}
            >
              {cut(name)}
            </text>
          ))}
          {rows.map((name, i) => (
            <g key={name}>
              <text className={styles['name']} x={left - 6} y={top + i * ROW + ROW / 2 + 4} textAnchor="end">
                {cut(name)}
              </text>
              {table[i]!.map((value, k) => {
                const box = {
                  x: left + k * side + 0.5,
                  y: top + i * ROW + 0.5,
                  width: side - 1,
                  height: ROW - 1,
                };
                return (
                  <g key={columns[k]}>
                    <rect {...box} className={styles['ground']} />
                    <rect
                      {...box}
                      className={styles['shade']}
                      fillOpacity={((value / Math.max(1, totals[i]!)) * DARKEST).toFixed(4)}
                    />
                    {side >= widest && (
                      <text
                        className={styles['count']}
                        x={left + (k + 0.5) * side}
                        y={top + i * ROW + ROW / 2 + 4}
                        textAnchor="middle"
                      >
                        {count(value)}
                      </text>
                    )}
                  </g>
                );
              })}
            </g>
          ))}
        </svg>
        <ChartCells cells={cells} width={full} />
      </div>
    </div>
  );
}
