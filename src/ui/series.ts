/**
 * How several runs or recipes are told apart: a letter, and colour, dash pattern and marker together, so that
 * nothing rests on colour. The baseline is solid, in ink. Not here: tasks (tasks.ts), which look the same
 * everywhere.
 */
import { letterOf } from '../core/compare/letters';
import type { Marker, TaskStyle } from './tasks';

export interface SeriesStyle extends TaskStyle {
  readonly letter: string;
}

const DASHES = [undefined, '8 3', '2 2.5', '10 3 2 3', '5 3', '1.5 3', '12 2.5', '6 2 2 2 2 2'] as const;
/** `--series-1` ... in tokens.css. With the dashes and markers, 168 styles differ. */
const COLORS = 7;
const MARKERS: readonly Marker[] = ['circle', 'square', 'triangle'];

/**
 * More curves are not drawn together. Which ones is the user's choice: any two of the first 21 series differ
 * in two of colour, dash and marker at least.
 */
export const MAX_SERIES = DASHES.length;

export const seriesStyle = (index: number): SeriesStyle => ({
  letter: letterOf(index),
  color: index === 0 ? 'var(--ink)' : `var(--series-${((index - 1) % COLORS) + 1})`,
  dash: DASHES[index % DASHES.length],
  marker: MARKERS[index % MARKERS.length]!,
});

/**
 * Of the recipe begun as the `place`-th, from 0: its letter stays, whichever is the baseline; the baseline
 * has the first looks.
 */
export const memberStyle = (place: number, baseline: number): SeriesStyle => ({
  ...seriesStyle(place === baseline ? 0 : place < baseline ? place + 1 : place),
  letter: letterOf(place),
});
