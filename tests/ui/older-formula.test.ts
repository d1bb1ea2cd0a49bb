/**
 * Whatever was computed with formulas that have changed since says so, in both languages, and nothing else
 * does.
 */
import i18next from 'i18next';
import { beforeAll, expect, it } from 'vitest';
import { en } from '../../src/app/i18n/en/index';
import { ru } from '../../src/app/i18n/ru/index';
import { groupRuns } from '../../src/core/compare/groups';
import { isOlder } from '../../src/core/training/segments';
import { STRATEGIES } from '../../src/core/weighting/registry';
import { formatFor } from '../../src/ui/text/format';
import { olderFormula } from '../../src/ui/text/older-formula';
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

it.each(['en', 'ru'] as const)('in %s', async (language) => {
  await i18n.changeLanguage(language);
  for (const { id, version = 1 } of STRATEGIES) {
    const first = olderFormula(i18n.t, { id, options: {} });
    expect(first !== null, id).toBe(version > 1);
    expect(isOlder({ id, options: {} }), id).toBe(version > 1);
    expect(olderFormula(i18n.t, { id, options: {}, version }), id).toBeNull();
    if (first) expect(first).toContain('0.1.0');
  }
  expect(olderFormula(i18n.t, { id: 'nash-mtl', options: {} })).toContain('√‖G‖F');
});

it('recipes are named by it', async () => {
  await i18n.changeLanguage('en');
  const nash = (version?: number) =>
    ({ strategy: { id: 'nash-mtl', options: {}, ...(version ? { version } : {}) } }) as const;
  const groups = groupRuns([madeUp('old', nash(), [[5, 5, 5]]), madeUp('new', nash(2), [[5, 5, 5]])]);
  expect(groups.map((group) => recipeName(i18n.t, formatFor('en'), group, groups))).toEqual([
    'Nash-MTL (formula of version 0.1.0)',
    'Nash-MTL',
  ]);
});
