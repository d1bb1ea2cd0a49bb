import { textField } from '../../options/field';
import { defineSplit } from '../types';
import { holding } from './group';

/** One speaker held out. Nobody can recognise a voice that training has not heard. */
export const speaker = defineSplit({
  id: 'speaker',
  fields: { speaker: textField({ default: '', maxLength: 64 }) },
  seeded: false,
  relative: false,
  leaks: 'other-groups',
  apart: () => ['speaker'],
  holdsOut: ({ speaker: held }) => `speaker/${held}`,
  place: (items, { speaker: held }) => holding(items, 'speaker', held),
  ofPublished: ({ column, division }, { holdOut }) => {
    const first = holdOut['speaker']?.[0];
    return division.by === 'each' && column === 'speaker' && first !== undefined ? { speaker: first } : null;
  },
  turns: { option: 'speaker', values: ({ holdOut }) => holdOut['speaker'] ?? [] },
  choices: ({ holdOut: { speaker: speakers = [] } }) => (speakers.length > 0 ? { speaker: speakers } : null),
});
