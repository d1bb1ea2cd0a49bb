/**
 * Published splits by name. Memberships are those that were read off the publications and counted in EmoBox'
 * lists: who is held out together, and that everybody is once.
 */
import { describe, expect, it } from 'vitest';
import { ADAPTERS, PUBLISHED, publishedName } from '../../src/core/corpus/adapters/registry';
import type { LabelledItem } from '../../src/core/corpus/label-schemes';
import { parseRunConfig } from '../../src/core/config/parse';
import { PRESETS } from '../../src/core/config/presets';
import { makeSplit } from '../../src/core/splits/make';
import { publishedOf, splitOfPublished } from '../../src/core/splits/published';
import { heldOutTwice, splitKind, type SplitChoice } from '../../src/core/splits/registry';
import { splitOf, splitText } from '../../src/core/splits/text';
import { allTurns } from '../../src/core/splits/turns';
import type { Offer } from '../../src/core/splits/types';

/** Every value of a corpus' columns as the release has them. */
function offerOf(id: string): Offer {
  const { groups, published = [] } = ADAPTERS.find((adapter) => adapter.id === id)!;
  return {
    holdOut: Object.fromEntries(groups.map((one) => [one.id, one.usual ?? []])),
    groups: groups.map((one) => one.id),
    parts: [],
    classes: ['emotion'],
    published,
  };
}
const itemsOf = (column: string, values: readonly string[]): LabelledItem[] =>
  values.map((value, i) => ({
    id: value,
    utteranceIndex: i,
    labels: { emotion: 0 },
    groups: { [column]: value },
  }));
const namesOf = (items: readonly LabelledItem[] | undefined): string =>
  (items ?? []).map(({ id }) => id).join(' ');
const held = (column: string, values: readonly string[], turns: readonly SplitChoice[]): string[] =>
  turns.map((turn) => namesOf(makeSplit(itemsOf(column, values), turn, 1).validation));

const ACTORS = Array.from({ length: 24 }, (_, i) => String(i + 1).padStart(2, '0'));

describe('RAVDESS’ actors', () => {
  it.each([
    [
      'ravdess-emobox',
      ['01 11 20 21', '04 10 12 14', '08 09 19 23', '03 05 07 24', '02 15 16 18', '06 13 17 22'],
    ],
    [
      'ravdess-luna-jimenez',
      ['02 05 14 15 16', '03 06 07 13 18', '10 11 12 19 20', '08 17 21 23 24', '01 04 09 22'],
    ],
  ])('%s: each fold as published, everybody once', (name, folds) => {
    const turns = allTurns({ kind: 'published-folds', name, fold: 1 }, offerOf('ravdess'));
    expect(held('speaker', ACTORS, turns)).toEqual(folds);
    expect(folds.flatMap((fold) => fold.split(' ')).toSorted()).toEqual(ACTORS);
    for (const turn of turns) expect(splitOf(splitText(turn))).toEqual(turn);
  });
});

it('EmoDB and SAVEE leave one speaker out, IEMOCAP one session or speaker', () => {
  const turnsOf = (corpus: string, id: string) => {
    const offer = offerOf(corpus);
    const split = splitOfPublished(
      PUBLISHED.find((one) => one.id === id)!,
      offer,
    )!;
    return allTurns(split, offer).map(splitText);
  };
  expect(turnsOf('emodb', 'emodb-speakers')).toEqual(
    ['03', '08', '09', '10', '11', '12', '13', '14', '15', '16'].map((one) => `speaker:${one}`),
  );
  expect(turnsOf('savee', 'savee-emobox')).toEqual(['DC', 'JE', 'JK', 'KL'].map((one) => `speaker:${one}`));
  expect(turnsOf('iemocap', 'iemocap-sessions')).toEqual([1, 2, 3, 4, 5].map((one) => `session:${one}`));
  expect(turnsOf('iemocap', 'iemocap-speakers')).toHaveLength(10);
});

it('EmoDB of audEERING: six speakers train, four are held out', () => {
  const speakers = ['03', '08', '09', '10', '11', '12', '13', '14', '15', '16'];
  const { train, validation } = makeSplit(
    itemsOf('speaker', speakers),
    { kind: 'published-folds', name: 'emodb-audeering', fold: 1 },
    1,
  );
  expect([namesOf(train), namesOf(validation)]).toEqual(['03 08 09 10 11 13', '12 14 15 16']);
});

it.each([1, 2])('MSP-PODCAST: Train, Validation, Test%i; the other test set is not used', (set) => {
  const items = itemsOf('split', ['Train', 'Validation', 'Test1', 'Test2', '']);
  const { train, validation, test } = makeSplit(
    items,
    { kind: 'published-parts', name: `msp-podcast-test${set}` as 'msp-podcast-test1' },
    1,
  );
  expect([namesOf(train), namesOf(validation), namesOf(test)]).toEqual(['Train', 'Validation', `Test${set}`]);
});

describe('whatever an adapter declares', () => {
  const all = ADAPTERS.flatMap(({ id, groups, published = [] }) =>
    published.map((split) => ({ corpus: id, columns: groups.map((one) => one.id), split })),
  );
  it('has an id of its own and a source', () => {
    expect(new Set(all.map(({ split }) => split.id)).size).toBe(all.length);
    for (const { split } of all) expect(split.source.length).toBeGreaterThan(10);
  });
  it.each(all)('$split.id divides by a column of its corpus, nobody twice', ({ columns, split }) => {
    expect(columns).toContain(split.column);
    const { division } = split;
    const lists =
      division.by === 'lists'
        ? division.lists
        : division.by === 'parts'
          ? [division.train, division.validation, division.test]
          : [];
    expect(new Set(lists.flat()).size).toBe(lists.flat().length);
    if (division.by === 'lists') expect(lists.length).toBeLessThanOrEqual(20);
  });
  it.each(all)(
    '$split.id is an ordinary split of a configuration, known again by it',
    ({ corpus, split }) => {
      const known = offerOf(corpus);
      // Columns that say no usual values have some.
      const offer = { ...known, holdOut: { ...known.holdOut, split: ['train', 'dev', 'test'] } };
      const chosen = splitOfPublished(split, offer)!;
      expect(parseRunConfig({ ...PRESETS.compact, split: chosen }).split).toEqual(chosen);
      expect(publishedOf(chosen, offer)?.id).toBe(split.id);
      for (const turn of allTurns(chosen, offer)) expect(publishedOf(turn, offer)?.id).toBe(split.id);
    },
  );
  it('is offered where the corpus declares it, and nowhere else', () => {
    expect(splitKind({ kind: 'published-folds' }).choices(offerOf('demo'), {})).toBeNull();
    expect(splitKind({ kind: 'published-parts' }).choices(offerOf('ravdess'), {})).toBeNull();
    expect(splitKind({ kind: 'published-folds' }).choices(offerOf('ravdess'), {})).toEqual({
      name: ['ravdess-emobox', 'ravdess-luna-jimenez'],
    });
  });
  it('has a name that says the corpus once', () => {
    expect(publishedName('ravdess-emobox')).toBe('RAVDESS, EmoBox');
    expect(publishedName('meld-release')).toBe('MELD');
    expect(publishedName('somebody-else')).toBe('somebody-else');
  });
});

describe('a group that is held out twice', () => {
  const two = (main: string, test: string): SplitChoice => splitOf(`${main};test:${test}`) as SplitChoice;
  it.each([
    ['session:5', 'session:5', true],
    ['session:5', 'group:session:5', true],
    ['speaker:03', 'group:speaker:03', true],
    ['published-folds:ravdess-emobox:2', 'published-folds:ravdess-emobox:2', true],
    ['session:5', 'session:4', false],
    ['published-folds:ravdess-emobox:2', 'published-folds:ravdess-emobox:3', false],
    // What is left after the test part is drawn from, or divided, anew.
    ['random:0.2', 'random:0.2', false],
    ['folds:5:1', 'folds:5:1', false],
    ['group-folds:speaker:5:1', 'group-folds:speaker:5:1', false],
  ])('%s and %s: %s', (main, test, twice) => {
    expect(heldOutTwice(two(main, test))).toBe(twice);
  });
  it('is in no turn; folds of what the test part leaves all are', () => {
    const offer = offerOf('iemocap');
    expect(allTurns(two('session:1', 'group:session:3'), offer).map(splitText)).toEqual(
      [1, 2, 4, 5].map((one) => `session:${one};test:group:session:3`),
    );
    expect(allTurns(two('folds:4:1', 'folds:4:1'), offer)).toHaveLength(4);
  });
});
