/** CSV of cross-validations: every fold of every recipe and task, their mean, and all predictions together. */
import { foldScores } from '../compare/cross-validation';
import type { RunGroup } from '../compare/groups';
import type { FoldsTogether } from '../compare/pooled';
import { metricOf, type Reading } from '../compare/values';
import { taskIds } from '../tasks/types';
import { toCsv, type Cell } from './csv';

export interface FoldsOfRecipe {
  readonly group: RunGroup;
  /** Null: nothing is known of all predictions together. */
  readonly together: FoldsTogether | null;
  /** What the recipe is called on screen. */
  readonly name: string;
}

/**
 * Long form. `row` is `fold`, `mean` (Student's interval over folds) or `pooled` (bootstrap over `drawn`, BCa
 * where it exists); folds that are missing have a row with their reason and no value.
 */
export function foldsFile(recipes: readonly FoldsOfRecipe[], reading: Reading): string {
  const header =
    'recipe,task,metric,side,at,row,seed,held_out,value,sd,n,low_95,high_95,utterances,drawn,note';
  return toCsv(
    header.split(','),
    recipes.flatMap(({ group, together, name }) =>
      taskIds(group.config).flatMap((task): Cell[][] => {
        const metric = metricOf(reading, task);
        const told: Cell[] = [name, task, metric, reading.side, reading.moment];
        const { folds, mean } = foldScores(group, task, reading);
        const pooled = reading.side === 'validation' ? (together?.seeds ?? []) : [];
        return [
          ...folds.map(({ fold, value, utterances, absent, unmeasurable }): Cell[] => [
            ...told,
            'fold',
            null,
            fold,
            value?.mean,
            value?.sd,
            value?.n ?? 0,
            null,
            null,
            utterances,
            null,
            unmeasurable ? 'not measurable' : absent.length > 0 ? `without ${absent.join(' ')}` : null,
          ]),
          ...(together?.missing ?? []).map(({ seed, fold, why }): Cell[] => [
            ...told,
            'fold',
            seed,
            fold,
            ...Array.from({ length: 7 }, () => null),
            why,
          ]),
          [...told, 'mean', null, null, mean?.mean, mean?.sd, mean?.n ?? 0, mean?.low, mean?.high],
          ...pooled.map(({ seed, pooled: one }): Cell[] => {
            const own = one?.kind === 'pooled' ? one.tasks.find((found) => found.task === task) : undefined;
            const score = own?.scores[metric];
            const ends = score?.interval && (score.interval.bca ?? score.interval.percentile);
            return [
              ...told,
              'pooled',
              seed,
              null,
              score?.value,
              null,
              own?.clusters,
              ends?.low,
              ends?.high,
              own?.utterances,
              own?.by === 'cluster' ? 'speakers' : own && 'utterances',
              one === null ? 'incomplete' : one.kind === 'pooled' ? null : one.kind,
            ];
          }),
        ];
      }),
    ),
  );
}
