/**
 * How the runs of a report stand in it: by recipe, each with a mark; and whether a line in its charts is a
 * run or a recipe's mean.
 */
import { defaultBaseline, groupRuns, recipeKey, type Over, type RunGroup } from '../../compare/groups';
import { letterOf } from '../../compare/letters';
import type { ComparedRun } from '../../compare/values';
import { turnOf } from '../../splits/turns';

/** More lines than this no chart can tell apart. */
export const MOST_LINES = 24;

export interface Recipe {
  /** A, B, ... */
  readonly letter: string;
  readonly group: RunGroup;
  /** Positions of its runs, repetitions of a seed included. */
  readonly members: readonly number[];
}

export interface Layout {
  readonly recipes: readonly Recipe[];
  /** One a run: its recipe's letter, and a number where the recipe has several runs. */
  readonly marks: readonly string[];
  /** One a run: position of the line that shows it. */
  readonly lines: readonly number[];
  /** What a line in a chart is: a recipe's mean as soon as one has several seeds. */
  readonly drawn: 'runs' | 'recipes';
}

/** By seed, then by fold. */
const byRepetition = (a: ComparedRun, b: ComparedRun): number =>
  a.config.seed - b.config.seed ||
  (turnOf(a.config.split) ?? '').localeCompare(turnOf(b.config.split) ?? '', 'en', { numeric: true });

/**
 * The runs by recipe, the baseline's first, the others as they were begun; within a recipe by seed and fold.
 * @param baseline a run of the recipe that is to be first  @param over what runs of a recipe may differ in
 */
export function inOrder<R extends ComparedRun>(
  runs: readonly R[],
  baseline: string | null,
  over: Over = 'seeds',
): readonly R[] {
  const begun = runs.toSorted((a, b) => a.createdAt - b.createdAt);
  const keyOf = (run: ComparedRun): string => recipeKey(run, over);
  const wanted = begun.find(({ id }) => id === baseline);
  const first = wanted ? keyOf(wanted) : defaultBaseline(groupRuns(begun, over))?.key;
  const keys = [...new Set(begun.map(keyOf))].sort((a, b) => Number(b === first) - Number(a === first));
  return keys.flatMap((key) => begun.filter((run) => keyOf(run) === key).sort(byRepetition));
}

/** @param runs as {@link inOrder} has them, with the same `over` */
export function layOut(runs: readonly ComparedRun[], over: Over = 'seeds'): Layout {
  const keys = runs.map((run) => recipeKey(run, over));
  const recipes = groupRuns(runs, over).map((group, i): Recipe => ({
    letter: letterOf(i),
    group,
    members: keys.flatMap((key, at) => (key === group.key ? [at] : [])),
  }));
  const drawn = recipes.some(({ group }) => group.runs.length > 1) ? 'recipes' : 'runs';
  const own = keys.map((key) => recipes.findIndex(({ group }) => group.key === key));
  const marks = own.map((at, i) => {
    const { letter, members } = recipes[at]!;
    return members.length > 1 ? `${letter}${members.indexOf(i) + 1}` : letter;
  });
  return { recipes, marks, drawn, lines: drawn === 'recipes' ? own : runs.map((_, i) => i) };
}
