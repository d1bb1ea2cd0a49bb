/** The page's part of a link. */
import { expect, it } from 'vitest';
import { readPageLink } from '../../src/app/link';

it('takes its own keys and leaves the configuration untouched', () => {
  expect(readPageLink('preset=compact&lang=ru&options=weights:1%3B2&theme=dark&autostart=1&kiosk=1'))
    .toEqual({ language: 'ru', theme: 'dark', autostart: true, configuration: 'preset=compact&options=weights:1%3B2' });
});

it('ignores a language or theme there is none of', () => {
  expect(readPageLink('lang=tlh&theme=pink')).toEqual({ language: null, theme: null, autostart: false, configuration: '' });
});
