/** A gathered report as a file in one language. */
import type { i18n as I18n } from 'i18next';
import { comparisonReport } from '../../core/export/report/report';
import type { GatheredReport } from '../../core/export/report/types';
import { SOFTWARE_VERSION } from '../../core/version';
import { download } from '../download';
import { formatFor } from '../text/format';
import { statisticsTables } from './statistics';
import { reportWords } from './words';

export function reportText(i18n: I18n, language: string, report: GatheredReport, now: number): string {
  const { runs, over, reading } = report;
  return comparisonReport({
    runs,
    over,
    reading,
    words: reportWords(i18n, language, runs.length, reading, now),
    softwareVersion: SOFTWARE_VERSION,
    statistics: statisticsTables(i18n.getFixedT(language), formatFor(language), report),
  });
}

export function saveReport(i18n: I18n, language: string, report: GatheredReport): void {
  const now = Date.now();
  download(
    `equipoise-report-${new Date(now).toISOString().slice(0, 10)}.html`,
    reportText(i18n, language, report, now),
    'text/html;charset=utf-8',
  );
}
