/**
 * What computes here: the automatic choice in the header, every backend and what it lacks in the panel behind
 * it.
 */
import { Cpu, Gauge, RefreshCw } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'react-router';
import type { WireError } from '../core/errors/errors';
import type { BackendReport } from '../core/training/events';
import { useBackends } from '../state/machine/backends';
import { Button } from '../ui/controls/button';
import { reportDetail } from '../ui/text/errors';
import { ErrorNote } from '../ui/controls/error-note';
import { Popup } from '../ui/controls/overlay';
import { WorkersField } from './preferences';
import styles from './backend-chip.module.css';

export function BackendChip() {
  const { t, i18n } = useTranslation();
  const { pathname } = useLocation();
  const status = useBackends((s) => s.status);
  const reports = useBackends((s) => s.reports);
  const failed = useBackends((s) => s.failed);
  const automatic = useBackends((s) => s.automatic);
  const error = useBackends((s) => s.error);
  const probe = useBackends((s) => s.probe);
  const name =
    status === 'probing'
      ? t('backend.probing')
      : automatic
        ? t(`backend.${automatic.id}`)
        : t('backend.none');
  const trigger = (
    <button
      type="button"
      className={styles['chip']}
      data-state={status}
      aria-label={t('backend.chip', {
        name: automatic?.software ? `${name}, ${t('backend.software')}` : name,
      })}
    >
      <Cpu aria-hidden="true" />
      <span className={styles['name']}>{name}</span>
      {automatic?.software && <span className={styles['software']}>{t('backend.software')}</span>}
    </button>
  );
  return (
    // Another screen closes it.
    <Popup key={pathname} trigger={trigger} title={t('backend.title')}>
      <div className={styles['panel']}>
        {error && <ErrorNote error={error} />}
        <ul>
          {reports.map((report) => (
            <li key={report.id} className={styles['row']}>
              <span className={styles['lamp']} data-on={report.available} aria-hidden="true" />
              <div>
                <p className={styles['head']}>
                  <strong>{t(`backend.${report.id}`)}</strong>
                  {report.software && <span className={styles['software']}>{t('backend.software')}</span>}
                  <span>
                    {report.available
                      ? report.id === automatic?.id
                        ? t('backend.chosen')
                        : t('backend.available')
                      : t('backend.unavailable')}
                  </span>
                </p>
                <p className={styles['detail']}>{reportDetail(i18n, report)}</p>
                <p className={styles['detail']}>
                  {t(report.software ? 'backend.expectSoftware' : `backend.expect.${report.id}`)}
                </p>
                <Findings report={report} failure={failed[report.id]} />
              </div>
            </li>
          ))}
        </ul>
        <div className={styles['actions']}>
          <Button icon={<RefreshCw />} disabled={status === 'probing'} onClick={() => void probe()}>
            {t('backend.probe')}
          </Button>
          <Link to="/bench" className={styles['measure']}>
            <Gauge aria-hidden="true" />
            {t('backend.measure')}
          </Link>
        </div>
        <WorkersField />
      </div>
    </Popup>
  );
}

/** What the check at start found out about a backend; nothing where all is well. */
function Findings({
  report,
  failure,
}: {
  readonly report: BackendReport;
  readonly failure: WireError | undefined;
}) {
  const { t } = useTranslation();
  const { replaced, avoided } = report;
  return (
    <>
      {failure && <ErrorNote error={failure} />}
      {replaced && (
        <p className={styles['finding']}>{t('backend.replaced', { kernels: replaced.join(', ') })}</p>
      )}
      {avoided && (
        <p className={styles['finding']}>{t('backend.avoided', { variants: avoided.join(', ') })}</p>
      )}
    </>
  );
}
