import { numberField, textField } from '../../options/field';
import type { RandomStream } from '../../random/streams';
import { defineSplit, type Place } from '../types';
import { FRACTION } from './random';

/** None, so that all but the validation's speakers train. */
const TEST_FRACTION = numberField({ default: 0.2, min: 0, max: 0.5, step: 0.05, unit: 'share' });

/**
 * Trains on one value of a column - one corpus of several - and tests on all others; the best epoch is chosen on
 * other speakers of the same value, and others again are its own test part. Speakers are drawn: round(speakers x
 * share) of them, for the validation at least one and for the test part at least one where three are there and
 * its share is not 0. Where fewer than two speakers are known, utterances are drawn instead. The utterances of
 * other values are the test part, those without a value are not used.
 */
export const oneToOthers = defineSplit({
  id: 'one-to-others',
  fields: {
    column: textField({ default: 'corpus', maxLength: 32 }),
    value: textField({ default: '', maxLength: 64 }),
    validationFraction: FRACTION,
    testFraction: TEST_FRACTION,
  },
  seeded: true,
  relative: true,
  leaks: 'other-groups',
  ownTest: true,
  apart: () => ['speaker'],
  source: ({ column, value }) => ({ column, value }),
  place: (items, { column, value, validationFraction, testFraction }, random) => {
    const own = items.filter(({ groups }) => groups[column] === value);
    const speakers = [...new Set(own.flatMap(({ groups }) => groups['speaker'] ?? []))].sort();
    const drawn =
      speakers.length > 1
        ? sidesOf(speakers, validationFraction, testFraction, random)
        : sidesOf(
            own.map(({ id }) => id),
            validationFraction,
            testFraction,
            random,
          );
    return items.map(({ id, groups }): Place => {
      if (groups[column] !== value) return groups[column] === undefined ? null : 'test';
      // An utterance without a speaker may be of any of them.
      return drawn.get(speakers.length > 1 ? (groups['speaker'] ?? '') : id) ?? null;
    });
  },
  turns: { option: 'value', values: ({ holdOut }, { column }) => holdOut[column] ?? [] },
  choices: ({ holdOut }, { column }) => {
    const columns = Object.keys(holdOut).filter((id) => id !== 'speaker' && holdOut[id]!.length > 1);
    return columns.length > 0 ? { column: columns, value: holdOut[column] ?? [] } : null;
  },
});

/** Where each goes; of fewer than two all train, of two one validates, of three or more one is tested. */
function sidesOf(
  names: readonly string[],
  validation: number,
  test: number,
  random: RandomStream,
): ReadonlyMap<string, Place> {
  const order = random.shuffled(names);
  const { length } = order;
  const held = length < 2 ? 0 : Math.min(length - 1, Math.max(1, Math.round(length * validation)));
  const most = Math.max(0, length - held - 1);
  const tested = length < 3 || test === 0 ? 0 : Math.min(most, Math.max(1, Math.round(length * test)));
  return new Map(
    order.map((name, i): [string, Place] => [name, i < held ? 'held' : i < held + tested ? 'test' : 'train']),
  );
}
