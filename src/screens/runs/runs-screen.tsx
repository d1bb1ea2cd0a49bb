/** The runs this browser keeps: compare them by their best scores, open, continue, export or delete them. */
import { FileInput } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useExchange } from '../../state/exchange';
import { useLibrary } from '../../state/library';
import { useRun } from '../../state/run';
import { Button } from '../../ui/button';
import { ErrorNote } from '../../ui/error-note';
import { useFormat } from '../../ui/format';
import { Confirm } from '../../ui/overlay';
import { ReportButton } from './report-dialog';
import { RunsTable } from './runs-table';
import styles from './runs-screen.module.css';

export function RunsScreen() {
  const { t } = useTranslation();
  const { status, entries, error, refresh } = useLibrary();
  const runError = useRun((s) => s.error);
  useEffect(() => void refresh(), [refresh]);
  return (
    <div className={styles['screen']}>
      <header className={styles['head']}>
        <div>
          <h1>{t('runs.title')}</h1>
          <p className={styles['note']}>{t('runs.note')}</p>
        </div>
        <Storage />
      </header>
      <div className={styles['tools']}>
        <ReportButton entries={entries} />
        <Button icon={<FileInput />} onClick={() => useExchange.getState().show(true)}>{t('exchange.import')}</Button>
        <Link to="/paper" className={styles['toPaper']}>{t('paper.title')}</Link>
      </div>
      {error && <ErrorNote error={error} />}
      {runError && <ErrorNote error={runError} onDismiss={() => useRun.getState().dismissError()} />}
      {status === 'loading' && !error && <p role="status">{t('common.loading')}</p>}
      {status === 'ready' && entries.length === 0 && (
        <div className={styles['empty']}>
          <h2>{t('runs.emptyTitle')}</h2>
          <p>{t('runs.emptyText')}</p>
          <p><Link to="/">{t('runs.toStart')}</Link></p>
        </div>
      )}
      {entries.length > 0 && <RunsTable entries={entries} />}
    </div>
  );
}

function Storage() {
  const { t } = useTranslation();
  const format = useFormat();
  const usage = useLibrary((s) => s.usage);
  const deleteCaches = useLibrary((s) => s.deleteCaches);
  const [asking, setAsking] = useState(false);
  return (
    <div className={styles['storage']}>
      {usage && (
        <div className={styles['usage']}>
          <span>{t('runs.usage', { used: format.bytes(usage.used), quota: format.bytes(usage.quota) })}</span>
          <meter min={0} max={usage.quota} high={usage.quota * 0.8} value={usage.used} aria-label={t('runs.usageLabel')} />
        </div>
      )}
      <Button onClick={() => setAsking(true)}>{t('runs.deleteCaches')}</Button>
      <Confirm open={asking} title={t('runs.deleteCaches')} text={t('runs.deleteCachesText')} confirm={t('runs.deleteCachesConfirm')} onConfirm={() => void deleteCaches()} onClose={() => setAsking(false)} />
    </div>
  );
}
