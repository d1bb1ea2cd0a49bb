/**
 * The sweep's report as Markdown tables: scores, speed, weights, what the tests say. Computed by the modules
 * of the Compare screen (core/compare, core/stats). Not here: the reading of it, which a person writes beside
 * it.
 */
import { comparePair } from '../../src/core/compare/on-utterances';
import { groupRuns, type RunGroup } from '../../src/core/compare/groups';
import { answerSeeds, seedQuestions, valuesOf } from '../../src/core/compare/over-seeds';
import type { Moment, Reading } from '../../src/core/compare/values';
import { pairsNeeded, smallestP } from '../../src/core/stats/attainable';
import { mcnemar } from '../../src/core/stats/mcnemar';
import { meanInterval } from '../../src/core/stats/mean-interval';
import { judgePairs, LEVEL } from '../../src/core/stats/verdict';
import { comparedRun, predictionsOf, type SweepRun } from './data';
import { PLAN } from './plan';
import { taskIds, type TaskId } from '../../src/core/tasks/types';

/** Validation UAR that a task is asked for: about half-way and more from chance to the top. */
const WANTED: Readonly<Record<TaskId, number>> = { emotion: 0.7, speaker: 0.6, gender: 0.95 };
const EDGE = 5;

const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
const table = (head: readonly string[], rows: readonly (readonly string[])[]): string[] => [
  row(head),
  `|${head.map((_, i) => (i === 0 ? '---' : '---:')).join('|')}|`,
  ...rows.map(row),
  '',
];
const signed = (value: number, digits: number): string =>
  `${value < 0 ? '−' : '+'}${Math.abs(value).toFixed(digits)}`;
const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

/** A run of one task alone has nothing to say of the others, whose heads were not trained. */
export const trains = (run: Pick<SweepRun, 'config'>, task: number): boolean =>
  run.config.strategy.id !== 'single-task' || run.config.strategy.options['task'] === task;

interface Recipe {
  readonly label: string;
  readonly runs: readonly SweepRun[];
  readonly group: RunGroup;
}

const recipesOf = (runs: readonly SweepRun[]): readonly Recipe[] =>
  PLAN.map(({ label }) => {
    const own = runs.filter((run) => run.label === label);
    return { label, runs: own, group: groupRuns(own.map(comparedRun))[0]! };
  });

function scores(recipes: readonly Recipe[], tasks: readonly TaskId[], moment: Moment): string[] {
  const reading: Reading = { metric: 'uar', side: 'validation', moment };
  const means = (recipe: Recipe, task: TaskId): number => mean(valuesOf(recipe.group, task, reading));
  return table(
    ['strategy', ...tasks, ...(moment === 'best' ? ['best epoch'] : [])],
    recipes.map((recipe, i) => [
      recipe.label,
      ...tasks.map((task, t) => {
        if (!trains(recipe.runs[0]!, t)) return '';
        const { mean: m, sd } = meanInterval(valuesOf(recipe.group, task, reading))!;
        return `${m.toFixed(3)} ± ${(sd ?? 0).toFixed(3)}${i === 0 ? '' : ` (${signed(100 * (m - means(recipes[0]!, task)), 1)})`}`;
      }),
      ...(moment === 'best' ? [recipe.runs.map(({ best }) => best.at(-1)!).join(', ')] : []),
    ]),
  );
}

function speed(recipes: readonly Recipe[], tasks: readonly TaskId[]): string[] {
  const reached = ({ validation }: SweepRun, t: number): string =>
    String(validation.uar[t]!.findIndex((uar) => uar >= (WANTED[tasks[t]!] ?? 1)) + 1 || '–');
  return table(
    ['strategy', ...tasks.map((task) => `${task} ${WANTED[task]}`)],
    recipes.map(({ label, runs }) => [
      label,
      ...tasks.map((_, t) => (trains(runs[0]!, t) ? runs.map((run) => reached(run, t)).join(', ') : '')),
    ]),
  );
}

function weights(recipes: readonly Recipe[], tasks: readonly TaskId[]): string[] {
  const over = (
    runs: readonly SweepRun[],
    t: number,
    part: (column: readonly number[]) => readonly number[],
  ): number => mean(runs.map(({ effective }) => mean(part(effective[t]!))));
  const of = (runs: readonly SweepRun[], part: (column: readonly number[]) => readonly number[]): string =>
    tasks.map((_, t) => over(runs, t, part).toFixed(2).replace('-', '−')).join(' / ');
  return table(
    ['strategy', `epochs 1–${EDGE}`, `last ${EDGE} epochs`, 'least in an epoch'],
    recipes.map(({ label, runs }) => [
      label,
      of(runs, (column) => column.slice(0, EDGE)),
      of(runs, (column) => column.slice(-EDGE)),
      tasks
        .map((_, t) =>
          Math.min(...runs.flatMap(({ effective }) => effective[t]!))
            .toFixed(2)
            .replace('-', '−'),
        )
        .join(' / '),
    ]),
  );
}

function overSeeds(recipes: readonly Recipe[], tasks: readonly TaskId[]): string[] {
  const reading: Reading = { metric: 'uar', side: 'validation', moment: 'best' };
  const asked = recipes.slice(1).flatMap(({ runs, group }) =>
    seedQuestions(
      recipes[0]!.group,
      [group],
      tasks.filter((_, t) => trains(runs[0]!, t)),
      reading,
    ),
  );
  const answers = answerSeeds(asked);
  const seeds = asked[0]!.gains.length;
  const verdicts = [...new Set(answers.map(({ verdict }) => verdict.code))];
  const rows = recipes.slice(1).map(({ label, runs, group }) => [
    label,
    ...tasks.map((task, t) => {
      const answer = trains(runs[0]!, t)
        ? answers.find((one) => one.group === group.key && one.task === task)
        : undefined;
      const gains = answer?.interval;
      return answer && gains
        ? `${signed(100 * gains.mean, 1)} [${signed(100 * gains.low!, 1)}, ${signed(100 * gains.high!, 1)}], ${answer.gains.filter((gain) => gain > 0).length} of ${answer.gains.length}`
        : '';
    }),
  ]);
  return [
    `${answers.length} comparisons with ${seeds} seeds each. The least two-sided p of a sign-flip test of ${seeds} pairs is ${smallestP(seeds)}, after Holm's correction for ${answers.length} comparisons 1;`,
    `a clean sweep could fall below ${LEVEL} from ${pairsNeeded(LEVEL, answers.length)} seeds on (from ${pairsNeeded(LEVEL)}, were it the only comparison). Verdicts given: ${verdicts.map((code) => `\`${code}\` (${answers.filter(({ verdict }) => verdict.code === code).length})`).join(', ')}.`,
    '',
    ...table(['strategy', ...tasks], rows),
  ];
}

/** Seed by seed, all strategies and tasks as one family. */
function onUtterances(recipes: readonly Recipe[], tasks: readonly TaskId[]): string[] {
  const seeds = recipes[0]!.runs.map(({ config }) => config.seed);
  const found = seeds.map((_, s) => {
    const asked = recipes.slice(1).flatMap(({ label, runs }) =>
      tasks.flatMap((task, t) =>
        trains(runs[s]!, t)
          ? [
              {
                label,
                task,
                test: mcnemar(runs[s]!.truth[t]!, recipes[0]!.runs[s]!.predicted[t]!, runs[s]!.predicted[t]!),
              },
            ]
          : [],
      ),
    );
    const judged = judgePairs(
      asked.map(({ test: { firstOnly, secondOnly, exactP } }) => ({ firstOnly, secondOnly, p: exactP })),
    );
    return asked.map((one, i) => ({ ...one, code: judged[i]!.verdict.code }));
  });
  const words = (label: string, task: TaskId): string => {
    const codes = found.flatMap((family) => family.filter((one) => one.label === label && one.task === task));
    const said = (['better', 'worse'] as const).flatMap((code) => {
      const n = codes.filter((one) => one.code === code).length;
      return n > 0 ? [`${code} in ${n} of ${seeds.length}`] : [];
    });
    return codes.length === 0 ? '' : said.length > 0 ? said.join(', ') : 'not distinguishable';
  };
  return [
    `McNemar's exact test on each seed's ${recipes[0]!.runs[0]!.ids.length} validation utterances against the unweighted sum with the same seed, corrected (Holm) within the seed for ${found[0]!.length} comparisons:`,
    '',
    ...table(
      ['strategy', ...tasks],
      recipes.slice(1).map(({ label }) => [label, ...tasks.map((task) => words(label, task))]),
    ),
  ];
}

/** The paper's strategy beside the baseline, resampled by speaker. */
async function bySpeaker(baseline: Recipe, { label, runs }: Recipe): Promise<string[]> {
  const compared = await Promise.all(
    runs.map((run, s) =>
      comparePair(
        predictionsOf(baseline.runs[s]!),
        predictionsOf(run),
        new Map(run.ids.map((id, i) => [id, run.speakers[i]!])),
        { resamples: 2000, confidence: 0.95, seed: 1 },
      ),
    ),
  );
  const rows = compared.flatMap((answer, s) =>
    answer.kind === 'compared'
      ? [
          [
            String(runs[s]!.config.seed),
            ...answer.tasks.map(({ intervals }) => {
              const { value, bca, percentile } = intervals!['uar']!.difference;
              const { low, high } = bca ?? percentile;
              return `${signed(100 * value, 1)} [${signed(100 * low, 1)}, ${signed(100 * high, 1)}]`;
            }),
          ],
        ]
      : [],
  );
  const { speakers } = compared[0] as { readonly speakers: number };
  return [
    `The ${label} minus the ${baseline.label} in points of UAR, with 95 % intervals of a bootstrap over the ${speakers} speakers (BCa; so few speakers make it too sure of itself):`,
    '',
    ...table(['seed', ...taskIds(baseline.runs[0]!.config)], rows),
  ];
}

/** Everything between the marks in docs/results.md. */
export async function reportOf(runs: readonly SweepRun[]): Promise<string> {
  const recipes = recipesOf(runs);
  const { config, steps } = runs[0]!;
  const tasks = taskIds(config);
  const stopped = runs
    .filter((run) => run.steps.length < run.config.epochs)
    .map((run) => `${run.label} with seed ${run.config.seed} after ${run.steps.length}`);
  return [
    `${runs.length} runs: ${recipes.length} recipes with seeds ${recipes[0]!.runs.map(({ config: { seed } }) => seed).join(', ')}, ${config.epochs} epochs of ${steps[0]} steps${stopped.length > 0 ? ` (early stopping ended ${stopped.join(', ')})` : ''}; ${runs[0]!.ids.length} utterances validate, others with each seed.`,
    '',
    '### Validation UAR at the best epoch',
    '',
    'Mean ± standard deviation over seeds, in brackets the difference of the means to the unweighted sum in points; “best” is by the sum of the validation losses, as in the app.',
    '',
    '![UAR of each seed and their mean, per strategy and task](demo-sweep-scores.svg)',
    '',
    ...scores(recipes, tasks, 'best'),
    '### At the last epoch',
    '',
    ...scores(recipes, tasks, 'last'),
    '### How soon',
    '',
    'The epoch at which validation UAR first reaches the mark, seed by seed; –: never.',
    '',
    ...speed(recipes, tasks),
    '### What the strategies did',
    '',
    `Effective weights dL/dL_i (of gradient strategies the factors of the gradients), ${tasks.join(' / ')}, mean over steps and seeds; last column: the least mean of any epoch.`,
    '',
    '![Effective weights by epoch, per strategy](demo-sweep-weights.svg)',
    '',
    ...weights(recipes, tasks),
    '### Over seeds',
    '',
    ...overSeeds(recipes, tasks),
    'Gain in points of UAR at the best epoch, its 95 % interval (Student, for gains that are about normal), and in how many seeds it is above zero.',
    '',
    '### On the same utterances',
    '',
    ...onUtterances(recipes, tasks),
    ...(await bySpeaker(recipes[0]!, recipes[1]!)),
  ]
    .join('\n')
    .trimEnd();
}
