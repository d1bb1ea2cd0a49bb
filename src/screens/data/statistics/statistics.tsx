/** The corpus in numbers: distributions, columns against each other, agreement of listeners, outliers. */
import { useTranslation } from 'react-i18next';
import { statisticsLinks } from '../../../core/compare/statistics-link';
import { useDraft } from '../../../state/draft';
import type { TabProps } from '../tabs';
import { useCorpusAbout, useStatistics } from '../../../state/corpus/statistics';
import { ErrorNote } from '../../../ui/controls/error-note';
import { useFormat } from '../../../ui/text/format';
import { AgreementPanel } from './agreement-panel';
import { CrossPanel } from './cross-panel';
import { ExcludedPanel } from './excluded-panel';
import { HistogramPanel } from './histogram-panel';
import { OutliersPanel } from './outliers-panel';
import styles from './statistics.module.css';

export function Statistics({ manifest }: TabProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const about = useCorpusAbout();
  const { labelScheme, tasks } = useDraft((s) => s.config);
  const links = statisticsLinks(manifest, { labelScheme, tasks });
  const { answer, error, busy } = useStatistics('corpus', about && { about });
  if (error) return <ErrorNote error={error} />;
  if (!about || !answer) return <p role="status">{busy ? t('statistics.busy') : ''}</p>;
  return (
    <>
      <p className={styles['of']} role="status">
        {busy ? t('statistics.busy') : t('statistics.of', { total: format.integer(answer.utterances) })}
      </p>
      <div className={styles['columns']}>
        <HistogramPanel about={about} columns={answer.columns} levels={answer.levels} links={links} />
        <CrossPanel about={about} columns={answer.columns} links={links} />
      </div>
      <AgreementPanel agreement={answer.agreement} />
      <div className={styles['columns']}>
        <OutliersPanel groups={answer.outliers} levels={answer.levels} links={links} />
        <ExcludedPanel />
      </div>
    </>
  );
}
