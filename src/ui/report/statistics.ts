/**
 * The statistics of a report as tables in words: means over seeds, tests over seeds, two runs on their
 * utterances. Not here: the tests themselves.
 */
import type { TFunction } from 'i18next';
import { confounders } from '../../core/compare/differences';
import type { RunGroup } from '../../core/compare/groups';
import { SCORES, type PairComparison } from '../../core/compare/on-utterances';
import { tableRows } from '../../core/compare/table';
import { METRICS, type Reading } from '../../core/compare/values';
import { layOut } from '../../core/export/report/layout';
import type {
  GatheredReport,
  ReportRun,
  ReportStatistics,
  ReportTable,
} from '../../core/export/report/types';
import { classTasksOf } from '../../core/compare/class-tasks';
import type { Format } from '../text/format';
import { numbersFor, type Numbers } from '../text/numbers';
import { recipeName } from '../text/recipe-name';
import { settingName } from '../text/setting-names';
import {
  comparisonSentence,
  differenceInterval,
  pairSentence,
  scoreInterval,
  seedSentence,
} from '../text/verdicts';
import { taskIds } from '../../core/tasks/types';
import { taskName } from '../text/task-name';

interface Tools {
  readonly t: TFunction;
  readonly format: Format;
  readonly numbers: Numbers;
  readonly reading: Reading;
  /** `A Unweighted sum`. */
  readonly nameOf: (key: string) => string;
}

const columnsOf = (words: readonly string[], numbers: readonly string[]): ReportTable['columns'] => [
  ...words.map((name) => ({ name, numeric: false })),
  ...numbers.map((name) => ({ name, numeric: true })),
];

export function statisticsTables(
  t: TFunction,
  format: Format,
  { runs, reading, statistics }: GatheredReport,
): readonly ReportTable[] {
  if (!statistics) return [];
  const { recipes } = layOut(runs);
  const nameOf = (key: string): string => {
    const recipe = recipes.find(({ group }) => group.key === key);
    return recipe
      ? `${recipe.letter} ${recipeName(
          t,
          format,
          recipe.group,
          recipes.map(({ group }) => group),
        )}`
      : '';
  };
  const tools = { t, format, reading, nameOf, numbers: numbersFor(t, format) };
  return [
    ...meansTable(tools, statistics),
    ...seedsTable(tools, statistics),
    ...pairTables(tools, runs, statistics.pair),
  ];
}

/** Where and when scores are read, for the middle of a sentence: `validation side, each run’s best epoch`. */
export const readingText = (t: TFunction, { side, moment }: Pick<Reading, 'side' | 'moment'>): string =>
  t(`report.readings.${typeof moment === 'number' ? 'at' : moment}`, {
    side: t(`report.sides.${side}`),
    epoch: typeof moment === 'number' ? moment : '',
  });

/** Every recipe in every task: mean and standard deviation over its seeds of every score. */
function meansTable(
  { t, format, numbers, reading, nameOf }: Tools,
  { baseline, groups }: ReportStatistics,
): readonly ReportTable[] {
  if (groups.every(({ runs }) => runs.length < 2)) return [];
  const tasks = classTasksOf(groups.map(({ config }) => config));
  const byMetric = METRICS.map((metric) => ({
    metric,
    rows: tableRows(groups, baseline, tasks, { ...reading, metric }, 'groups'),
  }));
  const asked = byMetric.find(({ metric }) => metric === reading.metric)!;
  const delta = (group: RunGroup, i: number): string => {
    const { delta: found, pairs } = asked.rows.find((row) => row.group === group)!.scores[i]!;
    return group === baseline
      ? '–'
      : found === null
        ? t('compare.table.noPairs')
        : `${numbers.delta(found, reading.metric)} (${pairs})`;
  };
  return [
    {
      section: 'scores',
      id: 'means',
      title: t('report.means'),
      caption: t('report.meansCaption', {
        reading: readingText(t, reading),
        metric: t(`compare.metrics.${reading.metric}`),
        baseline: nameOf(baseline.key),
      }),
      sentences: [],
      columns: columnsOf(
        [t('compare.tests.task'), t('compare.tests.recipe')],
        [
          t('compare.table.seeds'),
          ...METRICS.map((metric) => t(`compare.metrics.${metric}`)),
          t('report.delta', { metric: t(`compare.metrics.${reading.metric}`) }),
        ],
      ),
      rows: tasks.flatMap((task, i) =>
        groups
          .filter(({ config }) => taskIds(config).includes(task))
          .map((group) => [
            taskName(t, task),
            nameOf(group.key),
            format.integer(group.runs.length),
            ...byMetric.map(({ metric, rows }) => {
              const { value } = rows.find((row) => row.group === group)!.scores[i]!;
              return `${numbers.score(value?.mean, metric)}${typeof value?.sd === 'number' ? ` ${t('compare.table.spread', { sd: numbers.spread(value.sd, metric) })}` : ''}`;
            }),
            delta(group, i),
          ]),
      ),
    },
  ];
}

function seedsTable(
  { t, format, numbers, reading, nameOf }: Tools,
  { baseline, groups, answers }: ReportStatistics,
): readonly ReportTable[] {
  if (answers.length === 0) return [];
  const mixed = groups
    .map(({ key, config }) => ({ key, settings: confounders(baseline.config, config) }))
    .filter(({ settings }) => settings.length > 0);
  return [
    {
      section: 'statistics',
      id: 'statistics',
      title: t('compare.tests.seedsCaption'),
      caption: t('report.statisticsNote', {
        metric: t(`compare.metrics.${reading.metric}`),
        reading: readingText(t, reading),
        baseline: nameOf(baseline.key),
      }),
      sentences: [
        t('compare.tests.seedsSays'),
        t('compare.tests.seedsSaysNot'),
        ...mixed.map(({ key, settings }) =>
          t('compare.tests.confounded', {
            letter: nameOf(key).split(' ')[0] ?? '',
            name: nameOf(key).split(' ').slice(1).join(' '),
            settings: settings.map((setting) => settingName(t, setting)).join(', '),
          }),
        ),
      ],
      columns: columnsOf(
        [t('compare.tests.recipe'), t('compare.tests.task'), t('compare.tests.verdict')],
        (['pairs', 'gain', 'signFlip', 'wilcoxon', 'holm'] as const).map((column) =>
          t(`compare.tests.${column}`),
        ),
      ),
      rows: answers.map(({ group, task, pairs, interval, flips, ranks, adjusted, verdict }) => [
        nameOf(group),
        taskName(t, task),
        seedSentence(t, numbers, verdict),
        format.integer(pairs.length),
        `${numbers.delta(interval?.mean, reading.metric)}${typeof interval?.low === 'number' ? ` [${numbers.interval(interval.low, interval.high, reading.metric)}]` : ''}`,
        numbers.p(flips?.p),
        pairs.length > 0 ? numbers.p(ranks.p) : '–',
        numbers.p(adjusted),
      ]),
    },
  ];
}

function pairTables(
  { t, format, numbers }: Tools,
  runs: readonly ReportRun[],
  pair: ReportStatistics['pair'],
): readonly ReportTable[] {
  const [first, second] = [pair?.first, pair?.second].map((id) => runs.findIndex((run) => run.id === id));
  if (!pair || first === undefined || second === undefined || first < 0 || second < 0) return [];
  const { marks } = layOut(runs);
  const named = (at: number): string => `${marks[at]} ${runs[at]!.name}`;
  const title = t('report.pair', { first: named(first), second: named(second) });
  const { comparison } = pair;
  const says = [t('compare.tests.utterancesSays'), t('compare.tests.utterancesSaysNot')];
  const none = (sentence: string): readonly ReportTable[] => [
    {
      section: 'statistics',
      id: 'mcnemar',
      title,
      caption: '',
      columns: [],
      rows: [],
      sentences: [sentence],
    },
  ];
  if (!comparison) return none(t('report.noPredictionsThen'));
  const sentence = comparisonSentence(t, format, comparison, runs[first]!.config.split);
  if (comparison.kind !== 'compared') return none(sentence);
  const marked = { first: marks[first]!, second: marks[second]! };
  return [
    {
      section: 'statistics',
      id: 'mcnemar',
      title,
      caption: t('report.mcnemarCaption', marked),
      sentences: [sentence, ...says],
      columns: columnsOf(
        [t('compare.tests.task'), t('compare.tests.verdict')],
        (['firstOnly', 'secondOnly', 'exactP', 'chiSquareP', 'holm'] as const).map((column) =>
          t(`compare.tests.${column}`),
        ),
      ),
      rows: comparison.tasks.map(({ task, mcnemar, adjusted, verdict }) => [
        taskName(t, task),
        pairSentence(t, numbers, verdict),
        format.integer(mcnemar.firstOnly),
        format.integer(mcnemar.secondOnly),
        numbers.p(mcnemar.exactP),
        numbers.p(mcnemar.chiSquareP),
        numbers.p(adjusted),
      ]),
    },
    ...intervalTable(t, numbers, title, marked, comparison.tasks),
  ];
}

function intervalTable(
  t: TFunction,
  numbers: Numbers,
  title: string,
  marked: { readonly first: string; readonly second: string },
  tasks: (PairComparison & { readonly kind: 'compared' })['tasks'],
): readonly ReportTable[] {
  const rows = tasks.flatMap(({ task, intervals }) =>
    intervals
      ? SCORES.map((score) => {
          const { first, second, difference } = intervals[score];
          return [
            taskName(t, task),
            t(`compare.metrics.${score}`),
            ...[first, second].map(
              (of) => `${numbers.score(of.value, score)} [${scoreInterval(t, numbers, of)}]`,
            ),
            `${numbers.delta(difference.value, score)} [${differenceInterval(t, numbers, difference)}]`,
          ];
        })
      : [],
  );
  if (rows.length === 0) return [];
  return [
    {
      section: 'statistics',
      id: 'intervals',
      title,
      caption: t('report.intervalsCaption', marked),
      sentences: [],
      rows,
      columns: columnsOf(
        [t('compare.tests.task'), t('compare.tests.score')],
        (['first', 'second', 'difference'] as const).map((column) => t(`compare.tests.${column}`)),
      ),
    },
  ];
}
