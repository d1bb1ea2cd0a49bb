/** What is compared on the screen as one HTML file: the same runs, baseline, epoch and pair. */
import { FileText } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { toWire } from '../../core/errors/errors';
import { MOST_RUNS } from '../../core/export/report/report';
import { useCompare } from '../../state/runs/compare';
import { gatherReport } from '../../state/runs/report';
import { Button } from '../../ui/controls/button';
import { errorText } from '../../ui/text/errors';
import { saveReport } from '../../ui/report/file';
import { toast } from '../../ui/controls/toast';
import { candidatesOf, chosenPair, type Comparison } from './use-comparison';
import styles from './compare-screen.module.css';

export function ReportButton({ comparison }: { readonly comparison: Comparison }) {
  const { t, i18n } = useTranslation();
  const { first, second, part, over } = useCompare((s) => s.choice);
  const [making, setMaking] = useState(false);
  const { baseline, compared, reading } = comparison;
  const pair = chosenPair(comparison, first, second);
  const sides = pair && ([pair[0].run.id, pair[1].run.id] as const);
  // The pair may be of a recipe that was taken out of the rest.
  const ids = [...new Set([...candidatesOf(compared).map(({ run }) => run.id), ...(sides ?? [])])];
  const tooMany = ids.length > MOST_RUNS;
  const save = async (): Promise<void> => {
    setMaking(true);
    try {
      saveReport(
        i18n,
        i18n.language,
        await gatherReport({
          ids,
          baseline: baseline.group.runs[0]!.id,
          pair: sides,
          part,
          over,
          reading,
          page: `${location.origin}${location.pathname}`,
          demoName: t('corpus.demo'),
        }),
      );
    } catch (error) {
      toast(`${t('report.failed')} ${errorText(i18n, toWire(error)).message}`);
    } finally {
      setMaking(false);
    }
  };
  return (
    <p className={styles['actions']}>
      <Button icon={<FileText />} disabled={making || tooMany} onClick={() => void save()}>
        {t('report.ofComparison')}
      </Button>
      <span className={styles['hint']} role={making ? 'status' : undefined}>
        {making
          ? t('report.making')
          : tooMany
            ? t('report.tooMany', { count: MOST_RUNS })
            : t('report.ofComparisonNote')}
      </span>
    </p>
  );
}
