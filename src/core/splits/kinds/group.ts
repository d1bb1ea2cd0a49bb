import type { LabelledItem } from '../../corpus/label-schemes';
import { textField } from '../../options/field';
import { defineSplit, type Place } from '../types';

/** Everything of one value of a column is held out; a side may then be empty. */
export const holding = (items: readonly LabelledItem[], column: string, value: string): Place[] =>
  items.map(({ groups }) => (groups[column] === value ? 'held' : 'train'));

/** One value of any column of groups held out: a sentence, a style, a dialog. */
export const group = defineSplit({
  id: 'group',
  fields: {
    column: textField({ default: 'speaker', maxLength: 32 }),
    value: textField({ default: '', maxLength: 64 }),
  },
  seeded: false,
  relative: false,
  leaks: 'other-groups',
  apart: ({ column }) => [column],
  holdsOut: ({ column, value }) => `${column}/${value}`,
  place: (items, { column, value }) => holding(items, column, value),
  ofPublished: ({ column, division }, { holdOut }) => {
    const value = holdOut[column]?.[0];
    return division.by === 'each' && value !== undefined ? { column, value } : null;
  },
  turns: { option: 'value', values: ({ holdOut }, { column }) => holdOut[column] ?? [] },
  choices: ({ holdOut }, { column }) => {
    const columns = Object.keys(holdOut);
    return columns.length > 0 ? { column: columns, value: holdOut[column] ?? [] } : null;
  },
});
