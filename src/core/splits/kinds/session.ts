import { numberField } from '../../options/field';
import { defineSplit } from '../types';
import { holding } from './group';

const numberedOf = (sessions: readonly string[] = []): readonly string[] =>
  sessions.filter((name) => /^[1-9]\d?$/.test(name));

/** One session held out, the field's stricter protocol: other speakers, so that they cannot be recognised. */
export const session = defineSplit({
  id: 'session',
  fields: { session: numberField({ default: 5, min: 1, max: 99, integer: true }) },
  seeded: false,
  relative: false,
  leaks: 'other-groups',
  apart: () => ['session', 'speaker'],
  holdsOut: ({ session: held }) => `session/${held}`,
  place: (items, { session: held }) => holding(items, 'session', String(held)),
  ofPublished: ({ column, division }, { holdOut }) => {
    const [first] = numberedOf(holdOut['session']);
    return division.by === 'each' && column === 'session' && first !== undefined
      ? { session: Number(first) }
      : null;
  },
  turns: { option: 'session', values: ({ holdOut }) => numberedOf(holdOut['session']).map(Number) },
  choices: ({ holdOut: { session: sessions } }) => {
    const numbered = numberedOf(sessions);
    return numbered.length > 0 ? { session: numbered } : null;
  },
});
