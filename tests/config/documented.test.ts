/** docs/automation.md shows a true configuration file, and what it says of links is read as it says. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { AUGMENTATIONS } from '../../src/core/augment/registry';
import { fromQuery, PAGE_KEYS } from '../../src/core/config/link';
import { ALL_SCHEMES } from '../../src/core/corpus/adapters/registry';
import { configFileText, readConfigFile } from '../../src/core/export/config-file';
import { ARCHITECTURE_IDS } from '../../src/core/model/architectures/registry';
import { OPTIMIZERS, SCHEDULES } from '../../src/core/optim/registry';
import { SPLITS } from '../../src/core/splits/registry';
import { STRATEGIES } from '../../src/core/weighting/registry';

const text = readFileSync('docs/automation.md', 'utf8');
const section = (heading: string): string => text.split(`${heading}\n`)[1]!.split('\n#')[0]!;

describe('the configuration file of docs/automation.md', () => {
  const file = /```json\n(.*?)```/s.exec(section('### A configuration file'))![1]!;

  it('is read, and is what this version writes of that configuration, field by field', () => {
    const { softwareVersion, config } = JSON.parse(file) as { softwareVersion: string; config: object };
    expect(config).toMatchObject({ version: 2 });
    expect(JSON.parse(configFileText(readConfigFile(file), softwareVersion))).toEqual(JSON.parse(file));
  });
});

describe('the table of links of docs/automation.md', () => {
  /** Of one key: the values that stand in its row. */
  const rows = new Map(
    section('## Links')
      .split('\n')
      .flatMap((line) => {
        const [, keys = '', values = ''] = line.split('|');
        const named = [...keys.matchAll(/`([^`]+)`/g)].map(([, key]) => key!);
        return named.length === 1
          ? [[named[0]!, [...values.matchAll(/`([^`]+)`/g)].map(([, v]) => v!)] as const]
          : [];
      }),
  );
  const of = (key: string): readonly string[] => rows.get(key)!;
  const first = (values: readonly string[], by: RegExp): ReadonlySet<string> =>
    new Set(values.map((value) => value.split(by)[0]!));
  const ids = (entries: readonly { readonly id: string }[]): readonly string[] => entries.map(({ id }) => id);

  it.each([
    'preset',
    'labels',
    'split',
    'rate',
    'channel',
    'window',
    'windowLength',
    'melScale',
    'topDb',
    'padMode',
    'augment',
    'tasks',
    'strategy',
    'renormalise',
    'measure',
    'optimizer',
    'schedule',
    'clip',
    'micro',
    'monitor',
    'backend',
  ])('%s takes every value that is named', (key) => {
    expect(of(key).length).toBeGreaterThan(0);
    for (const value of of(key))
      expect(fromQuery(`${key}=${encodeURIComponent(value)}`, PAGE_KEYS).problems).toEqual([]);
  });

  it('names every entry of the registries', () => {
    expect(of('strategy').toSorted()).toEqual(ids(STRATEGIES).toSorted());
    expect(of('architecture')).toEqual(ARCHITECTURE_IDS);
    // A new corpus needs no line here: only some of the many are named.
    expect(ids(ALL_SCHEMES)).toEqual(expect.arrayContaining([...of('labels')]));
    expect(first(of('split'), /:/)).toEqual(new Set(ids(SPLITS)));
    expect(first(of('optimizer'), /,/)).toEqual(new Set(ids(OPTIMIZERS)));
    expect(first(of('schedule'), /,/)).toEqual(new Set(ids(SCHEDULES)));
    expect(
      first(
        of('augment').flatMap((list) => list.split(';')),
        /,/,
      ),
    ).toEqual(new Set(['none', ...ids(AUGMENTATIONS)]));
  });
});
