/** Any two columns against each other: counts, shares of rows, and how much one says of the other. */
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { StatisticsLinks } from '../../../core/compare/statistics-link';
import type { ColumnInfo, CrossAnswer } from '../../../core/corpus/statistics/answers';
import type { CorpusAbout } from '../../../core/protocol/contracts/stats';
import { useStatistics } from '../../../state/corpus/statistics';
import { ChartFrame } from '../../../ui/charts/chart-frame';
import { CountTable } from '../../../ui/charts/count-table';
import { HeatMap } from '../../../ui/charts/heat-map';
import { SelectField } from '../../../ui/controls/fields';
import { useFormat } from '../../../ui/text/format';
import styles from './statistics.module.css';
import { useFactWords } from './words';

export interface CrossPanelProps {
  readonly about: CorpusAbout;
  readonly columns: readonly ColumnInfo[];
  readonly links: StatisticsLinks;
}

export function CrossPanel({ about, columns, links }: CrossPanelProps) {
  const { t } = useTranslation();
  const words = useFactWords();
  const classes = columns.filter(({ kind }) => kind === 'classes');
  const known = (wanted: string | null, instead: number): string =>
    (classes.find(({ id }) => id === wanted) ?? classes[instead] ?? classes[0])?.id ?? '';
  const [wantedRows, setRows] = useState<string | null>(null);
  const [wantedColumns, setColumns] = useState<string | null>(null);
  const rows = known(wantedRows, 1);
  const across = known(wantedColumns, 0);
  const { answer } = useStatistics(
    'cross',
    rows === '' || rows === across ? null : { about, rows, columns: across },
  );
  const options = classes.map(({ id }) => ({ value: id, label: words.column(id) }));
  return (
    <div className={styles['part']}>
      <h2>{t('statistics.cross.title')}</h2>
      <div className={styles['choices']}>
        <SelectField label={t('statistics.cross.rows')} value={rows} onChange={setRows} options={options} />
        <SelectField
          label={t('statistics.cross.columns')}
          value={across}
          onChange={setColumns}
          options={options}
        />
      </div>
      {rows === across ? (
        <p className={styles['told']}>{t('statistics.cross.same')}</p>
      ) : (
        answer && <Picture answer={answer} links={links} />
      )}
    </div>
  );
}

function Picture({ answer, links }: { readonly answer: CrossAnswer; readonly links: StatisticsLinks }) {
  const { t } = useTranslation();
  const words = useFactWords();
  const format = useFormat();
  const { rows, columns, table, association } = answer;
  const coefficient = (value: number): string => (Number.isNaN(value) ? '–' : format.fixed(value, 3));
  const rowNames = rows.names.map((name) => words.value(rows.column, name));
  const columnNames = columns.names.map((name) => words.value(columns.column, name));
  const totals = table.map((row) => row.reduce((sum, count) => sum + count, 0));
  const title = t('statistics.cross.name', {
    rows: words.column(rows.column),
    columns: words.column(columns.column),
  });
  const summary = t('statistics.cross.summary', {
    count: answer.counted,
    plain: coefficient(association.plain),
    corrected: coefficient(association.corrected),
  });
  const remark = [
    answer.missing > 0 && t('statistics.cross.missing', { count: answer.missing }),
    (rows.names.length < rows.of || columns.names.length < columns.of) &&
      t('statistics.cross.hidden', {
        rows: rows.names.length,
        rowsOf: rows.of,
        columns: columns.names.length,
        columnsOf: columns.of,
      }),
  ].filter(Boolean);
  const share = (row: number, column: number): string =>
    format.percent(table[row]![column]! / Math.max(1, totals[row]!));
  return (
    <>
      <ChartFrame
        title={title}
        note={t('statistics.cross.note')}
        remark={remark.join(' ') || null}
        summary={summary}
        empty={answer.counted === 0 ? t('statistics.cross.none') : null}
        lines={[]}
        named
        parts
        fullRows={() => ({
          header: [`${rows.column} \\ ${columns.column}`, ...columns.names],
          rows: rows.names.map((name, i) => [name, ...table[i]!]),
        })}
        chart={
          <HeatMap
            rows={rowNames}
            columns={columnNames}
            table={table}
            rowTitle={words.column(rows.column)}
            columnTitle={words.column(columns.column)}
            count={format.integer}
            says={(i, k) =>
              t('statistics.cross.cell', {
                row: rowNames[i]!,
                column: columnNames[k]!,
                count: table[i]![k]!,
                share: share(i, k),
              })
            }
            to={(i, k) => links.cell(answer, rows.names[i]!, columns.names[k]!)}
          />
        }
        table={
          <CountTable
            title={title}
            header={[words.column(rows.column), ...columnNames]}
            rows={rowNames.map((name, i) => ({
              key: rows.names[i]!,
              cells: [name, ...table[i]!.map((count, k) => `${format.integer(count)} · ${share(i, k)}`)],
            }))}
          />
        }
      />
      <p className={styles['told']}>{summary}</p>
    </>
  );
}
