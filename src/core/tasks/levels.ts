/**
 * Classes made of a number: the levels between edges, as valence, activation and dominance in three levels (low,
 * medium, high) beside the regression of the same column. Not here: the column's values (core/corpus).
 */
import * as v from 'valibot';

/** To which level a value on an edge belongs: `outer` is the one farther from the middle. */
export const EDGE_SIDES = ['outer', 'below', 'above'] as const;

/** Most levels of a task. */
const MOST_LEVELS = 9;

export const LEVELS_SCHEMA = v.strictObject({
  /** Ascending, in the column's unit; one level more than edges. */
  edges: v.pipe(
    v.array(v.pipe(v.number(), v.finite())),
    v.minLength(1),
    v.maxLength(MOST_LEVELS - 1),
    v.check((edges) => edges.every((edge, i) => i === 0 || edge > edges[i - 1]!), 'ascending'),
  ),
  onEdge: v.picklist(EDGE_SIDES),
});

export interface Levels {
  readonly edges: readonly number[];
  readonly onEdge: (typeof EDGE_SIDES)[number];
}

/**
 * The index of a value's level, 0 the lowest. Of an odd number of edges the middle one belongs to the level below
 * where values on edges belong to the outer level.
 */
export function levelOf(value: number, { edges, onEdge }: Levels): number {
  const isAbove = (edge: number, i: number): boolean =>
    value > edge || (value === edge && (onEdge === 'above' || (onEdge === 'outer' && i >= edges.length / 2)));
  return edges.filter(isAbove).length;
}

/** Class names, the lowest first: words for two and three levels, else the edges around each (`..20`, `20..40`). */
export function levelNames({ edges }: Pick<Levels, 'edges'>): readonly string[] {
  if (edges.length === 1) return ['low', 'high'];
  if (edges.length === 2) return ['low', 'medium', 'high'];
  return ['', ...edges].map((edge, i) => `${edge}..${edges[i] ?? ''}`);
}

/**
 * Three levels of a rating: the lowest quarter of its scale, the highest, and what is between them; the ends
 * belong to the outer levels. Of a scale from 1 to 5 that is [1, 2], (2, 4) and [4, 5].
 */
export const levelsOfScale = ([low, high]: readonly [number, number]): Levels => ({
  edges: [low + (high - low) / 4, high - (high - low) / 4],
  onEdge: 'outer',
});

/**
 * As many levels of a number as there are values for, three at most, with about as many values in each.
 * @returns null where all values are equal
 */
export function levelsOfValues(values: readonly number[]): Levels | null {
  const sorted = values.toSorted((a, b) => a - b);
  const last = sorted.at(-1);
  // The values at the first and second third, by nearest rank. Nothing is above the largest value.
  const thirds = [1, 2].map((third) => sorted[Math.ceil((third * sorted.length) / 3) - 1]!);
  const edges = [...new Set(thirds)].filter((edge) => edge !== last);
  const next = sorted.findLast((value) => value !== last);
  if (next === undefined) return null;
  return { edges: edges.length > 0 ? edges : [next], onEdge: 'below' };
}

/** Numbers between semicolons or blanks, with points or commas. @returns null where they are no edges */
export function parseEdges(text: string): readonly number[] | null {
  const edges = text
    .split(/[;\s]+/)
    .filter((one) => one !== '')
    .map((one) => Number(one.replace(',', '.')));
  return v.is(LEVELS_SCHEMA, { edges, onEdge: 'outer' }) ? edges : null;
}

/** A task, as far as it says what it reads. */
interface Reading {
  readonly column: string;
  readonly levels?: Levels;
}

/** By which a task's labels and classes are found: its column, or what is made of it. */
export const labelKey = ({ column, levels }: Reading): string =>
  levels ? `${column}: ${levels.edges.join(' | ')} (${levels.onEdge})` : column;

/** The task that is called after a key: the one whose levels it means, else what the column is called. */
export const keyTask = (tasks: readonly (Reading & { readonly id: string })[], key: string): string =>
  tasks.find((task) => task.levels && labelKey(task) === key)?.id ?? key;
