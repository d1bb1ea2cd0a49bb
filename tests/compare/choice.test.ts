/** What is chosen on the Compare screen, as a link and back. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CLASS_MEASURES } from '../../src/core/compare/by-class';
import {
  choiceFromQuery,
  choiceToQuery,
  chosenRuns,
  DEFAULT_CHOICE,
  onlyRuns,
  strangers,
  withoutStrangers,
  type CompareChoice,
} from '../../src/core/compare/choice';
import { groupRuns } from '../../src/core/compare/groups';
import { METRICS, NUMBER_METRICS } from '../../src/core/compare/values';
import { TASKS } from '../../src/core/tasks/presets';
import { madeUp } from '../support/compared-runs';

const key = fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }).map((bits) => bits.toString(16).padStart(16, '0'));
const orNull = <T>(some: fc.Arbitrary<T>): fc.Arbitrary<T | null> => fc.option(some, { nil: null });
const task = orNull(fc.constantFrom(...TASKS));
const choices: fc.Arbitrary<CompareChoice> = fc.record({
  metric: fc.constantFrom(...METRICS),
  number: fc.constantFrom(...NUMBER_METRICS),
  side: fc.constantFrom('train', 'validation'),
  moment: fc.oneof(fc.constantFrom('best', 'last'), fc.integer({ min: 1, max: 1_000_000 })),
  rows: fc.constantFrom('groups', 'runs'),
  over: fc.constantFrom('seeds', 'seeds-and-folds'),
  onlyDiffering: fc.boolean(),
  filter: fc.string({ unit: 'grapheme', maxLength: 20 }),
  left: fc.uniqueArray(key, { maxLength: 4 }),
  only: orNull(
    fc.uniqueArray(
      fc.uuid().map((id) => id.slice(0, 8)),
      { minLength: 1, maxLength: 80 },
    ),
  ),
  title: fc.string({ unit: 'grapheme', maxLength: 20 }),
  baseline: orNull(key),
  drawn: orNull(fc.uniqueArray(key, { maxLength: 4 })),
  across: task,
  up: task,
  first: orNull(fc.uuid()),
  second: orNull(fc.uuid()),
  part: fc.constantFrom('validation', 'test'),
  task,
  measure: fc.constantFrom(...CLASS_MEASURES),
});

describe('a link to a comparison', () => {
  it('comes back as it was', () => {
    fc.assert(
      fc.property(choices, (choice) => {
        expect(choiceFromQuery(choiceToQuery(choice))).toEqual({ choice, problems: [] });
      }),
    );
  });

  it('says only what departs from the default', () => {
    expect(choiceToQuery(DEFAULT_CHOICE)).toBe('');
    expect(
      choiceToQuery({
        ...DEFAULT_CHOICE,
        metric: 'loss',
        moment: 12,
        onlyDiffering: false,
        filter: 'a & b',
        across: 'gender',
        drawn: [],
        part: 'test',
      }),
    ).toBe('metric=loss&at=12&settings=all&filter=a%20%26%20b&curves=&x=gender&part=test');
  });

  it('with values that are none: each is ignored and told, the others count', () => {
    const { choice, problems } = choiceFromQuery(
      'metric=wer&side=train&at=0&rows=both&baseline=<b>&without=0123456789abcdef,x&x=4th&measure=f1&nonsense=1&first=../..&filter=%E0%A4%A',
    );
    expect(choice).toEqual({ ...DEFAULT_CHOICE, side: 'train', measure: 'f1', filter: '%E0%A4%A' });
    expect(problems.map(({ details }) => details['key'])).toEqual([
      'metric',
      'at',
      'rows',
      'baseline',
      'without',
      'x',
      'first',
      'nonsense',
    ]);
    expect(problems[0]).toMatchObject({ code: 'bad-choice', details: { value: 'wer' } });
  });

  it('that a mail has encoded once too often is read all the same; names of trackers are no matter, others are told', () => {
    expect(
      choiceFromQuery(
        'metric=loss&amp;at=last&amp;curves=0123456789abcdef%252Cfedcba9876543210&utm_source=mail',
      ),
    ).toEqual({
      choice: {
        ...DEFAULT_CHOICE,
        metric: 'loss',
        moment: 'last',
        drawn: ['0123456789abcdef', 'fedcba9876543210'],
      },
      problems: [],
    });
    expect(choiceFromQuery('metrik=loss').problems).toMatchObject([
      { code: 'unknown-link-key', details: { key: 'metrik', near: 'metric' } },
    ]);
  });

  it('never ends in an error, whatever it holds', () => {
    fc.assert(
      fc.property(fc.string(), (query) => {
        expect(choiceToQuery(choiceFromQuery(query).choice)).toBeTypeOf('string');
      }),
    );
  });
});

describe('a comparison of chosen runs', () => {
  const ids = [
    '1a2b3c4d-0000-4000-8000-000000000001',
    '5e6f7a8b-0000-4000-8000-000000000002',
    '9c0d1e2f-0000-4000-8000-000000000003',
  ];
  const runs = ids.map((id) => ({ id }));

  it('names them in its link by the beginnings of their ids, and its title', () => {
    const choice = { ...DEFAULT_CHOICE, ...onlyRuns(ids.slice(0, 2), 'Sweep 3 × 2') };
    const query = choiceToQuery(choice);
    expect(query).toBe('only=1a2b3c4d%2C5e6f7a8b&title=Sweep%203%20%C3%97%202');
    const back = choiceFromQuery(query).choice;
    expect(chosenRuns(runs, back.only)).toEqual({ runs: runs.slice(0, 2), missing: 0 });
    expect(back.title).toBe('Sweep 3 × 2');
  });
  it('counts those that are not here, and is about all runs where none is named', () => {
    expect(chosenRuns(runs, ['9c0d1e2f', 'ffffffff'])).toEqual({ runs: [runs[2]], missing: 1 });
    expect(chosenRuns(runs, null)).toEqual({ runs, missing: 0 });
    expect(onlyRuns([]).only).toBeNull();
  });
  it('forgets which recipes were left out or drawn, and keeps how scores are read', () => {
    const before: CompareChoice = {
      ...DEFAULT_CHOICE,
      metric: 'loss',
      left: ['0123456789abcdef'],
      drawn: [],
      baseline: '0123456789abcdef',
      first: 'a',
      filter: 'famo',
    };
    expect({ ...before, ...onlyRuns(ids) }).toEqual({ ...DEFAULT_CHOICE, metric: 'loss', only: ids });
  });
});

describe('choices that name what is not here', () => {
  const groups = groupRuns([madeUp('a', {}, [[5, 5, 5]]), madeUp('b', { epochs: 7 }, [[5, 5, 5]])]);
  const [here, also] = groups.map(({ key: own }) => own) as [string, string];
  const gone = '0123456789abcdef';

  it('are told and can be forgotten; the rest stays', () => {
    const choice: CompareChoice = {
      ...DEFAULT_CHOICE,
      baseline: gone,
      left: [here, gone],
      drawn: [gone, also],
      first: 'a',
      second: 'z',
      across: 'age',
      up: 'gender',
      task: 'age',
      metric: 'loss',
    };
    expect(strangers(choice, groups)).toEqual({ recipes: [gone], runs: ['z'], tasks: ['age'] });
    expect(withoutStrangers(choice, groups)).toEqual({
      ...choice,
      baseline: null,
      left: [here],
      drawn: [also],
      second: null,
      across: null,
      task: null,
    });
    expect(strangers(withoutStrangers(choice, groups), groups)).toEqual({ recipes: [], runs: [], tasks: [] });
  });

  it('curves that are all gone are chosen anew; none chosen by hand stays none', () => {
    expect(withoutStrangers({ ...DEFAULT_CHOICE, drawn: [gone] }, groups).drawn).toBeNull();
    expect(withoutStrangers({ ...DEFAULT_CHOICE, drawn: [] }, groups).drawn).toEqual([]);
  });

  it('a recipe keeps its key whatever its runs are called, and another recipe has another', () => {
    expect(here).toMatch(/^[0-9a-f]{16}$/);
    expect(groupRuns([madeUp('renamed', { seed: 9, backend: 'cpu' }, [[1, 1, 1]])])[0]!.key).toBe(here);
    expect(also).not.toBe(here);
  });
});
