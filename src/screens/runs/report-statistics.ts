/** The tests over seeds as a table of the report: each answer with its verdict in words. */
import type { i18n as I18n } from 'i18next';
import type { ReportTable } from '../../core/export/report/types';
import type { SeedVerdict } from '../../core/stats/verdict';
import type { ReportStatistics } from '../../state/report';
import { formatFor } from '../../ui/format';

export function statisticsTable(i18n: I18n, language: string, { baseline, groups, answers }: ReportStatistics): ReportTable {
  const t = i18n.getFixedT(language);
  const format = formatFor(language);
  const p = (value: number | null | undefined): string => (typeof value === 'number' ? format.significant(value, 2) : '–');
  const says = (verdict: SeedVerdict): string => {
    switch (verdict.code) {
      case 'no-pairs': case 'one-seed': return t(`compare.tests.seedVerdict.${verdict.code}`);
      case 'same': return t('compare.tests.seedVerdict.same', { count: verdict.seeds });
      case 'too-few-seeds': return [t('compare.tests.seedVerdict.too-few-seeds', { count: verdict.seeds, floor: p(verdict.floor) }), t('compare.tests.needed', { seeds: verdict.needed })].join(' ');
      default: return t(`compare.tests.seedVerdict.${verdict.code}`, { count: verdict.seeds, p: p(verdict.p) });
    }
  };
  const nameOf = (key: string): string => {
    const group = groups.find((one) => one.key === key);
    return group ? `${t(`strategy.${group.config.strategy.id}.name`)} (${group.runs.map(({ name }) => name).join(', ')})` : '';
  };
  const columns = ['recipe', 'task', 'pairs', 'gain', 'signFlip', 'wilcoxon', 'holm', 'verdict'] as const;
  return {
    caption: t('report.statisticsNote', { baseline: nameOf(baseline.key) }), header: columns.map((column) => t(`compare.tests.${column}`)),
    sentences: [t('compare.tests.seedsSays'), t('compare.tests.seedsSaysNot')],
    rows: answers.map(({ group, task, pairs, interval, flips, ranks, adjusted, verdict }) => [
      nameOf(group), t(`tasks.${task}`), format.integer(pairs.length),
      interval ? `${format.fixed(interval.mean, 4)} [${format.fixed(interval.low, 4)}; ${format.fixed(interval.high, 4)}]` : '–', p(flips?.p), p(ranks.p), p(adjusted), says(verdict),
    ]),
  };
}
