/** The V/A/D sweep's report as Markdown tables. Not here: the reading of it, which a person writes beside it. */
import { meanInterval } from '../../src/core/stats/mean-interval';
import type { VadRun } from './data';
import { labelOf, STRATEGIES, TASK_SETS } from './plan';

const EDGE = 5;
const table = (head: readonly string[], rows: readonly (readonly string[])[]): string[] => [
  `| ${head.join(' | ')} |`,
  `|${head.map((_, i) => (i < 2 ? '---' : '---:')).join('|')}|`,
  ...rows.map((cells) => `| ${cells.join(' | ')} |`),
  '',
];
/** Without a minus before zero. */
const plain = (value: number, digits: number): string =>
  (Number(value.toFixed(digits)) + 0).toFixed(digits).replace('-', '−');
const signed = (value: number): string => `${value < 0 ? '' : '+'}${plain(value, 1)}`;
const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

/** The score of one task at the run's best epoch. */
const scoreOf = ({ tasks, score, best }: VadRun, task: string): number =>
  score[tasks.indexOf(task)]![best - 1]!;

/** @param runs of all strategies, sets of tasks and seeds */
export function reportOf(runs: readonly VadRun[]): string {
  const of = (strategy: string, set: string): readonly VadRun[] =>
    runs.filter(({ label }) => label === labelOf(strategy, set));
  const [plainSet, ...withVad] = TASK_SETS;
  const common = plainSet!.tasks.map(({ id }) => id);
  const seeds = [...new Set(runs.map(({ seed }) => seed))];
  const epochs = runs[0]!.score[0]!.length;

  const scores = STRATEGIES.flatMap(({ label }) =>
    TASK_SETS.map(({ label: set }) => {
      const own = of(label, set);
      const cell = (task: string): string => {
        const { mean: m, sd } = meanInterval(own.map((run) => scoreOf(run, task)))!;
        return `${plain(m, 3)} ± ${plain(sd ?? 0, 3)}`;
      };
      return [label, set, ...common.map(cell), own.map(({ best }) => best).join(', ')];
    }),
  );
  const gains = STRATEGIES.flatMap(({ label }) =>
    withVad.map(({ label: set }) => [
      label,
      set,
      ...common.map((task) => {
        const differences = of(label, set).map((run) => {
          const other = of(label, plainSet!.label).find(({ seed }) => seed === run.seed)!;
          return 100 * (scoreOf(run, task) - scoreOf(other, task));
        });
        const { mean: m, low, high } = meanInterval(differences)!;
        return low === null || high === null ? signed(m) : `${signed(m)} [${signed(low)}, ${signed(high)}]`;
      }),
    ]),
  );
  const rated = STRATEGIES.flatMap(({ label }) =>
    withVad.map(({ label: set, tasks }) => [
      label,
      set,
      ...tasks.slice(common.length).map(({ id }) => {
        const { mean: m, low, high } = meanInterval(of(label, set).map((run) => scoreOf(run, id)))!;
        return low === null || high === null
          ? plain(m, 3)
          : `${plain(m, 3)} [${plain(low, 3)}, ${plain(high, 3)}]`;
      }),
    ]),
  );
  const weights = (kind: 'nominal' | 'effective') =>
    STRATEGIES.flatMap(({ label }) =>
      TASK_SETS.map(({ label: set, tasks }) => {
        const over = (part: (list: readonly number[]) => readonly number[]): string =>
          tasks
            .map((_, task) => plain(mean(of(label, set).map((run) => mean(part(run[kind][task]!)))), 2))
            .join(' / ');
        const share = mean(
          of(label, set).map((run) => {
            const last = run[kind].map((list) => Math.abs(mean(list.slice(-EDGE))));
            return mean(last.slice(0, common.length)) / mean(last);
          }),
        );
        return [
          label,
          set,
          over((list) => list.slice(0, EDGE)),
          over((list) => list.slice(-EDGE)),
          plain(share, 2),
        ];
      }),
    );
  const order = `${common.join(' / ')}, then valence / activation / dominance`;
  const columns = ['strategy', 'tasks', `epochs 1–${EDGE}`, `last ${EDGE} epochs`, 'share of the three'];
  return [
    `${runs.length} runs: ${STRATEGIES.length} strategies, ${TASK_SETS.length} sets of tasks, seeds ${seeds.join(', ')}, ${epochs} epochs; validation, at the epoch with the lowest sum of its losses (of all tasks of the run).`,
    '',
    '### Emotion, speaker and gender with and without V/A/D',
    '',
    'UAR, mean ± standard deviation over seeds.',
    '',
    ...table(['strategy', 'tasks', ...common, 'best epoch'], scores),
    'Difference to the three tasks alone under the same strategy, in points of UAR over pairs of one seed, with its 95 % interval (Student).',
    '',
    ...table(['strategy', 'tasks', ...common], gains),
    '### V/A/D themselves',
    '',
    'CCC of the regression, UAR of the three levels (chance 0.333), mean over seeds with its 95 % interval (Student).',
    '',
    ...table(['strategy', 'tasks', 'valence', 'activation', 'dominance'], rated),
    '### Nominal weights',
    '',
    `Means over steps and seeds, ${order}. Last column: the mean size of the three tasks' weights in the last ${EDGE} epochs beside that of all tasks; 1: no more and no less than the others.`,
    '',
    ...table(columns, weights('nominal')),
    '### Effective weights',
    '',
    'dL/dL_i, otherwise as above.',
    '',
    ...table(columns, weights('effective')),
  ]
    .join('\n')
    .trimEnd();
}
