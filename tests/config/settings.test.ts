/** Every part of a configuration is a setting: in links, in names of runs and in what sets them apart. */
import { describe, expect, it } from 'vitest';
import { FACETS } from '../../src/core/compare/facets';
import { PLAIN_SETTINGS } from '../../src/core/config/plain-settings';
import { SCHEMA } from '../../src/core/config/schema';
import { SETTINGS } from '../../src/core/config/settings/registry';
import type { Setting } from '../../src/core/config/settings/setting';

const settings: readonly Setting[] = SETTINGS;
const ids = settings.map(({ id }) => id);

/** Why one is not in links, or tells no two runs apart. */
const NOT_IN_LINKS = { origin: 'a link cannot carry the checkpoint that a fork goes on from' };
const NEVER_APART = {
  instruments: 'measuring changes no number of a run',
  microBatch: 'the parts of a batch add up to the same step',
};

describe('the settings of a run', () => {
  it('are all that the schema has', () => {
    const parts = Object.keys(SCHEMA.entries).filter((key) => key !== 'version');
    expect(parts.filter((key) => !ids.includes(key))).toEqual([]);
    const values = Object.keys(PLAIN_SETTINGS).filter((key) => !key.startsWith('features.'));
    expect(values.filter((key) => !ids.includes(key))).toEqual([]);
    expect(new Set(ids).size).toBe(ids.length);
  });
  it('are in links but for those that say why not, under names of their own', () => {
    expect(settings.filter(({ link }) => link.length === 0).map(({ id }) => id)).toEqual(
      Object.keys(NOT_IN_LINKS),
    );
    const keys = settings.flatMap(({ link }) => link.map(({ key }) => key));
    expect(new Set(keys).size).toBe(keys.length);
  });
  it('set runs apart but for those that say why not, the strategy first', () => {
    expect(settings.filter(({ apart }) => !apart).map(({ id }) => id)).toEqual(Object.keys(NEVER_APART));
    expect(FACETS).toEqual(['strategy', ...ids.filter((id) => id !== 'strategy' && !(id in NEVER_APART))]);
  });
});
