/**
 * What valence, activation and dominance do to the weights of emotion, speaker and gender: the same recipe with the
 * three tasks alone, with V/A/D by regression (1 − CCC), and with V/A/D in three levels (cross-entropy), under three
 * strategies. `EPOCHS` and `SEEDS` shorten a rehearsal, which writes nothing. Not here: the report (report.ts).
 */
import { adapterOf } from '../../src/core/corpus/adapters/registry';
import { PRESETS } from '../../src/core/config/presets';
import { parseRunConfig } from '../../src/core/config/parse';
import type { StrategyChoice } from '../../src/core/training/segments';
import { beginningNow } from '../../src/core/training/sweep';
import { levelsOfScale } from '../../src/core/tasks/levels';
import { taskOfColumn, type OfferedColumn } from '../../src/core/tasks/of-column';
import type { TaskSpec } from '../../src/core/tasks/types';
import { keyOf, type PlannedRun } from '../support/kept-run';

const SEEDS = (process.env['SEEDS'] ?? '1,2,3').split(',').map(Number);
const EPOCHS = Number(process.env['EPOCHS'] ?? PRESETS.compact.epochs);

export const STRATEGIES: readonly { readonly label: string; readonly strategy: StrategyChoice }[] = [
  { label: 'unweighted sum', strategy: { id: 'unweighted-sum', options: {} } },
  { label: 'weighted average', strategy: { id: 'weighted-average', options: { detached: false } } },
  { label: 'Kendall uncertainty', strategy: { id: 'kendall-uncertainty', options: {} } },
];

/** The demo is read as IEMOCAP is, whose numbers are V, A and D. */
const numbers = adapterOf({ adapter: 'demo' }).columns.filter(({ kind }) => kind === 'number');

function withColumns(columns: readonly OfferedColumn[]): readonly TaskSpec[] {
  const tasks = [...PRESETS.compact.tasks];
  for (const column of columns) tasks.push(taskOfColumn(column, tasks)!);
  return tasks;
}
const ccc = (task: TaskSpec): TaskSpec =>
  task.kind === 'number' ? { ...task, loss: { id: 'ccc', scale: 'standardised' } } : task;

/** In the order of the report; the first is what the others are compared with. */
export const TASK_SETS: readonly { readonly label: string; readonly tasks: readonly TaskSpec[] }[] = [
  { label: 'three tasks', tasks: PRESETS.compact.tasks },
  {
    label: 'with V/A/D, 1 − CCC',
    tasks: withColumns(numbers.map(({ id }) => ({ id, kind: 'number' as const }))).map(ccc),
  },
  {
    label: 'with V/A/D in three levels',
    tasks: withColumns(
      numbers.map(({ id, scale }) => ({ id, kind: 'classes' as const, levels: levelsOfScale(scale!) })),
    ),
  },
];

export const labelOf = (strategy: string, tasks: string): string => `${strategy}, ${tasks}`;

/** Seed by seed, as in the app's queue. */
export const plannedRuns = (): readonly PlannedRun[] =>
  SEEDS.flatMap((seed) =>
    STRATEGIES.flatMap(({ label, strategy }) =>
      TASK_SETS.map(({ label: set, tasks }) => {
        const config = beginningNow(
          parseRunConfig({
            ...PRESETS.compact,
            backend: 'wasm',
            tasks,
            strategy,
            seed,
            epochs: EPOCHS,
            patience: EPOCHS,
          }),
        );
        return { key: keyOf(config), label: labelOf(label, set), config };
      }),
    ),
  );
