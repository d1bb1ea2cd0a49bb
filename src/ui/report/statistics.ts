/**
 * The statistics of a report as tables in words: means over seeds, tests over seeds, two runs on their
 * utterances. Not here: the tests themselves.
 */
import type { TFunction } from 'i18next';
import { splitOfPart } from '../../core/compare/part';
import { replicatesOf, repetitionsOf, type Replicates } from '../../core/compare/replicates';
import { confounders } from '../../core/compare/differences';
import type { RunGroup } from '../../core/compare/groups';
import type { Intervals } from '../../core/compare/on-utterances';
import { tableRows } from '../../core/compare/table';
import { METRICS, metricOf, NUMBER_METRICS, type MetricId, type Reading } from '../../core/compare/values';
import { layOut, type Layout } from '../../core/export/report/layout';
import type {
  GatheredReport,
  ReportRun,
  ReportStatistics,
  ReportTable,
} from '../../core/export/report/types';
import { classTasks, comparedKinds, comparedTasks } from '../../core/compare/compared-tasks';
import type { Format } from '../text/format';
import { numbersFor, type Numbers } from '../text/numbers';
import { foldsTable } from './folds';
import { recipeName } from '../text/recipe-name';
import { repetitionWords } from '../text/repetitions';
import { settingName } from '../text/setting-names';
import {
  comparisonSentence,
  differenceInterval,
  pairSentence,
  scoreInterval,
  seedSentence,
} from '../text/verdicts';
import { taskIds, type TaskId } from '../../core/tasks/types';
import { taskName } from '../text/task-name';
import { metricName } from '../text/metric-name';

interface Tools {
  readonly t: TFunction;
  readonly format: Format;
  readonly numbers: Numbers;
  readonly reading: Reading;
  /** What the recipes are repeated over. */
  readonly replicates: Replicates;
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
  { runs, over, reading, statistics }: GatheredReport,
): readonly ReportTable[] {
  if (!statistics) return [];
  const layout = layOut(runs, over);
  const { recipes } = layout;
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
  const replicates = replicatesOf(recipes.flatMap(({ group }) => repetitionsOf(group)));
  const tools = { t, format, reading, replicates, nameOf, numbers: numbersFor(t, format) };
  return [
    ...meansTable(tools, statistics),
    ...statistics.folds.map((one) =>
      foldsTable(
        tools,
        one,
        recipeName(
          t,
          format,
          one.group,
          statistics.folds.map(({ group }) => group),
        ),
      ),
    ),
    ...seedsTable(tools, statistics),
    ...pairTables(tools, runs, layout, statistics.pair),
  ];
}

/** Where and when scores are read, for the middle of a sentence: `validation side, each run’s best epoch`. */
export const readingText = (t: TFunction, { side, moment }: Pick<Reading, 'side' | 'moment'>): string =>
  t(`report.readings.${typeof moment === 'number' ? 'at' : moment}`, {
    side: t(`report.sides.${side}`),
    epoch: typeof moment === 'number' ? moment : '',
  });

/** Every recipe in every task: mean and standard deviation over its seeds of every score; one table a kind of task. */
function meansTable(tools: Tools, statistics: ReportStatistics): readonly ReportTable[] {
  const { groups } = statistics;
  if (groups.every(({ runs }) => runs.length < 2)) return [];
  const configs = groups.map(({ config }) => config);
  const [tasks, kinds] = [comparedTasks(configs), comparedKinds(configs)];
  const byKind = [
    { id: 'means', metrics: METRICS, field: 'metric', tasks: classTasks(tasks, kinds) },
    {
      id: 'means-numbers',
      metrics: NUMBER_METRICS,
      field: 'number',
      tasks: tasks.filter((task) => kinds.get(task) === 'number'),
    },
  ] as const;
  return byKind.filter((one) => one.tasks.length > 0).map((one) => meansOf(tools, statistics, one));
}

interface MeansOf {
  readonly id: string;
  readonly metrics: readonly MetricId[];
  /** Of the reading, where the metric is chosen. */
  readonly field: 'metric' | 'number';
  readonly tasks: readonly TaskId[];
}

function meansOf(
  { t, format, numbers, reading, replicates, nameOf }: Tools,
  { baseline, groups }: ReportStatistics,
  { id, metrics, field, tasks }: MeansOf,
): ReportTable {
  const byMetric = metrics.map((metric) => ({
    metric,
    rows: tableRows(groups, baseline, tasks, { ...reading, [field]: metric }, 'groups'),
  }));
  const chosen = metricOf(reading, tasks[0]!);
  const asked = byMetric.find(({ metric }) => metric === chosen)!;
  const delta = (group: RunGroup, i: number): string => {
    const { delta: found, pairs } = asked.rows.find((row) => row.group === group)!.scores[i]!;
    return group === baseline
      ? '–'
      : found === null
        ? t('compare.table.noPairs', repetitionWords(t, replicates))
        : `${numbers.delta(found, chosen)} (${pairs})`;
  };
  return {
    section: 'scores',
    id,
    title: t('report.means', repetitionWords(t, replicates)),
    caption: t('report.meansCaption', {
      ...repetitionWords(t, replicates),
      reading: readingText(t, reading),
      metric: metricName(t, chosen),
      baseline: nameOf(baseline.key),
    }),
    sentences: [],
    columns: columnsOf(
      [t('compare.tests.task'), t('compare.tests.recipe')],
      [
        t(`compare.repetitions.column.${replicates}`),
        ...metrics.map((metric) => metricName(t, metric)),
        t('report.delta', { metric: metricName(t, chosen) }),
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
  };
}

function seedsTable(
  { t, format, numbers, reading, replicates, nameOf }: Tools,
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
      title: t('compare.tests.seedsCaption', repetitionWords(t, replicates)),
      caption: t('report.statisticsNote', {
        ...repetitionWords(t, replicates),
        metric: [...new Set(answers.map(({ metric }) => metricName(t, metric)))].join(', '),
        reading: readingText(t, reading),
        baseline: nameOf(baseline.key),
      }),
      sentences: [
        t(`compare.tests.seedsSays.${replicates}`),
        t(`compare.tests.seedsSaysNot.${replicates}`),
        ...(replicates === 'seeds' ? [] : [t('compare.over.note')]),
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
        [
          t(`compare.repetitions.column.${replicates}`),
          ...(['gain', 'signFlip', 'wilcoxon', 'holm'] as const).map((column) =>
            t(`compare.tests.${column}`),
          ),
        ],
      ),
      rows: answers.map(({ group, task, metric, pairs, interval, flips, ranks, adjusted, verdict }) => [
        nameOf(group),
        taskName(t, task),
        seedSentence(t, numbers, { verdict, pairs }, replicates),
        format.integer(pairs.length),
        `${numbers.delta(interval?.mean, metric)}${typeof interval?.low === 'number' ? ` [${numbers.interval(interval.low, interval.high, metric)}]` : ''}`,
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
  { marks }: Layout,
  pair: ReportStatistics['pair'],
): readonly ReportTable[] {
  const [first, second] = [pair?.first, pair?.second].map((id) => runs.findIndex((run) => run.id === id));
  if (!pair || first === undefined || second === undefined || first < 0 || second < 0) return [];
  const named = (at: number): string => `${marks[at]} ${runs[at]!.name}`;
  const { part, comparison } = pair;
  const title = t(`report.pair.${part}`, { first: named(first), second: named(second) });
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
  const sentence = comparisonSentence(t, format, comparison, splitOfPart(runs[first]!.config.split, part));
  if (comparison.kind !== 'compared') return none(sentence);
  const marked = { first: marks[first]!, second: marks[second]! };
  const mcnemar: ReportTable = {
    section: 'statistics',
    id: 'mcnemar',
    title,
    caption: comparison.tasks.length === 0 ? '' : t(`report.mcnemarCaption.${part}`, marked),
    sentences: [sentence, ...says],
    columns: columnsOf(
      [t('compare.tests.task'), t('compare.tests.verdict')],
      (['firstOnly', 'secondOnly', 'exactP', 'chiSquareP', 'holm'] as const).map((column) =>
        t(`compare.tests.${column}`),
      ),
    ),
    rows: comparison.tasks.map(({ task, mcnemar: test, adjusted, verdict }) => [
      taskName(t, task),
      pairSentence(t, numbers, verdict),
      format.integer(test.firstOnly),
      format.integer(test.secondOnly),
      numbers.p(test.exactP),
      numbers.p(test.chiSquareP),
      numbers.p(adjusted),
    ]),
  };
  const resampled = (by: 'cluster' | 'utterance') => comparison.numbers.filter((one) => one.by === by);
  return [
    mcnemar,
    ...intervalTable(t, numbers, 'intervals', title, t('report.intervalsCaption', marked), [
      ...comparison.tasks,
      ...resampled('cluster'),
    ]),
    ...intervalTable(
      t,
      numbers,
      'intervals-utterances',
      title,
      t('report.utteranceIntervalsCaption', marked),
      resampled('utterance'),
    ),
  ];
}

function intervalTable(
  t: TFunction,
  numbers: Numbers,
  id: string,
  title: string,
  caption: string,
  tasks: readonly { readonly task: TaskId; readonly intervals: Intervals | null }[],
): readonly ReportTable[] {
  const rows = tasks.flatMap(({ task, intervals }) =>
    Object.entries(intervals ?? {}).map(([score, { first, second, difference }]) => [
      taskName(t, task),
      metricName(t, score),
      ...[first, second].map(
        (of) => `${numbers.score(of.value, score)} [${scoreInterval(t, numbers, of, score)}]`,
      ),
      `${numbers.delta(difference.value, score)} [${differenceInterval(t, numbers, difference, score)}]`,
    ]),
  );
  if (rows.length === 0) return [];
  return [
    {
      section: 'statistics',
      id,
      title,
      caption,
      sentences: [],
      rows,
      columns: columnsOf(
        [t('compare.tests.task'), t('compare.tests.score')],
        (['first', 'second', 'difference'] as const).map((column) => t(`compare.tests.${column}`)),
      ),
    },
  ];
}
