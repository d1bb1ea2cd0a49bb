/** Every word of a report in one language, whichever the page speaks. */
import type { i18n as I18n } from 'i18next';
import type { ReportWords } from '../../core/export/report/types';
import { SOFTWARE_VERSION } from '../../core/version';
import { lookup } from '../../ui/errors';
import { formatFor } from '../../ui/format';

export function reportWords(i18n: I18n, language: string, count: number, now: number): ReportWords {
  const t = i18n.getFixedT(language);
  const format = formatFor(language);
  const metrics = ['loss', 'accuracy', 'uar', 'macroPrecision', 'macroRecall', 'macroF1'] as const;
  const columns = ['mark', 'run', 'strategy', 'seed', 'corpus', 'epochs', 'best', 'state', 'backend', 'task', 'setting', 'started'] as const;
  const sections = ['runs', 'caveats', 'scores', 'settings', 'charts', 'confusion', 'statistics', 'reproduce'] as const;
  const charts = ['loss', 'uar', 'effective', 'nominal'] as const;
  const all = <K extends string, V>(keys: readonly K[], value: (key: K) => V) => Object.fromEntries(keys.map((key) => [key, value(key)])) as Record<K, V>;
  return {
    language, title: t('report.title', { count }), made: t('report.made', { date: format.date(now), version: SOFTWARE_VERSION }),
    sections: all(sections, (key) => t(`report.sections.${key}`)), columns: all(columns, (key) => t(`report.columns.${key}`)), metrics: all(metrics, (key) => t(`report.metrics.${key}`)),
    charts: all(charts, (key) => (task: string) => t(`report.chart.${key}`, { task })),
    epoch: t('axis.epoch'), scoresNote: t('report.scoresNote'), chartsNote: t('report.chartsNote'), belowZero: t('weights.uphill'), confusionNote: t('report.confusionNote'),
    noDifference: t('report.noDifference'), sameSettings: t('report.same'), absent: t('report.absent'), predicted: t('confusion.predicted'), truth: t('confusion.true'), recall: t('confusion.recall'),
    noEpoch: t('report.noEpoch'), reproduceNote: t('report.reproduceNote'), linkLabel: t('report.link'), noLink: t('report.noLink'), configLabel: t('report.config'),
    caveat: (code, runs) => t(`report.caveats.${code}`, { runs: runs.join(', ') }), task: (task) => t(`tasks.${task}`), strategy: (id) => t(`strategy.${id}.name`),
    className: (name) => lookup(i18n, `classes.${name}`, {}, name, language), state: (state) => t(`runState.${state}`), number: format.fixed, percent: (value) => format.percent(value, 1), date: format.date,
  };
}
