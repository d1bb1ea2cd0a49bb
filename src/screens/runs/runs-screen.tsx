/** The runs this browser keeps: compare them by their best scores, open, continue, export or delete them. */
import { FileInput, Scale, Undo2 } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import { useCompare } from '../../state/runs/compare';
import { useExchange } from '../../state/runs/exchange';
import { UNDO_SECONDS, useLibrary } from '../../state/runs/library';
import { useRun } from '../../state/run/run';
import { Button } from '../../ui/controls/button';
import { ErrorNote } from '../../ui/controls/error-note';
import { useFormat } from '../../ui/text/format';
import { Confirm } from '../../ui/controls/overlay';
import { ReportButton } from './report-dialog';
import { RunsTable } from './runs-table';
import styles from './runs-screen.module.css';

export function RunsScreen() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { status, entries, error, refresh } = useLibrary();
  const runError = useRun((s) => s.error);
  useEffect(() => void refresh(), [refresh]);
  const [ticked, setTicked] = useState<ReadonlySet<string>>(new Set());
  // What was deleted meanwhile is not chosen any more.
  const chosen = entries.filter(({ id }) => ticked.has(id));
  const compare = (): void => {
    useCompare.getState().compareOnly(chosen.map(({ id }) => id));
    void navigate('/compare');
  };
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
        <Button
          icon={<Scale />}
          disabled={chosen.length === 0}
          title={chosen.length === 0 ? t('chosen.none') : undefined}
          onClick={compare}
        >
          {t('chosen.compare', { count: chosen.length })}
        </Button>
        <ReportButton entries={entries} />
        <Button icon={<FileInput />} onClick={() => useExchange.getState().show(true)}>
          {t('exchange.import')}
        </Button>
        <Link to="/paper" className={styles['toPaper']}>
          {t('paper.title')}
        </Link>
      </div>
      {error && <ErrorNote error={error} />}
      {runError && <ErrorNote error={runError} onDismiss={() => useRun.getState().dismissError()} />}
      {status === 'loading' && !error && <p role="status">{t('common.loading')}</p>}
      {status === 'ready' && entries.length === 0 && (
        <div className={styles['empty']}>
          <h2>{t('runs.emptyTitle')}</h2>
          <p>{t('runs.emptyText')}</p>
          <p>
            <Link to="/">{t('runs.toStart')}</Link>
          </p>
        </div>
      )}
      <Removed />
      {entries.length > 0 && <RunsTable entries={entries} ticked={ticked} onTick={setTicked} />}
    </div>
  );
}

/** What was just deleted, and the way back. */
function Removed() {
  const { t } = useTranslation();
  const removing = useLibrary((s) => s.removing);
  const undo = useLibrary((s) => s.undoRemove);
  return removing.map(({ runId, name }) => (
    <p key={runId} className={styles['removed']} role="status">
      <span>
        {t('removal.removed', { name })} {t('removal.final', { count: UNDO_SECONDS })}
      </span>
      <Button icon={<Undo2 />} aria-label={t('removal.undoNamed', { name })} onClick={() => undo(runId)}>
        {t('removal.undo')}
      </Button>
    </p>
  ));
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
          <meter
            min={0}
            max={usage.quota}
            high={usage.quota * 0.8}
            value={usage.used}
            aria-label={t('runs.usageLabel')}
          />
        </div>
      )}
      <Button onClick={() => setAsking(true)}>{t('runs.deleteCaches')}</Button>
      <Confirm
        open={asking}
        title={t('runs.deleteCaches')}
        text={t('runs.deleteCachesText')}
        confirm={t('runs.deleteCachesConfirm')}
        onConfirm={() => void deleteCaches()}
        onClose={() => setAsking(false)}
      />
    </div>
  );
}
