/**
 * Bars over bins: one row, or one below the other with the same axes, so that shapes can be compared without
 * colours. Of several rows a bar is a share of its row. Drawn only: ChartFrame gives it a name, a table and files.
 */
import { ChartBox } from './chart-box';
import { ChartCells, type ChartCell } from './chart-cells';
import styles from './chart-cells.module.css';
import { linearAxis } from './ticks';

export interface HistogramRow {
  readonly key: string;
  /** Empty: the only one. */
  readonly label: string;
  /** One a bin. */
  readonly counts: readonly number[];
}

export interface HistogramChartProps {
  readonly rows: readonly HistogramRow[];
  /** Ends of the bins: one more than bins. */
  readonly edges: readonly number[];
  readonly xLabel: string;
  readonly tick: (value: number) => string;
  /** What a bar says: its ends, its number. */
  readonly says: (row: HistogramRow, bin: number) => string;
  /** Route of its utterances. */
  readonly to: (row: HistogramRow, bin: number) => string | null;
}

const [LEFT, RIGHT, BOTTOM, NAME] = [10, 14, 38, 16] as const;
const [ALONE, BESIDE] = [200, 62] as const;

export function HistogramChart(props: HistogramChartProps) {
  const height = props.rows.length === 1 ? ALONE + BOTTOM : props.rows.length * BESIDE + BOTTOM;
  return <ChartBox height={height}>{(width) => <Plot {...props} width={width} height={height} />}</ChartBox>;
}

function Plot({
  rows,
  edges,
  xLabel,
  tick,
  says,
  to,
  width,
  height,
}: HistogramChartProps & { readonly width: number; readonly height: number }) {
  const [low, high] = [edges[0]!, edges.at(-1)!];
  const x = (value: number): number => LEFT + ((value - low) / (high - low)) * (width - LEFT - RIGHT);
  const rowHeight = rows.length === 1 ? ALONE : BESIDE;
  const name = rows.length === 1 ? 6 : NAME;
  const total = ({ counts }: HistogramRow): number => counts.reduce((sum, count) => sum + count, 0);
  const share = (row: HistogramRow, count: number): number =>
    rows.length === 1 ? count : count / Math.max(1, total(row));
  const most = Math.max(...rows.flatMap((row) => row.counts.map((count) => share(row, count))), 1e-12);
  const bars = rows.flatMap((row, i) =>
    row.counts.flatMap((count, bin) => {
      if (count === 0) return [];
      const full = rowHeight - name - 4;
      const tall = Math.max(1, (share(row, count) / most) * full);
      const left = x(edges[bin]!);
      return [{ row, i, bin, left, width: x(edges[bin + 1]!) - left, tall, base: (i + 1) * rowHeight }];
    }),
  );
  const cells = bars.map((bar): ChartCell => ({
    key: `${bar.row.key}/${bar.bin}`,
    row: bar.i,
    column: bar.bin,
    left: bar.left,
    top: bar.i * rowHeight + name,
    width: bar.width,
    height: rowHeight - name,
    says: says(bar.row, bar.bin),
    to: to(bar.row, bar.bin),
  }));
  const ticks = linearAxis(low, high, Math.max(2, Math.floor(width / 90))).ticks.filter(
    (value) => value >= low && value <= high,
  );
  return (
    <div className={styles['plot']}>
      <svg
        width={width}
        height={height}
        className={`recharts-surface ${styles['picture']}`}
        aria-hidden="true"
      >
        {ticks.map((value) => (
          <g key={value}>
            <line
              className={styles['grid']}
              x1={x(value)}
              x2={x(value)}
              y1={0}
              y2={rows.length * rowHeight}
            />
            <text x={x(value)} y={rows.length * rowHeight + 15} textAnchor="middle">
              {tick(value)}
            </text>
          </g>
        ))}
        {bars.map(({ row, bin, left, width: wide, tall, base }) => (
          <rect
            key={`${row.key}/${bin}`}
            className={styles['bar']}
            x={left + 0.5}
            width={Math.max(1, wide - 1)}
            y={base - tall}
            height={tall}
          />
        ))}
        {rows.map((row, i) => (
          <g key={row.key}>
            <line
              className={styles['axis']}
              x1={LEFT}
              x2={width - RIGHT}
              y1={(i + 1) * rowHeight}
              y2={(i + 1) * rowHeight}
            />
            {row.label !== '' && (
              <text className={styles['name']} x={LEFT} y={i * rowHeight + 12}>
                {row.label}
              </text>
            )}
          </g>
        ))}
        <text x={(LEFT + width - RIGHT) / 2} y={height - 5} textAnchor="middle">
          {xLabel}
        </text>
      </svg>
      <ChartCells cells={cells} width={width} />
    </div>
  );
}
