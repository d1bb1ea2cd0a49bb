/**
 * Utterances by the corpus' groups and the classes of its scheme, with what its other columns say of each row: the
 * values of classes, the mean of numbers. Cells are shaded by their share of the largest.
 */
import { type CSSProperties } from 'react';
import { useTranslation } from 'react-i18next';
import type { CorpusSummary } from '../../core/corpus/summary';
import { useClassName } from '../../ui/class-names';
import { Button } from '../../ui/controls/button';
import { toCsv } from '../../core/export/csv';
import { download } from '../../ui/download';
import { useCorpusWords } from '../../ui/text/corpus-words';
import { useFormat } from '../../ui/text/format';
import { say } from '../../ui/text/lookup';
import { Panel } from '../../ui/controls/panel';
import { ScrollBox } from '../../ui/controls/scroll-box';
import styles from './data-screen.module.css';

export function CountsTable({ summary }: { readonly summary: CorpusSummary }) {
  const { t } = useTranslation();
  const format = useFormat();
  const className = useClassName();
  const words = useCorpusWords();
  const { groups, labels, numbers, rows } = summary;
  const title = say(t, `data.counts.${groups.join('-') || 'none'}`, t('data.counts.other'));
  // The last group names the row.
  const heading = groups.at(-1);
  const largest = Math.max(1, ...rows.flatMap((row) => row.counts));
  const save = (): void =>
    download(
      'counts.csv',
      toCsv(
        [
          ...groups,
          ...labels,
          ...summary.classes,
          'utterances',
          'seconds',
          ...numbers.map((id) => `${id}_mean`),
        ],
        rows.map((row) => [
          ...groups.map((id) => row.groups[id]),
          ...labels.map((id) => row.labels[id]!.join(' ')),
          ...row.counts,
          row.utterances,
          row.seconds,
          ...numbers.map((id) => row.numbers[id]),
        ]),
      ),
      'text/csv;charset=utf-8',
    );
  return (
    <Panel
      title={title}
      note={t('data.countsNote')}
      actions={
        <Button tone="quiet" onClick={save}>
          {t('common.csv')}
        </Button>
      }
    >
      <ScrollBox className={styles['tableBox']} title={title}>
        <table className={styles['table']}>
          <caption className="visually-hidden">{title}</caption>
          <thead>
            <tr>
              {groups.map((id) => (
                <th key={id} scope="col" data-text={id === heading}>
                  {words.column(id)}
                </th>
              ))}
              {labels.map((id) => (
                <th key={id} scope="col" data-text>
                  {words.column(id)}
                </th>
              ))}
              {summary.classes.map((name) => (
                <th key={name} scope="col">
                  {className(name)}
                </th>
              ))}
              <th scope="col">{t('data.sum')}</th>
              <th scope="col">{t('data.duration')}</th>
              {numbers.map((id) => (
                <th key={id} scope="col">
                  {t('data.meanOf', { column: words.column(id) })}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={groups.map((id) => row.groups[id]).join('/')}>
                {groups.map((id) =>
                  id === heading ? (
                    <th key={id} scope="row" data-text>
                      {row.groups[id] ?? '–'}
                    </th>
                  ) : (
                    <td key={id}>{row.groups[id] ?? '–'}</td>
                  ),
                )}
                {labels.map((id) => (
                  <td key={id} data-text>
                    {row.labels[id]!.map(className).join(', ') || '–'}
                  </td>
                ))}
                {row.counts.map((count, i) => {
                  const style: CSSProperties & Record<'--share', string> = {
                    '--share': `${Math.round((count / largest) * 45)}%`,
                  };
                  return (
                    <td key={summary.classes[i]} className={styles['shaded']} style={style}>
                      {format.integer(count)}
                    </td>
                  );
                })}
                <td>{format.integer(row.utterances)}</td>
                <td>{format.duration(row.seconds)}</td>
                {numbers.map((id) => (
                  <td key={id}>{row.numbers[id] === null ? '–' : format.reading(row.numbers[id], 2)}</td>
                ))}
              </tr>
            ))}
          </tbody>
          <tfoot>
            <tr>
              {groups.length + labels.length > 0 && (
                <th scope="row" colSpan={groups.length + labels.length} data-text>
                  {t('data.sum')}
                </th>
              )}
              {summary.classTotals.map((count, i) => (
                <td key={summary.classes[i]}>{format.integer(count)}</td>
              ))}
              <td>{format.integer(summary.utterances)}</td>
              <td>{format.duration(summary.seconds)}</td>
              {numbers.map((id) => (
                <td key={id}>–</td>
              ))}
            </tr>
          </tfoot>
        </table>
      </ScrollBox>
    </Panel>
  );
}
