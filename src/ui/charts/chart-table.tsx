/** A chart's numbers as a table, kept up while it is open. */
import { Fragment } from 'react';
import { useFormat } from '../text/format';
import { ScrollBox } from '../controls/scroll-box';
import { useMarks, type AxisUnit } from './marks';
import type { TraceSource } from './plot';
import { useTurns } from './scheduler';
import styles from './charts.module.css';

export interface ChartTableProps {
  readonly title: string;
  readonly source: TraceSource;
  readonly xLabel: string;
  readonly xUnit: AxisUnit;
  readonly digits: number;
}

export function ChartTable({ title, source, xLabel, xUnit, digits }: ChartTableProps) {
  const format = useFormat();
  const traces = useTurns(source.read, source.subscribe);
  const { marks } = useMarks();
  const rows = new Map<number, (number | undefined)[]>();
  traces.forEach(({ xs, ys }, line) =>
    xs.forEach((x, i) => {
      const row = rows.get(x) ?? [];
      row[line] = ys[i];
      rows.set(x, row);
    }),
  );
  return (
    <ScrollBox className={styles['tableBox']} title={title}>
      <table className={styles['table']}>
        <caption className="visually-hidden">{title}</caption>
        <thead>
          <tr>
            <th scope="col">{xLabel}</th>
            {source.lines.map((line) => (
              <th scope="col" key={line.key}>
                {line.label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {[...rows]
            .sort(([a], [b]) => a - b)
            .map(([x, values], row, sorted) => (
              <Fragment key={x}>
                <tr>
                  <th scope="row">{format.integer(x)}</th>
                  {source.lines.map((line, i) => (
                    <td key={line.key}>{format.reading(values[i], digits)}</td>
                  ))}
                </tr>
                {marks
                  .filter(
                    ({ at }) =>
                      at[xUnit] >= x && at[xUnit] < (sorted[row + 1]?.[0] ?? Number.POSITIVE_INFINITY),
                  )
                  .map(({ key, at, label }) => (
                    <tr key={key} className={styles['markRow']}>
                      <th scope="row">{format.significant(at[xUnit], 6)}</th>
                      <td colSpan={source.lines.length}>{label}</td>
                    </tr>
                  ))}
              </Fragment>
            ))}
        </tbody>
      </table>
    </ScrollBox>
  );
}
