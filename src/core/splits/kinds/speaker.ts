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
  place: (items, { speaker: held }) => holding(items, 'speaker', held),
  turns: { option: 'speaker', values: ({ holdOut }) => holdOut['speaker'] ?? [] },
  choices: ({ holdOut: { speaker: speakers = [] } }) => (speakers.length > 0 ? { speaker: speakers } : null),
});
