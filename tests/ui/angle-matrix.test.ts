/** All pairs of eight tasks: 28 cells, each with its number, its pair by name and whether it is drawn. */
import i18next from 'i18next';
import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { I18nextProvider } from 'react-i18next';
import { beforeAll, expect, it } from 'vitest';
import { en } from '../../src/app/i18n/en/index';
import { AngleMatrix, groundOf } from '../../src/screens/train/live/angle-matrix';

const i18n = i18next.createInstance();
beforeAll(() => i18n.init({ lng: 'en', resources: { en: { translation: en } } }));

const TASKS = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];
/** Pair k in the order (0,1), (0,2), ... has k/100 - 0.14. */
const COSINES = Array.from({ length: 28 }, (_, k) => k / 100 - 0.14);

const shown = (drawn: readonly number[]): string =>
  renderToStaticMarkup(
    createElement(
      I18nextProvider,
      { i18n },
      createElement(AngleMatrix, { tasks: TASKS, cosines: COSINES, drawn, onToggle: () => undefined }),
    ),
  );

it('has a cell for every pair, with its own number', () => {
  const html = shown([]);
  expect(html.match(/<button/g)).toHaveLength(28);
  // (0,1) is the first, (0,7) the seventh, (1,2) the eighth, (6,7) the last.
  for (const [pair, cosine] of [
    ['a – b', '−0.14'],
    ['a – h', '−0.08'],
    ['b – c', '−0.07'],
    ['g – h', '0.13'],
  ])
    expect(html).toContain(`aria-label="${pair}: ${cosine}"`);
});

it('says which pairs are drawn', () => {
  const pressed = [...shown([0, 27]).matchAll(/aria-pressed="true" aria-label="([^:]+):/g)].map(
    ([, pair]) => pair,
  );
  expect(pressed).toEqual(['a – b', 'g – h']);
});

it('colours conflict and agreement apart, the more the farther from 0', () => {
  expect(groundOf(0)).toContain(' 0%');
  expect(groundOf(-1)).toBe('color-mix(in srgb, var(--series-1) 45%, var(--panel))');
  expect(groundOf(0.5)).toBe('color-mix(in srgb, var(--series-2) 23%, var(--panel))');
});
