/** Utterances by session, speaker and class; cells shaded by their share of the largest. */
import { type CSSProperties } from 'react';
import { useTranslation } from 'react-i18next';
import type { CorpusSummary } from '../../core/corpus/summary';
import { useClassName } from '../../ui/class-names';
import { Button } from '../../ui/controls/button';
import { toCsv } from '../../core/export/csv';
import { download } from '../../ui/download';
import { useFormat } from '../../ui/text/format';
import { Panel } from '../../ui/controls/panel';
import { ScrollBox } from '../../ui/controls/scroll-box';
import styles from './data-screen.module.css';

export function CountsTable({ summary }: { readonly summary: CorpusSummary }) {
  const { t } = useTranslation();
  const format = useFormat();
  const className = useClassName();
  const sessions = summary.sessions.length > 0;
  const largest = Math.max(1, ...summary.rows.flatMap((row) => row.counts));
  const save = (): void =>
    download(
      'counts.csv',
      toCsv(
        [...(sessions ? ['session'] : []), 'speaker', 'gender', ...summary.classes, 'utterances', 'seconds'],
        summary.rows.map((row) => [
          ...(sessions ? [row.session ?? ''] : []),
          row.speaker,
          row.gender ?? '',
          ...row.counts,
          row.utterances,
          row.seconds,
        ]),
      ),
      'text/csv;charset=utf-8',
    );
  return (
    <Panel
      title={t('data.counts')}
      note={t('data.countsNote')}
      actions={
        <Button tone="quiet" onClick={save}>
          {t('common.csv')}
        </Button>
      }
    >
      <ScrollBox className={styles['tableBox']} title={t('data.counts')}>
        <table className={styles['table']}>
          <caption className="visually-hidden">{t('data.counts')}</caption>
          <thead>
            <tr>
              {sessions && <th scope="col">{t('data.session')}</th>}
              <th scope="col" data-text>
                {t('data.speaker')}
              </th>
              <th scope="col" data-text>
                {t('data.gender')}
              </th>
              {summary.classes.map((name) => (
                <th key={name} scope="col">
                  {className(name)}
                </th>
              ))}
              <th scope="col">{t('data.sum')}</th>
              <th scope="col">{t('data.duration')}</th>
            </tr>
          </thead>
          <tbody>
            {summary.rows.map((row) => (
              <tr key={`${row.speaker}/${row.session}`}>
                {sessions && <td>{row.session}</td>}
                <th scope="row" data-text>
                  {row.speaker}
                </th>
                <td data-text>{row.gender === null ? '–' : className(row.gender)}</td>
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
              </tr>
            ))}
          </tbody>
          <tfoot>
            <tr>
              <th scope="row" colSpan={sessions ? 3 : 2} data-text>
                {t('data.sum')}
              </th>
              {summary.classTotals.map((count, i) => (
                <td key={summary.classes[i]}>{format.integer(count)}</td>
              ))}
              <td>{format.integer(summary.utterances)}</td>
              <td>{format.duration(summary.seconds)}</td>
            </tr>
          </tfoot>
        </table>
      </ScrollBox>
    </Panel>
  );
}
