/**
 * The queue: what has been done, what runs, what waits and in which order; when it ends; what keeps it from
 * going on.
 */
import { Pause, Play, RotateCcw } from 'lucide-react';
import { useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { estimateAll } from '../../core/training/sweep';
import { useCorpus } from '../../state/corpus/corpus';
import { useLibrary } from '../../state/runs/library';
import { useQueue } from '../../state/queue/queue';
import { useRun } from '../../state/run/run';
import { Button } from '../../ui/controls/button';
import { ErrorNote } from '../../ui/controls/error-note';
import { useFormat } from '../../ui/text/format';
import { Panel, ProgressBar } from '../../ui/controls/panel';
import { FinishedSweeps } from './finished-sweeps';
import { measuredOf } from './measured';
import { QueueTable } from './queue-table';
import styles from './sweep-screen.module.css';

const CLOCK_MS = 5000;

export function QueuePanel() {
  const { t } = useTranslation();
  const { status, items, error, pause, resume, retry, remove } = useQueue();
  const left = items.filter(({ state }) => state === 'waiting' || state === 'running');
  const failed = items.filter(({ state }) => state === 'failed' || state === 'stopped');
  const over = items.filter(({ state }) => state === 'done' || state === 'skipped');
  const current = items.find(({ state }) => state === 'running');
  const runState = useRun((s) =>
    s.trained?.live && s.trained.id === current?.runId ? s.trained.state : null,
  );
  const own = useRun((s) => s.trained?.live === true && s.trained.id !== current?.runId);
  const actions = (
    <>
      {(status === 'running' || status === 'elsewhere') && (
        <Button icon={<Pause />} onClick={() => void pause()}>
          {t('sweep.pause')}
        </Button>
      )}
      {status === 'paused' && left.length > 0 && (
        <Button tone="primary" icon={<Play />} onClick={() => void resume()}>
          {t('sweep.resume')}
        </Button>
      )}
      {failed.length > 0 && (
        <Button icon={<RotateCcw />} onClick={() => void retry(failed.map(({ id }) => id))}>
          {t('sweep.retryAll')}
        </Button>
      )}
      {over.length > 0 && (
        <Button onClick={() => void remove(over.map(({ id }) => id))}>{t('sweep.clear')}</Button>
      )}
    </>
  );
  return (
    <Panel title={t('sweep.queue')} note={t('sweep.reload')} actions={actions}>
      <div className={styles['queue']}>
        {items.length > 0 && (
          <div className={styles['status']}>
            <p role="status" data-status={status}>
              <b>{t(`sweep.status.${status}`)}</b> ·{' '}
              {t('sweep.progressOf', { done: items.length - left.length, total: items.length })}
            </p>
            {left.length > 0 && <Ends />}
            <ProgressBar label={t('sweep.progress')} value={items.length - left.length} max={items.length} />
          </div>
        )}
        <FinishedSweeps items={items} />
        {status === 'running' && runState === 'paused' && (
          <p className={styles['hint']}>
            {t('sweep.runPaused')} {t('sweep.stoppedNote')}
          </p>
        )}
        {status === 'running' && own && <p className={styles['hint']}>{t('sweep.busy')}</p>}
        {status === 'blocked' && error && <Blocked />}
        {status !== 'blocked' && error && (
          <ErrorNote error={error} onDismiss={() => useQueue.getState().dismissError()} />
        )}
        {items.length === 0 ? (
          <p className={styles['hint']}>{t('sweep.empty')}</p>
        ) : (
          <QueueTable items={items} />
        )}
      </div>
    </Panel>
  );
}

/** When the queue will be done, from what was measured here and, for the run that goes, from itself. */
function Ends() {
  const { t } = useTranslation();
  const format = useFormat();
  const items = useQueue((s) => s.items);
  const entries = useLibrary((s) => s.entries);
  const current = items.find(({ state }) => state === 'running');
  const eta = useRun((s) =>
    s.trained?.live && s.trained.id === current?.runId && s.trained.etaSeconds !== null
      ? Math.round(s.trained.etaSeconds)
      : null,
  );
  const rest = useMemo(
    () =>
      estimateAll(
        items
          .filter(
            ({ state, id }) =>
              state === 'waiting' || (state === 'running' && (eta === null || id !== current?.id)),
          )
          .map(({ config }) => config),
        measuredOf(entries),
      ),
    [items, entries, eta, current?.id],
  );
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), CLOCK_MS);
    return () => clearInterval(timer);
  }, []);
  const seconds = rest.seconds + (eta ?? 0);
  if (seconds === 0) return <p>{t('sweep.unmeasured')}</p>;
  const time = format.duration(seconds);
  return (
    <p>
      {rest.unknown > 0
        ? t('sweep.endsAtLeast', { time })
        : t('sweep.ends', { time, at: format.date(now + seconds * 1000) })}
    </p>
  );
}

/**
 * What only a press can bring: the browser asks for a folder's permission at a gesture and at nothing else.
 */
function Blocked() {
  const { t } = useTranslation();
  const { error, waitingFor, resume } = useQueue();
  const folders = useCorpus((s) => s.folders);
  if (!error) return null;
  const id = waitingFor?.kind === 'folder' ? waitingFor.id : null;
  const folder = folders.find(
    (candidate) => (candidate.id === id || candidate.sizesId === id) && candidate.handle !== null,
  );
  return (
    <ErrorNote
      error={error}
      tone="warning"
      actions={
        folder ? (
          <Button tone="primary" onClick={() => void useCorpus.getState().reconnect(folder.id).then(resume)}>
            {t('sweep.reconnect', { name: folder.name })}
          </Button>
        ) : (
          <>
            <Link to="/">{t('sweep.toStart')}</Link>{' '}
            <Button onClick={() => void resume()}>{t('sweep.again')}</Button>
          </>
        )
      }
    />
  );
}
