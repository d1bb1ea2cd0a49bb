/** That there is something to know before the first step, and where it is said. */
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { usePreflight } from '../../../state/corpus/preflight';

export function PreflightNote() {
  const { t } = useTranslation();
  const report = usePreflight();
  if (!report) return null;
  const count = report.findings.length;
  if (count === 0) return <p>{t('preflight.trainNone')}</p>;
  return (
    <p>
      {t('preflight.train', { count })} <Link to="/data">{t('preflight.toData')}</Link>
    </p>
  );
}
