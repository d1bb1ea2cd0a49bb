/**
 * What this copy has of the release, session by session; a copy that broke off must not pass for a small
 * corpus.
 */
import { Check, TriangleAlert } from 'lucide-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { completeness } from '../../core/corpus/completeness';
import type { ScanCounts } from '../../core/corpus/types';
import { useFormat } from '../../ui/text/format';
import { Panel } from '../../ui/controls/panel';
import { ScrollBox } from '../../ui/controls/scroll-box';
import styles from './data-screen.module.css';

export interface CompletenessPanelProps {
  readonly found: ScanCounts;
  /** Labelled utterances of the full release by session. */
  readonly release: readonly number[];
}

export function CompletenessPanel({ found, release }: CompletenessPanelProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const { sessions, labels, audio, both, absent, partial } = useMemo(
    () => completeness(found, release),
    [found, release],
  );
  const whole = release.reduce((sum, count) => sum + count, 0);
  const list = (numbers: readonly number[]): string =>
    numbers.map((number) => format.integer(number)).join(', ');
  return (
    <Panel
      title={t('complete.title')}
      note={t('complete.note', { count: whole, total: format.integer(whole) })}
    >
      <ScrollBox className={styles['tableBox']} title={t('complete.title')}>
        <table className={styles['table']}>
          <caption className="visually-hidden">{t('complete.title')}</caption>
          <thead>
            <tr>
              <th scope="col">{t('data.session')}</th>
              <th scope="col">{t('complete.labels')}</th>
              <th scope="col">{t('complete.audio')}</th>
              <th scope="col">{t('complete.both')}</th>
              <th scope="col">{t('complete.release')}</th>
            </tr>
          </thead>
          <tbody>
            {sessions.map((one) => (
              <tr key={one.session} data-out={absent.includes(one.session)}>
                <th scope="row">{format.integer(one.session)}</th>
                <td>{format.integer(one.labels)}</td>
                <td>{format.integer(one.audio)}</td>
                <td>{format.integer(one.both)}</td>
                <td>{format.integer(one.release)}</td>
              </tr>
            ))}
          </tbody>
          <tfoot>
            <tr>
              <th scope="row">{t('data.sum')}</th>
              <td>{format.integer(labels)}</td>
              <td>{format.integer(audio)}</td>
              <td>{format.integer(both)}</td>
              <td>{format.integer(whole)}</td>
            </tr>
          </tfoot>
        </table>
      </ScrollBox>
      <ul className={styles['warnings']} aria-label={t('complete.lacks')}>
        {absent.length + partial.length === 0 && (
          <li>
            <Check aria-hidden="true" />
            {t('complete.whole')}
          </li>
        )}
        {absent.length > 0 && (
          <li>
            <TriangleAlert aria-hidden="true" />
            {t('complete.absent', { count: absent.length, sessions: list(absent) })}
          </li>
        )}
        {partial.length > 0 && (
          <li>
            <TriangleAlert aria-hidden="true" />
            {t('complete.partial', { count: partial.length, sessions: list(partial) })}
          </li>
        )}
      </ul>
    </Panel>
  );
}
