/** How a number is distributed over the corpus: duration, level, entropy of votes, any number column. */
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { StatisticsLinks } from '../../../core/compare/statistics-link';
import type { ColumnInfo, HistogramAnswer } from '../../../core/corpus/statistics/answers';
import type { CorpusAbout, LevelsKnown } from '../../../core/protocol/contracts/stats';
import { useStatistics } from '../../../state/corpus/statistics';
import { ChartFrame } from '../../../ui/charts/chart-frame';
import { CountTable } from '../../../ui/charts/count-table';
import { HistogramChart, type HistogramRow } from '../../../ui/charts/histogram-chart';
import { SelectField } from '../../../ui/controls/fields';
import { useFormat } from '../../../ui/text/format';
import styles from './statistics.module.css';
import { useFactWords } from './words';

export interface HistogramPanelProps {
  readonly about: CorpusAbout;
  readonly columns: readonly ColumnInfo[];
  readonly levels: LevelsKnown;
  readonly links: StatisticsLinks;
}

const ALL = '';

export function HistogramPanel({ about, columns, levels, links }: HistogramPanelProps) {
  const { t } = useTranslation();
  const words = useFactWords();
  const format = useFormat();
  const numbers = columns.filter(({ kind }) => kind === 'number');
  const classes = columns.filter(({ kind, values }) => kind === 'classes' && values > 1);
  const [wanted, setColumn] = useState('$duration');
  const [wantedBy, setBy] = useState(ALL);
  const column = numbers.find(({ id }) => id === wanted)?.id ?? numbers[0]?.id;
  const by = classes.find(({ id }) => id === wantedBy)?.id ?? null;
  const { answer } = useStatistics('histogram', column === undefined ? null : { about, column, by });
  const told =
    levels.features === 'some'
      ? levels.known < (answer?.spread.count ?? 0)
        ? t('statistics.histogram.levels.some', { known: format.integer(levels.known) })
        : ''
      : t(`statistics.histogram.levels.${levels.features}`);
  return (
    <div className={styles['part']}>
      <h2>{t('statistics.histogram.title')}</h2>
      <div className={styles['choices']}>
        <SelectField
          label={t('statistics.histogram.number')}
          value={column ?? ''}
          onChange={setColumn}
          options={numbers.map(({ id }) => ({ value: id, label: words.column(id) }))}
        />
        <SelectField
          label={t('statistics.histogram.by')}
          value={by ?? ALL}
          onChange={setBy}
          options={[
            { value: ALL, label: t('statistics.histogram.all') },
            ...classes.map(({ id }) => ({ value: id, label: words.column(id) })),
          ]}
        />
      </div>
      {answer && <Picture answer={answer} links={links} />}
      {told && <p className={styles['told']}>{told}</p>}
    </div>
  );
}

function Picture({ answer, links }: { readonly answer: HistogramAnswer; readonly links: StatisticsLinks }) {
  const { t } = useTranslation();
  const words = useFactWords();
  const format = useFormat();
  const { column, by, unit, edges, spread, groups } = answer;
  const number = (value: number): string => format.significant(value, 4);
  const named = words.inUnit(column, unit);
  const rows = groups.map((name, i): HistogramRow => ({
    key: name,
    label: by === null ? '' : words.value(by, name),
    counts: answer.counts[i]!,
  }));
  const total = (counts: readonly number[]): number => counts.reduce((sum, count) => sum + count, 0);
  const title =
    by === null
      ? t('statistics.histogram.name', { name: words.column(column) })
      : t('statistics.histogram.nameBy', { name: words.column(column), by: words.column(by) });
  const summary = t('statistics.histogram.summary', {
    name: named,
    count: format.integer(spread.count),
    median: number(spread.median),
    mean: number(spread.mean),
    min: number(spread.min),
    max: number(spread.max),
    deviation: number(spread.deviation),
  });
  const remark = [
    answer.below + answer.above > 0 &&
      t('statistics.histogram.beyond', {
        below: format.integer(answer.below),
        above: format.integer(answer.above),
      }),
    answer.missing > 0 && t('statistics.histogram.missing', { count: answer.missing }),
    answer.hidden > 0 &&
      t('statistics.histogram.hidden', {
        groups: format.integer(answer.hiddenGroups),
        count: answer.hidden,
      }),
    column === '$rms' && t('statistics.histogram.speech'),
  ].filter(Boolean);
  const header = [
    t('statistics.histogram.from'),
    t('statistics.histogram.to'),
    ...rows.map(({ label }) => label || t('statistics.histogram.utterances')),
  ];
  const bins = edges.slice(0, -1).map((from, bin) => ({ from, to: edges[bin + 1]!, bin }));
  return (
    <>
      <ChartFrame
        title={title}
        note={by === null ? undefined : t('statistics.histogram.note')}
        remark={remark.join(' ') || null}
        summary={summary}
        empty={spread.count === 0 ? t('statistics.histogram.none') : null}
        lines={[]}
        named
        parts
        fullRows={() => ({
          header,
          rows: bins.map(({ from, to, bin }) => [from, to, ...rows.map(({ counts }) => counts[bin]!)]),
        })}
        chart={
          <HistogramChart
            rows={rows}
            edges={edges}
            xLabel={named}
            tick={number}
            says={(row, bin) =>
              t(row.label === '' ? 'statistics.histogram.bar' : 'statistics.histogram.barOf', {
                group: row.label,
                from: number(edges[bin]!),
                to: number(edges[bin + 1]!),
                count: row.counts[bin]!,
                of: format.integer(total(row.counts)),
              })
            }
            to={(row, bin) => links.bin(answer, row.key, bin)}
          />
        }
        table={
          <CountTable
            title={title}
            header={header}
            rows={bins.map(({ from, to, bin }) => ({
              key: String(bin),
              cells: [number(from), number(to), ...rows.map(({ counts }) => format.integer(counts[bin]!))],
            }))}
          />
        }
      />
      <p className={styles['told']}>{summary}</p>
    </>
  );
}
