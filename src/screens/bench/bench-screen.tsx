/** Measuring the visitor's own machine: what, how it goes, and the result to read and to pass on. */
import { useTranslation } from 'react-i18next';
import { useBench } from '../../state/machine/bench';
import { ErrorNote } from '../../ui/controls/error-note';
import { Results } from './results';
import { Setup } from './setup';
import { Tuning } from './tuning';
import styles from './bench-screen.module.css';

/** The library that is measured beside ours; package.json pins it. */
const TFJS_VERSION = '4.22';

export function BenchScreen() {
  const { t } = useTranslation();
  const status = useBench((s) => s.status);
  const error = useBench((s) => s.error);
  const failures = useBench((s) => s.failures);
  const dismissError = useBench((s) => s.dismissError);
  return (
    <div className={styles['screen']}>
      <header>
        <h1>{t('bench.title')}</h1>
        <p className={styles['note']}>{t('bench.note')}</p>
      </header>
      <Setup />
      {error && <ErrorNote error={error} onDismiss={dismissError} />}
      {failures.map((failure) => (
        <ErrorNote key={failure.backend} error={failure.error} tone="warning" />
      ))}
      {status === 'cancelled' && (
        <p className={styles['remark']} role="status">
          {t('bench.cancelled')}
        </p>
      )}
      <Results />
      <Tuning />
      <details className={styles['method']}>
        <summary>{t('bench.method')}</summary>
        <p>{t('bench.methodText', { version: TFJS_VERSION })}</p>
      </details>
    </div>
  );
}
