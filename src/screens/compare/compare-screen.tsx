/** Stored runs compared: what they scored, how they got there, where they differ, and whether the difference means anything. */
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useCompare } from '../../state/compare';
import { useRun } from '../../state/run';
import { ErrorNote } from '../../ui/error-note';
import { OverlaySection } from './overlay-section';
import { PairSection } from './pair-section';
import { ReadingControls } from './reading-controls';
import { RunTable } from './run-table';
import { StepsSection } from './steps-section';
import { TestSection } from './test-section';
import { useComparison } from './use-comparison';
import styles from './compare-screen.module.css';

export function CompareScreen() {
  const { t } = useTranslation();
  const { status, error, runs, unbegun, refresh } = useCompare();
  // Also after each epoch of a run that goes on meanwhile.
  const epochs = useRun((s) => s.view?.epochs.length ?? 0);
  const state = useRun((s) => s.view?.state);
  useEffect(() => void refresh(), [refresh, epochs, state]);
  const comparison = useComparison();
  return (
    <div className={styles['screen']}>
      <header>
        <h1>{t('compare.title')}</h1>
        <p className={styles['note']}>{t('compare.note')}</p>
      </header>
      {error && <ErrorNote error={error} />}
      {status === 'loading' && <p role="status">{t('common.loading')}</p>}
      {status === 'ready' && runs.length === 0 && (
        <div className={styles['empty']}>
          <h2>{t('compare.emptyTitle')}</h2>
          <p>{t('compare.emptyText')}</p>
          <p><Link to="/train">{t('compare.toTrain')}</Link></p>
        </div>
      )}
      {unbegun > 0 && <p className={styles['note']}>{t('compare.unbegun', { count: unbegun })}</p>}
      {comparison && (
        <>
          <ReadingControls comparison={comparison} />
          <RunTable comparison={comparison} />
          <OverlaySection comparison={comparison} />
          <StepsSection comparison={comparison} />
          <PairSection comparison={comparison} />
          <TestSection comparison={comparison} />
        </>
      )}
    </div>
  );
}
