import { textField } from '../../options/field';
import { defineSplit, type Place } from '../types';
import { drawn, FRACTION } from './random';

/**
 * At random within every class of a column: each class is on both sides in the same share, as far as whole
 * utterances allow. Utterances without a label of that column are a class of their own; a class of one
 * utterance trains.
 */
export const stratified = defineSplit({
  id: 'stratified',
  fields: { validationFraction: FRACTION, column: textField({ default: 'emotion', maxLength: 32 }) },
  seeded: true,
  relative: true,
  leaks: 'everything',
  place: (items, { validationFraction, column }, random) => {
    const places = new Array<Place>(items.length).fill('train');
    const classes = new Map<number, number[]>();
    for (const [i, { labels }] of items.entries()) {
      const label = labels[column] ?? -1;
      const members = classes.get(label);
      if (members) members.push(i);
      else classes.set(label, [i]);
    }
    // In order of class, so that the order of the items decides nothing but who is drawn.
    for (const [, members] of [...classes].sort(([a], [b]) => a - b))
      for (const [j, place] of drawn(members.length, validationFraction, random).entries())
        places[members[j]!] = place;
    return places;
  },
  choices: ({ classes }) => (classes.length > 0 ? { column: classes } : null),
});
