/**
 * Links and a configuration file that version 0.1.0 wrote (tests/fixtures/v0.1.0), and links of configuration
 * version 2 from when the fields of a link were a table by hand (tests/fixtures/links), still mean what they
 * meant.
 */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readConfigFile, readShareLink } from '../../src/core/export/config-file';
import { STRATEGIES } from '../../src/core/weighting/registry';
import { meantInVersion2, type Version1 } from '../support/version-1';
import { parseRunConfig } from '../../src/core/config/parse';
import { toQuery } from '../../src/core/config/link';
import { PRESETS, type PresetId } from '../../src/core/config/presets';

/** With the options that strategies have got since, at their defaults. */
const parsed = (config: Version1) => parseRunConfig(meantInVersion2(config));

const stored = (name: string): string =>
  readFileSync(new URL(`../fixtures/v0.1.0/${name}`, import.meta.url), 'utf8');
const links = (
  JSON.parse(stored('links.json')) as { readonly link: string; readonly config: Version1 | null }[]
).flatMap(({ link, config }) => (config ? [{ link, config }] : []));

describe('of version 0.1.0', () => {
  it.each(links)('$link', ({ link, config }) => {
    const read = readShareLink(link);
    expect(read.problems).toEqual([]);
    // A link names a folder's corpus; the folder's name is the browser's own.
    const { corpus } = config;
    expect(read.config).toEqual(
      parsed({ ...config, corpus: corpus.kind === 'folder' ? { ...corpus, name: '' } : corpus }),
    );
  });

  it('links of every strategy there was', () => {
    const strategies = new Set(links.map(({ config }) => config.strategy.id));
    expect(STRATEGIES.map(({ id }) => id).filter((id) => strategies.has(id))).toHaveLength(26);
  });

  it('a saved configuration', () => {
    const { softwareVersion, config } = JSON.parse(stored('config.json')) as {
      softwareVersion: string;
      config: Version1;
    };
    expect(softwareVersion).toMatch(/^0\.1\.0/);
    expect(readConfigFile(stored('config.json'))).toEqual(parsed(config));
  });
});

describe('of configuration version 2', () => {
  const rows = JSON.parse(
    readFileSync(new URL('../fixtures/links/version-2.json', import.meta.url), 'utf8'),
  ) as { readonly link: string; readonly preset: PresetId; readonly change: object }[];

  it('is of every kind of entry', () => expect(rows.length).toBeGreaterThan(100));
  it.each(rows.map((row) => [row.link || '(empty)', row] as const))(
    '%s',
    (_name, { link, preset, change }) => {
      const read = readShareLink(`#/train?${link}`);
      expect(read).toMatchObject({ preset, problems: [] });
      expect(read.config).toEqual({ ...parseRunConfig(PRESETS[preset]), ...change });
      // And it is written as before.
      expect(toQuery(read.config, preset)).toBe(link);
    },
  );
});
