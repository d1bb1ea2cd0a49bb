/** Numbers as sentences and tables write them: intervals of differences never leave the scale. */
import i18next from 'i18next';
import { beforeAll, describe, expect, it } from 'vitest';
import { en } from '../../src/app/i18n/en/index';
import { ru } from '../../src/app/i18n/ru/index';
import { groupRuns } from '../../src/core/compare/groups';
import { PRESETS } from '../../src/core/config/presets';
import { facetText } from '../../src/ui/text/facet-text';
import { formatFor } from '../../src/ui/text/format';
import { numbersFor } from '../../src/ui/text/numbers';
import { recipeName } from '../../src/ui/text/recipe-name';
import { madeUp } from '../support/compared-runs';

const i18n = i18next.createInstance();
beforeAll(() =>
  i18n.init({
    lng: 'en',
    resources: { en: { translation: en }, ru: { translation: ru } },
    interpolation: { escapeValue: false },
  }),
);
const numbers = (language: string) => numbersFor(i18n.getFixedT(language), formatFor(language));

describe('an interval of differences', () => {
  it('is in percentage points, of a loss in its unit', () => {
    expect(numbers('en').interval(-0.05, 0.123, 'uar')).toBe('−5.0 to +12.3 pp');
    expect(numbers('en').interval(-1.5, 2.25, 'loss')).toBe('−1.500 to +2.250');
  });
  it('ends where the scale ends, and says so; beyond both ends it says nothing but that', () => {
    expect(numbers('en').interval(-1.106, 0.77, 'uar')).toBe(
      '−100.0 to +77.0 pp (cut at the end of the scale)',
    );
    expect(numbers('ru').interval(-0.2, 1.3, 'accuracy')).toContain('+100,0');
    expect(numbers('en').interval(-3, 4, 'macroF1')).toBe('wider than the scale: too few seeds to tell');
  });
});

describe('what tells a run apart, in words', () => {
  const made = {
    corpusId: 'abcdef0123',
    config: {
      ...PRESETS.compact,
      split: { kind: 'session', session: 5 },
      epochs: 3,
      strategy: { id: 'static', options: { weights: [1, 0.5, 2] } },
    },
  } as const;
  it('is said in the language on screen', () => {
    const say = (language: string) =>
      (['corpus', 'split', 'epochs', 'options', 'seed'] as const).map((facet) =>
        facetText(i18n.getFixedT(language), formatFor(language), facet, made),
      );
    expect(say('en')).toEqual([
      'demo 50%, seed 1',
      'session 5 held out',
      '3 epochs',
      'Weights: 1 / 0.5 / 2',
      'seed 1',
    ]);
    expect(say('ru').slice(1, 3)).toEqual(['отложена сессия 5', '3 эпохи']);
  });
});

it('a recipe is named by what tells it from others of its strategy, a split as one thing', () => {
  const t = i18n.getFixedT('en');
  const groups = groupRuns([
    madeUp('a', {}, [[5, 5, 5]]),
    madeUp('b', { split: { kind: 'session', session: 5 }, epochs: 75 }, [[5, 5, 5]]),
    madeUp('c', { strategy: { id: 'famo', options: {} } }, [[5, 5, 5]]),
  ]);
  expect(groups.map((group) => recipeName(t, formatFor('en'), group, groups))).toEqual([
    'Unweighted sum (random split, 20%, 40 epochs)',
    'Unweighted sum (session 5 held out, 75 epochs)',
    'FAMO',
  ]);
});
