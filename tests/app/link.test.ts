/** The page's part of a link. */
import { expect, it } from 'vitest';
import { readPageLink } from '../../src/app/link';

it('takes its own keys and leaves the configuration untouched', () => {
  expect(readPageLink('preset=compact&lang=ru&options=weights:1%3B2&theme=dark&autostart=1&kiosk=1')).toEqual(
    {
      language: 'ru',
      theme: 'dark',
      autostart: true,
      configuration: 'preset=compact&options=weights:1%3B2',
      problems: [],
    },
  );
});

it('is the same behind &amp;', () => {
  expect(readPageLink('seed=7&amp;lang=ru&amp;autostart=1&amp;weights=a%2520b')).toEqual({
    language: 'ru',
    theme: null,
    autostart: true,
    configuration: 'seed=7&weights=a%2520b',
    problems: [],
  });
});

it('tells of a language or theme there is none of', () => {
  const { problems, ...read } = readPageLink('lang=tlh&theme=pink');
  expect(read).toEqual({ language: null, theme: null, autostart: false, configuration: '' });
  expect(problems).toMatchObject([
    { code: 'bad-page-link', details: { key: 'lang', choices: 'en, ru' } },
    { code: 'bad-page-link', details: { key: 'theme', value: 'pink' } },
  ]);
});

it('tells of a language that is given twice, and leaves the rest to its reader', () => {
  const { language, problems } = readPageLink('lang=en&seed=1&lang=ru&seed=2');
  expect(language).toBe('ru');
  expect(problems).toMatchObject([{ code: 'repeated-link-key', details: { key: 'lang', value: 'ru' } }]);
});
