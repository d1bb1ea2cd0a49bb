/** Options of strategies in words: numbers as the language writes them, choices and tasks by their names. */
import i18next from 'i18next';
import { beforeAll, expect, it } from 'vitest';
import { en } from '../../src/app/i18n/en/index';
import { ru } from '../../src/app/i18n/ru/index';
import type { OptionValue, StrategyId } from '../../src/core/weighting/types';
import { formatFor } from '../../src/ui/text/format';
import { optionText } from '../../src/ui/text/option-text';

const i18n = i18next.createInstance();
beforeAll(() =>
  i18n.init({
    lng: 'en',
    resources: { en: { translation: en }, ru: { translation: ru } },
    interpolation: { escapeValue: false },
  }),
);

it('says what a value means', async () => {
  const text = (id: StrategyId, key: string, value: OptionValue): string =>
    optionText(i18n.t, formatFor(i18n.language), id, key, value, ['emotion', 'speaker', 'gender']);
  expect(text('static', 'weights', [1, 0.5, 2])).toMatch(/: 1 \/ 0\.5 \/ 2$/);
  expect(text('log-sum', 'form', 'log1p')).toBe('Form: ln(1 + L)');
  expect(text('single-task', 'task', 1)).toMatch(/: speaker$/);
  // a position that does not exist is the last task
  expect(text('single-task', 'task', 7)).toMatch(/: gender$/);
  expect(text('mean', 'of another version', 3)).toBe('of another version: 3');
  await i18n.changeLanguage('ru');
  expect(text('static', 'weights', [1, 0.5, 2])).toMatch(/: 1 \/ 0,5 \/ 2$/);
});
