/** A run's log tells of recordings that it trains on and validates on under two names. */
import { expect, it } from 'vitest';
import { en } from '../../src/app/i18n/en/index';
import { copyNotes } from '../../src/core/training/notes/copy-notes';
import { manifestOf, utterance } from '../corpus/manifests';

const manifest = manifestOf(
  ['a', 'b', 'a', 'c'].map((content, i) => ({ ...utterance(1, 'F', 'ang', i), content })),
);
const example = (i: number) => ({ id: manifest.utterances[i]!.id, labels: [0] });

it('counts those of the validation side', () => {
  const notes = copyNotes(manifest, {
    classes: [['angry']],
    train: [example(0), example(1)],
    validation: [example(2), example(3)],
  });
  expect(notes).toEqual([
    { level: 'warning', code: 'copies-on-both-sides', details: { count: 1, total: 2 } },
  ]);
  expect(notes.every(({ code }) => code in en.log.codes)).toBe(true);
});

it('is silent where copies lie on one side, or are not used', () => {
  expect(
    copyNotes(manifest, {
      classes: [['angry']],
      train: [example(0), example(2)],
      validation: [example(1), example(3)],
    }),
  ).toEqual([]);
  expect(
    copyNotes(manifest, { classes: [['angry']], train: [example(1)], validation: [example(2)] }),
  ).toEqual([]);
});
