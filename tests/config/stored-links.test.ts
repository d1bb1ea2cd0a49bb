/**
 * Links and a configuration file that version 0.1.0 wrote (tests/fixtures/v0.1.0) still mean what they meant.
 */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readConfigFile, readShareLink } from '../../src/core/export/config-file';
import { STRATEGIES } from '../../src/core/weighting/registry';
import { meantInVersion2, type Version1 } from '../support/version-1';
import { parseRunConfig } from '../../src/core/config/parse';

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
