/** Entries of the log in words: strategies and options are stored as ids and JSON. */
import i18next from 'i18next';
import { beforeAll, expect, it } from 'vitest';
import { en } from '../../src/app/i18n/en/index';
import { ru } from '../../src/app/i18n/ru/index';
import { TASKS } from '../../src/core/tasks/presets';
import { formatFor } from '../../src/ui/text/format';
import { logValues } from '../../src/ui/log-values';

const i18n = i18next.createInstance();
beforeAll(() =>
  i18n.init({
    lng: 'en',
    resources: { en: { translation: en }, ru: { translation: ru } },
    interpolation: { escapeValue: false },
  }),
);
const say = (details: Record<string, string | number>, language = 'en') =>
  logValues(i18n, formatFor(language), details, 'static', TASKS);

it('options belong to the strategy that the entry names, else to the one in force', () => {
  expect(say({ options: '{"weights":[1,0.5,2]}' })).toEqual({ options: 'Weights: 1 / 0.5 / 2' });
  expect(say({ from: 'static', to: 'dwa', options: '{"temperature":2}', epoch: 4 })).toEqual({
    from: 'Static weights',
    to: 'Dynamic weight average (DWA)',
    options: '(Temperature τ: 2)',
    epoch: '4',
  });
  expect(say({ strategy: 'mean', options: '{}' })).toEqual({ strategy: 'Mean', options: '' });
});

it('says them in the language on screen', async () => {
  await i18n.changeLanguage('ru');
  expect(say({ options: '{"weights":[1,0.5,2]}', task: 'gender' }, 'ru')).toEqual({
    options: 'Веса: 1 / 0,5 / 2',
    task: 'пол',
  });
  await i18n.changeLanguage('en');
});

it('leaves alone what it does not know: versions, backends, a text that is no object', () => {
  expect(say({ strategy: 'of-tomorrow', from: 1, to: 2, backend: 'wasm', options: '[broken' })).toEqual({
    strategy: 'of-tomorrow',
    from: '1',
    to: '2',
    backend: 'wasm',
    options: '[broken',
  });
});
