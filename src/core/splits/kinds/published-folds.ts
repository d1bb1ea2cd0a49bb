import { PUBLISHED } from '../../corpus/adapters/registry';
import { choiceField } from '../../options/field';
import { defineSplit, type Place } from '../types';
import { FOLD, counted } from './folds';

const FOLDED = PUBLISHED.flatMap(({ division, ...one }) =>
  division.by === 'lists' ? [{ ...one, folds: division.lists }] : [],
);
const names = FOLDED.map(({ id }) => id);
/** @throws never: the schema knows the names */
const named = (name: string) => FOLDED.find(({ id }) => id === name)!;

/**
 * Fold `fold` of a published split: the values that its authors list for it are held out, everything else
 * trains. Which folds there are, a corpus adapter declares.
 */
export const publishedFolds = defineSplit({
  id: 'published-folds',
  fields: { name: choiceField({ choices: names, default: names[0]! }), fold: FOLD },
  seeded: false,
  relative: false,
  leaks: 'other-groups',
  apart: ({ name }) => [named(name).column],
  holdsOut: ({ name, fold }) => `${name}/${fold}`,
  place: (items, { name, fold }) => {
    const { column, folds } = named(name);
    const held = new Set(folds[Math.min(fold, folds.length) - 1]);
    return items.map(({ groups }): Place => (held.has(groups[column] ?? '') ? 'held' : 'train'));
  },
  ofPublished: ({ id }) => (names.includes(id) ? { name: id, fold: 1 } : null),
  turns: { option: 'fold', values: (_offer, { name }) => counted(named(name).folds.length) },
  most: ({ name }) => ({ fold: named(name).folds.length }),
  choices: (offer) => {
    const own = offer.published.filter(({ id }) => names.includes(id)).map(({ id }) => id);
    return own.length > 0 ? { name: own } : null;
  },
});
