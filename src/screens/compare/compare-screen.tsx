/**
 * Stored runs compared: what they scored, how they got there, where they differ, and whether the difference
 * means anything.
 */
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useCompare } from '../../state/runs/compare';
import { useRun } from '../../state/run/run';
import { ErrorNote } from '../../ui/controls/error-note';
import { AcrossSection } from './across/across-section';
import { ChosenNote } from './chosen-note';
import { ClassSection } from './class-section';
import { ConclusionLine } from './pairs/conclusion';
import { FoldsSection } from './folds-section';
import { HeldOutSection } from './held-out-section';
import { MixedNote } from './mixed-note';
import { OverlaySection } from './curves/overlay-section';
import { PairSection } from './pairs/pair-section';
import { ParetoSection } from './pareto/pareto-section';
import { ReadingControls } from './reading-controls';
import { ReportButton } from './report-button';
import { RunTable } from './run-table';
import { ShareButton } from './share-button';
import { StepsSection } from './curves/steps-section';
import { Strangers } from './pairs/strangers';
import { TestSection } from './test-section';
import { Unmeasured } from './unmeasured';
import { useComparison } from './use-comparison';
import styles from './compare-screen.module.css';

export function CompareScreen() {
  const { t } = useTranslation();
  const { status, error, runs, unbegun, problems, refresh, dismissProblems } = useCompare();
  const rows = useCompare((s) => s.choice.rows);
  const chosen = useCompare((s) => s.choice.only !== null);
  // Also after each epoch of a run that goes on meanwhile.
  const epochs = useRun((s) => s.view?.epochs.length ?? 0);
  const state = useRun((s) => s.view?.state);
  useEffect(() => void refresh(), [refresh, epochs, state]);
  const comparison = useComparison();
  return (
    <div className={styles['screen']}>
      <header className={styles['head']}>
        <div>
          <h1>{t('compare.title')}</h1>
          <p className={styles['note']}>{t('compare.note')}</p>
        </div>
        {/* What concerns the comparison as a whole. */}
        {comparison && (
          <div className={styles['actions']}>
            <ShareButton />
          </div>
        )}
      </header>
      {error && <ErrorNote error={error} />}
      {problems.map((problem) => (
        <ErrorNote key={problem.message} error={problem} tone="warning" onDismiss={dismissProblems} />
      ))}
      {status === 'ready' && <ChosenNote />}
      {comparison && <Strangers comparison={comparison} />}
      {status === 'loading' && <p role="status">{t('common.loading')}</p>}
      {status === 'ready' && runs.length === 0 && (
        <div className={styles['empty']}>
          <h2>{t('compare.emptyTitle')}</h2>
          <p>{t('compare.emptyText')}</p>
          <p>
            <Link to="/train">{t('compare.toTrain')}</Link>
          </p>
        </div>
      )}
      {unbegun > 0 && !chosen && <p className={styles['note']}>{t('compare.unbegun', { count: unbegun })}</p>}
      {comparison && (
        <>
          <ConclusionLine comparison={comparison} />
          <ReadingControls comparison={comparison} />
          <MixedNote comparison={comparison} />
          <Unmeasured comparison={comparison} />
          <RunTable comparison={comparison} />
          <FoldsSection comparison={comparison} />
          <HeldOutSection comparison={comparison} />
          <AcrossSection comparison={comparison} />
          <OverlaySection comparison={comparison} />
          <StepsSection comparison={comparison} />
          <ParetoSection comparison={comparison} />
          {rows === 'groups' && <ClassSection comparison={comparison} />}
          <PairSection comparison={comparison} />
          <TestSection comparison={comparison} />
          <ReportButton comparison={comparison} />
        </>
      )}
    </div>
  );
}
