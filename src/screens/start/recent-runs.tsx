/** The newest stored runs, to look at or to go on with. */
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import { useLibrary } from '../../state/runs/library';
import type { RunView } from '../../core/run/view';
import type { RunState } from '../../core/training/events';
import { useRun } from '../../state/run/run';
import { Button } from '../../ui/controls/button';
import { useFormat } from '../../ui/text/format';
import { Panel } from '../../ui/controls/panel';
import styles from './start-screen.module.css';

const SHOWN = 4;

export function RecentRuns() {
  const { t } = useTranslation();
  const format = useFormat();
  const navigate = useNavigate();
  const entries = useLibrary((s) => s.entries);
  const refresh = useLibrary((s) => s.refresh);
  const trained = useRun((s) => s.trained);
  // A run that ended while another screen was shown stands in the list as it was when it began.
  useEffect(() => void refresh(), [refresh]);
  const live = useRun((s) => s.trained?.live === true);
  if (entries.length === 0) return null;
  const go = (work: Promise<void>): void => {
    void navigate('/train');
    void work;
  };
  return (
    <Panel
      title={t('start.continue')}
      actions={
        entries.length > SHOWN && <Link to="/runs">{t('start.allRuns', { count: entries.length })}</Link>
      }
    >
      <ul>
        {entries.slice(0, SHOWN).map((entry) => {
          // Of the run of this tab more is known than is stored.
          const { state, epochsDone } = trained?.id === entry.id ? ofView(trained) : entry;
          return (
            <li key={entry.id} className={styles['row']}>
              <div className={styles['rowText']}>
                <p className={styles['rowName']}>{entry.name}</p>
                <p className={styles['rowNote']}>
                  {t(`runState.${state}`)} ·{' '}
                  {t('start.epochsOf', {
                    done: format.integer(epochsDone),
                    total: format.integer(entry.config.epochs),
                  })}{' '}
                  · {format.date(entry.updatedAt)}
                </p>
              </div>
              {entry.canContinue && (
                <Button
                  disabled={live}
                  onClick={() => go(useRun.getState().resume(entry.id))}
                  aria-label={t('start.resumeNamed', { name: entry.name })}
                >
                  {t('start.resume')}
                </Button>
              )}
              <Button
                tone="quiet"
                onClick={() => go(useRun.getState().open(entry.id))}
                aria-label={t('start.openNamed', { name: entry.name })}
              >
                {t('start.open')}
              </Button>
            </li>
          );
        })}
      </ul>
    </Panel>
  );
}

const ofView = ({ state, epochs }: RunView): { readonly state: RunState; readonly epochsDone: number } => ({
  state,
  epochsDone: epochs.length,
});
