/** Sweeps: many runs planned at once and worked off without the user. Above the plan, below the queue. */
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useLibrary } from '../../state/runs/library';
import { useQueue } from '../../state/queue/queue';
import { QueuePanel } from './queue-panel';
import { SweepForm } from './sweep-form';
import styles from './sweep-screen.module.css';

/** Another tab may work the queue off; what it has done is read anew. */
const LOOK_EVERY_MS = 2000;

export function SweepScreen() {
  const { t } = useTranslation();
  const refresh = useQueue((s) => s.refresh);
  const elsewhere = useQueue((s) => s.status === 'elsewhere');
  useEffect(() => {
    void refresh();
    void useLibrary.getState().refresh();
  }, [refresh]);
  useEffect(() => {
    if (!elsewhere) return undefined;
    const timer = setInterval(() => void refresh(), LOOK_EVERY_MS);
    return () => clearInterval(timer);
  }, [elsewhere, refresh]);
  return (
    <div className={styles['screen']}>
      <header>
        <h1>{t('sweep.title')}</h1>
        <p className={styles['note']}>{t('sweep.note')}</p>
      </header>
      <SweepForm />
      <QueuePanel />
    </div>
  );
}
