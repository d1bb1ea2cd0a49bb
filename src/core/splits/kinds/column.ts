import { textField } from '../../options/field';
import { defineSplit, type Place } from '../types';

/** What parts are called in corpora that come divided. */
const PLACE_OF: Readonly<Record<string, Place>> = {
  train: 'train',
  training: 'train',
  dev: 'held',
  devel: 'held',
  valid: 'held',
  validation: 'held',
  test: 'test',
};

/**
 * The parts that the corpus itself comes in: a column of groups with the values train, dev and test, however
 * they are spelt. Other values, and utterances without one, are not used.
 */
export const column = defineSplit({
  id: 'column',
  fields: { column: textField({ default: 'part', maxLength: 32 }) },
  seeded: false,
  relative: false,
  leaks: 'as-given',
  ownTest: true,
  place: (items, { column: name }) =>
    items.map(({ groups }) => {
      const value = (groups[name] ?? '').toLowerCase();
      return Object.hasOwn(PLACE_OF, value) ? PLACE_OF[value]! : null;
    }),
  ofPublished: ({ column: name, division }) => (division.by === 'column' ? { column: name } : null),
  choices: ({ parts, groups }) => {
    const columns = parts.length > 0 ? parts : groups;
    return columns.length > 0 ? { column: columns } : null;
  },
});
