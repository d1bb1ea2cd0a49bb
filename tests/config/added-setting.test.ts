/**
 * A plain setting is one entry: with its declaration alone it is checked, kept, on Train, in links, in names and in
 * what differs; and at its default nothing of a configuration changes.
 */
import i18next from 'i18next';
import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { I18nextProvider } from 'react-i18next';
import { MemoryRouter } from 'react-router';
import { beforeAll, expect, it, vi } from 'vitest';
import { en } from '../../src/app/i18n/en/index';
import { differingFacets, shortOf, type Facet } from '../../src/core/compare/facets';
import { differingSettings, flatConfig } from '../../src/core/compare/differences';
import { fromQuery, toQuery } from '../../src/core/config/link';
import { parseRunConfig } from '../../src/core/config/parse';
import { PRESETS } from '../../src/core/config/presets';
import type { SettingGroup } from '../../src/core/config/plain-settings';
import { GroupFields } from '../../src/screens/train/config/group-fields';
import { facetText } from '../../src/ui/text/facet-text';
import { formatFor } from '../../src/ui/text/format';

vi.mock('../../src/core/config/plain-settings', async (actual) => {
  const module = await actual<typeof import('../../src/core/config/plain-settings')>();
  const field = await import('../../src/core/options/field');
  const toys = {
    toyShare: { ...field.numberField({ default: 0, min: 0, max: 1, link: 'toy' }), group: 'training' },
    toyChoice: { ...field.choiceField({ choices: ['red', 'blue'], default: 'red' }), group: 'model' },
  } as const;
  return {
    ...module,
    ADDED_SETTINGS: toys,
    ADDED_SCHEMAS: module.optionalSchemas(toys),
    plainField: (id: string) => (toys as Readonly<Record<string, unknown>>)[id] ?? module.plainField(id),
  };
});

const base = parseRunConfig(PRESETS.compact);
const changed = parseRunConfig({ ...base, toyShare: 0.25, toyChoice: 'blue' });

it('is checked, and not kept at its default', () => {
  expect(changed).toEqual({ ...base, toyShare: 0.25, toyChoice: 'blue' });
  expect(JSON.stringify(parseRunConfig({ ...base, toyShare: 0, toyChoice: 'red' }))).toBe(
    JSON.stringify(base),
  );
  expect(() => parseRunConfig({ ...base, toyShare: 2 })).toThrow(/toyShare/);
  expect(() => parseRunConfig({ ...base, toyChoice: 'green' })).toThrow(/toyChoice/);
});

it('goes through a link', () => {
  const query = toQuery(changed, 'compact');
  expect(Object.fromEntries(new URLSearchParams(query))).toMatchObject({ toy: '0.25', toyChoice: 'blue' });
  expect(fromQuery(query)).toMatchObject({ config: changed, problems: [] });
  expect(toQuery(base, 'compact')).not.toContain('toy');
});

it('is named among what differs, with its default where it is absent', () => {
  expect(differingSettings([base, changed])).toEqual(['toyShare', 'toyChoice']);
  expect(flatConfig(base).get('toyShare')).toBe('0');
  const made = [base, changed].map((config) => ({ config, corpusId: 'x' }));
  expect(differingFacets(made)).toEqual(['toyShare', 'toyChoice']);
  expect(shortOf('toyShare' as Facet, changed)).toBe('0.25');
  expect(shortOf('toyChoice' as Facet, base)).toBe('red');
});

const i18n = i18next.createInstance();
beforeAll(() => i18n.init({ lng: 'en', resources: { en: { translation: en } } }));

const shown = (group: SettingGroup, config: typeof base): string =>
  renderToStaticMarkup(
    createElement(
      I18nextProvider,
      { i18n },
      createElement(
        MemoryRouter,
        null,
        createElement(GroupFields, { group, config, base, disabled: false, differs: () => false as const }),
      ),
    ),
  );

it('is on Train in its group alone, with a way back where it departs', () => {
  expect(shown('training', base)).toContain('>toyShare<');
  expect(shown('training', base)).not.toMatch(/toyChoice|toyShare: back/);
  expect(shown('training', changed)).toContain('toyShare: back to the preset’s value');
  expect(shown('model', changed)).toContain('toyChoice: back to the preset’s value');
  for (const group of ['recipe', 'weighting'] as const) expect(shown(group, changed)).not.toContain('toy');
});

it('is part of a run’s name', () => {
  expect(facetText(i18n.t, formatFor('en'), 'toyShare' as Facet, { config: changed, corpusId: 'x' })).toBe(
    'toyShare: 0.25',
  );
});
