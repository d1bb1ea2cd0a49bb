import { PUBLISHED } from '../../corpus/adapters/registry';
import { choiceField } from '../../options/field';
import { defineSplit, type Place } from '../types';

const SETS = PUBLISHED.flatMap(({ division, ...one }) =>
  division.by === 'parts' ? [{ ...one, ...division }] : [],
);
const names = SETS.map(({ id }) => id);

/**
 * Published sets for training, validation and test, by the values that the corpus itself gives them. Values of
 * no set, such as a second test set, are not used.
 */
export const publishedParts = defineSplit({
  id: 'published-parts',
  fields: { name: choiceField({ choices: names, default: names[0]! }) },
  seeded: false,
  relative: false,
  leaks: 'as-given',
  ownTest: true,
  place: (items, { name }) => {
    const { column, train, validation, test } = SETS.find(({ id }) => id === name)!;
    return items.map(({ groups }): Place => {
      const value = groups[column] ?? '';
      if (train.includes(value)) return 'train';
      if (validation.includes(value)) return 'held';
      return test.includes(value) ? 'test' : null;
    });
  },
  ofPublished: ({ id }) => (names.includes(id) ? { name: id } : null),
  choices: (offer) => {
    const own = offer.published.filter(({ id }) => names.includes(id)).map(({ id }) => id);
    return own.length > 0 ? { name: own } : null;
  },
});
