/** Every word of a report in one language, whichever the page speaks. */
import type { i18n as I18n } from 'i18next';
import type { Reading } from '../../core/compare/values';
import type { ReportWords } from '../../core/export/report/types';
import { METRICS } from '../../core/tasks/metrics/registry';
import { SOFTWARE_VERSION } from '../../core/version';
import { lookup, say } from '../text/lookup';
import { formatFor } from '../text/format';
import { recipeName } from '../text/recipe-name';
import { settingName, settingValue } from '../text/setting-names';
import { readingText } from './statistics';
import { taskName } from '../text/task-name';

export function reportWords(
  i18n: I18n,
  language: string,
  count: number,
  reading: Reading,
  now: number,
): ReportWords {
  const t = i18n.getFixedT(language);
  const format = formatFor(language);
  const columns = [
    'mark',
    'run',
    'strategy',
    'seed',
    'corpus',
    'epochs',
    'best',
    'state',
    'backend',
    'task',
    'setting',
    'started',
  ] as const;
  const sections = [
    'runs',
    'caveats',
    'scores',
    'test',
    'settings',
    'charts',
    'confusion',
    'statistics',
    'reproduce',
  ] as const;
  const charts = [
    ...METRICS.filter(({ kind, primary }) => kind === 'both' || primary).map(({ id }) => id),
    'effective',
    'nominal',
  ];
  const all = <K extends string, V>(keys: readonly K[], value: (key: K) => V) =>
    Object.fromEntries(keys.map((key) => [key, value(key)])) as Record<K, V>;
  const read = { reading: readingText(t, reading) };
  return {
    language,
    title: t('report.title', { count }),
    made: t('report.made', { date: format.date(now), version: SOFTWARE_VERSION }),
    sections: all(sections, (key) => t(`report.sections.${key}`)),
    columns: all(columns, (key) => t(`report.columns.${key}`)),
    metrics: all(
      METRICS.map(({ id }) => id),
      (key) => say(t, `report.metrics.${key}`, key),
    ),
    charts: all(charts, (key) => (task: string) => say(t, `report.chart.${key}`, key, { task })),
    table: (number) => t('report.table', { number }),
    figure: (number) => t('report.figure', { number }),
    epoch: t('axis.epoch'),
    runsNote: t('report.runsNote'),
    oneCorpus: (name) => t('report.oneCorpus', { name }),
    scoresNote: t('report.scoresNote', read),
    testNote: t('tested.note'),
    settingsNote: t('report.settingsNote'),
    chartsNote: { runs: t('report.chartsNote.runs'), recipes: t('report.chartsNote.recipes') },
    beyond: (epochs) => t('compare.overlay.beyond', { count: epochs }),
    notMeasurable: t('measure.short'),
    belowZero: t('weights.uphill'),
    confusionNote: t('report.confusionNote', read),
    numberNote: `${t('numberTask.identity')} ${t('numberTask.calibration')}`,
    noDifference: t('report.noDifference'),
    sameSettings: t('report.same'),
    absent: t('report.absent'),
    predicted: t('confusion.predicted'),
    truth: t('confusion.true'),
    recall: t('confusion.recall'),
    reproduceNote: t('report.reproduceNote'),
    linkLabel: t('report.link'),
    noLink: t('report.noLink'),
    configLabel: t('report.config'),
    caveat: (code, runs) => t(`report.caveats.${code}`, { runs: runs.join(', ') }),
    since: (strategy, epoch) => t('report.since', { strategy, epoch }),
    forkOf: (parent, step) =>
      t(parent === null ? 'report.fork' : 'report.forkOf', {
        parent: parent ?? '',
        step: format.integer(step),
      }),
    setting: (name) => settingName(t, name),
    value: (name, value) => settingValue(t, format, name, value),
    task: (task) => taskName(t, task),
    strategy: (id) => t(`strategy.${id}.name`),
    recipe: (group, others) => recipeName(t, format, group, others),
    className: (name) => lookup(i18n, `classes.${name}`, {}, name, language),
    state: (state) => t(`runState.${state}`),
    number: format.fixed,
    percent: (value) => format.percent(value, 1),
    date: format.date,
  };
}
