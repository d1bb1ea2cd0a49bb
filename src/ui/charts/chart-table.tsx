/** A chart's numbers as a table, kept up while it is open. */
import { useFormat } from '../format';
import { ScrollBox } from '../scroll-box';
import type { TraceSource } from './plot';
import { useTurns } from './scheduler';
import styles from './charts.module.css';

export interface ChartTableProps {
  readonly title: string;
  readonly source: TraceSource;
  readonly xLabel: string;
  readonly digits: number;
}

export function ChartTable({ title, source, xLabel, digits }: ChartTableProps) {
  const format = useFormat();
  const traces = useTurns(source.read, source.subscribe);
  const rows = new Map<number, (number | undefined)[]>();
  traces.forEach(({ xs, ys }, line) => xs.forEach((x, i) => {
    const row = rows.get(x) ?? [];
    row[line] = ys[i];
    rows.set(x, row);
  }));
  return (
    <ScrollBox className={styles['tableBox']} title={title}>
      <table className={styles['table']}>
        <caption className="visually-hidden">{title}</caption>
        <thead><tr><th scope="col">{xLabel}</th>{source.lines.map((line) => <th scope="col" key={line.key}>{line.label}</th>)}</tr></thead>
        <tbody>
          {[...rows].sort(([a], [b]) => a - b).map(([x, values]) => (
            <tr key={x}>
              <th scope="row">{format.integer(x)}</th>
              {source.lines.map((line, i) => <td key={line.key}>{format.fixed(values[i], digits)}</td>)}
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollBox>
  );
}
