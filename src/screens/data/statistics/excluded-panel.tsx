/** What the configuration excludes, to be taken back one by one or all together. */
import { useTranslation } from 'react-i18next';
import { fitsLink } from '../../../core/config/excluded-text';
import { toCsv } from '../../../core/export/csv';
import { include, useExclusion } from '../../../state/corpus/exclusion';
import { useDraft } from '../../../state/draft';
import { Button } from '../../../ui/controls/button';
import { Panel } from '../../../ui/controls/panel';
import { download } from '../../../ui/download';
import { useFormat } from '../../../ui/text/format';
import styles from './statistics.module.css';

/** More rows than these make a list slow and no clearer. */
const LISTED = 200;
const NAMED = 3;

export function ExcludedPanel() {
  const { t } = useTranslation();
  const format = useFormat();
  const { found, unknown } = useExclusion();
  const listed = useDraft((s) => s.config.exclude) ?? [];
  return (
    <Panel
      title={t('statistics.excluded.title')}
      actions={
        listed.length > 0 && (
          <>
            <Button
              tone="quiet"
              onClick={() =>
                download(
                  'excluded.csv',
                  toCsv(
                    ['utterance'],
                    listed.map((id) => [id]),
                  ),
                  'text/csv;charset=utf-8',
                )
              }
            >
              {t('statistics.excluded.csv')}
            </Button>
            <Button tone="quiet" onClick={() => include(listed)}>
              {t('statistics.excluded.takeBackAll')}
            </Button>
          </>
        )
      }
    >
      {listed.length === 0 ? (
        <p>{t('statistics.excluded.none')}</p>
      ) : (
        <p>
          {t('statistics.excluded.count', { count: found.length, total: format.integer(found.length) })}{' '}
          {!fitsLink(listed) && t('statistics.excluded.tooLong')}
        </p>
      )}
      {unknown.length > 0 && (
        <p role="alert">
          {t('statistics.excluded.unknown', {
            count: unknown.length,
            names: unknown.slice(0, NAMED).join(', ') + (unknown.length > NAMED ? ', …' : ''),
          })}{' '}
          <Button tone="quiet" onClick={() => include(unknown)}>
            {t('statistics.excluded.forget')}
          </Button>
        </p>
      )}
      {found.length > 0 && (
        <ul className={styles['list']} aria-label={t('statistics.excluded.title')}>
          {found.slice(0, LISTED).map((id) => (
            <li key={id}>
              <code>{id}</code>
              <Button
                tone="quiet"
                onClick={() => include([id])}
                aria-label={t('statistics.excluded.takeBackOne', { id })}
              >
                {t('statistics.excluded.takeBack')}
              </Button>
            </li>
          ))}
          {found.length > LISTED && (
            <li>{t('statistics.outliers.more', { count: found.length - LISTED })}</li>
          )}
        </ul>
      )}
    </Panel>
  );
}
