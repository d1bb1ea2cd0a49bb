/**
 * Every configuration in a database and in exports of version 0.1.0 (tests/fixtures/v0.1.0) means in version 2
 * what it meant: of runs, checkpoints, the queue and exported runs.
 */
import { readFileSync } from 'node:fs';
import { strFromU8, unzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { parseRunConfig } from '../../src/core/config/parse';
import { openRunArchive } from '../../src/core/import/run-archive';
import { asRead } from '../../src/storage/runs';
import { meantInVersion2, type Version1 } from '../support/version-1';

interface Dump {
  readonly stores: readonly {
    readonly name: string;
    readonly records: readonly { readonly value: Readonly<Record<string, unknown>> }[];
  }[];
}

const zip = (name: string): Record<string, Uint8Array> =>
  unzipSync(readFileSync(new URL(`../fixtures/v0.1.0/${name}`, import.meta.url)));
const dump = JSON.parse(strFromU8(zip('database.zip')['database.json']!)) as Dump;
const records = (store: string) => dump.stores.find(({ name }) => name === store)!.records;

/** With what strategies have got since, at its default. */
const meant = (config: Version1) => parseRunConfig(meantInVersion2(config));

describe('of version 0.1.0', () => {
  it.each(['runs', 'queue'])('the configurations of its %s', (store) => {
    const found = records(store).map(({ value }) => value as { config: Version1 });
    expect(found.length).toBeGreaterThan(5);
    for (const record of found) {
      expect(record.config['version']).toBe(1);
      expect(asRead(record as never)).toEqual({ ...record, config: meant(record.config) });
    }
  });

  it('those of its checkpoints', () => {
    // An imported run's has predictions alone.
    const configs = records('checkpoints').flatMap(({ value }) => {
      const { config } = value['state'] as { readonly config?: Version1 };
      return config ? [config] : [];
    });
    expect(configs.length).toBeGreaterThan(30);
    for (const config of configs) expect(parseRunConfig(config)).toEqual(meant(config));
  });

  it('those of the runs that it exported', () => {
    const exported = Object.values(zip('exports.zip')).map((bytes) => unzipSync(bytes));
    expect(exported).toHaveLength(3);
    for (const files of exported) {
      const texts = new Map(
        Object.entries(files).flatMap(([name, bytes]) =>
          name.endsWith('.safetensors') ? [] : [[name, strFromU8(bytes)] as const],
        ),
      );
      const { config } = JSON.parse(texts.get('config.json')!) as { config: Version1 };
      const opened = openRunArchive(texts);
      expect(opened.config).toEqual(meant(config));
      expect(opened.epochs.length).toBeGreaterThan(0);
    }
  });
});
