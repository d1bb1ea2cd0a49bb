/** A row of Runs with many unlike settings: three of them, and how many more there are. */
import i18next from 'i18next';
import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { I18nextProvider } from 'react-i18next';
import { beforeAll, expect, it } from 'vitest';
import { en } from '../../src/app/i18n/en/index';
import { Differing } from '../../src/screens/runs/differing';

const i18n = i18next.createInstance();
beforeAll(() => i18n.init({ lng: 'en', resources: { en: { translation: en } } }));
const shown = (count: number): string =>
  renderToStaticMarkup(
    createElement(
      I18nextProvider,
      { i18n },
      createElement(Differing, { texts: Array.from({ length: count }, (_, i) => `s${i}`) }),
    ),
  ).replaceAll(/<[^>]+>/g, '|');

it('shows up to four in full', () => {
  expect(shown(0)).toBe('');
  expect(shown(4)).toBe('|s0 · s1 · s2 · s3|');
});
it('counts what it leaves out of more', () => {
  expect(shown(5)).toBe('|s0 · s1 · s2|2 more||');
  expect(shown(12)).toBe('|s0 · s1 · s2|9 more||');
});
