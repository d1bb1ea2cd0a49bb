/**
 * Run records, checkpoints and exported runs of earlier versions (tests/fixtures/v0.1.0 and what the development
 * version after it wrote), as this version reads them: everything that was told is told, nothing is left out,
 * and what is of this version already stays as it is.
 */
import { readFileSync } from 'node:fs';
import { strFromU8, unzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { CONFIG_MIGRATIONS } from '../../src/core/config/migrations/registry';
import { EXPORT_MIGRATIONS } from '../../src/core/import/migrations/registry';
import { readRunArchive } from '../../src/core/import/run-archive';
import { migrated } from '../../src/core/migration';
import { isTrainers, type CheckpointState } from '../../src/core/run/checkpoint';
import {
  CHECKPOINT_MIGRATIONS,
  currentCheckpoint,
  currentRecord,
  RECORD_MIGRATIONS,
} from '../../src/core/run/migrations/registry';
import { untouched, type RunRecord } from '../../src/core/run/record';
import { RUN_EXPORT_VERSION } from '../../src/core/export/run-files';
import { manifestAsRead } from '../../src/storage/checkpoints';
import { runAsRead } from '../../src/storage/runs';
import {
  currentEpoch,
  currentSteps,
  EPOCH_MIGRATIONS,
  HISTORY_VERSION,
  MANIFEST_MIGRATIONS,
  MANIFEST_VERSION,
  STEPS_MIGRATIONS,
} from '../../src/storage/migrations/registry';
import type { StepBlock, StoredCheckpoint, StoredEpoch, StoredRun } from '../../src/storage/schema';
import { madeUpRun } from '../support/stored-runs';

interface Dump {
  readonly stores: readonly { readonly name: string; readonly records: readonly { readonly value: Old }[] }[];
}
type Old = Readonly<Record<string, unknown>>;

const zip = (file: string): Record<string, Uint8Array> =>
  unzipSync(readFileSync(new URL(`../fixtures/${file}`, import.meta.url)));
const stored = (version: string, store: string): Old[] =>
  (JSON.parse(strFromU8(zip(`${version}/database.zip`)['database.json']!)) as Dump).stores
    .find(({ name }) => name === store)!
    .records.map(({ value }) => value);

/** Every field of a record, and of what a checkpoint says beside its arrays. */
const RECORD = Object.keys({
  ...untouched(madeUpRun().config),
  id: 0,
  name: 0,
  config: 0,
  corpusId: 0,
  packId: 0,
  classes: 0,
  createdAt: 0,
  updatedAt: 0,
  state: 0,
  backend: 0,
  backendSoftware: 0,
  softwareVersion: 0,
} satisfies Record<keyof RunRecord, unknown>);

describe.each(['v0.1.0', 'v0.2.0-unversioned'])('what %s stored', (version) => {
  it('is a record with every field, and says what it said', () => {
    const records = stored(version, 'runs');
    expect(records.length).toBeGreaterThan(5);
    for (const old of records) {
      const now = runAsRead(old as unknown as StoredRun);
      expect(Object.keys(now)).toEqual(expect.arrayContaining(RECORD));
      expect(now.version).toBe(3);
      expect(now.undone).toEqual([]);
      expect(now.segments.length).toBeGreaterThan(0);
      const { config: _config, byHand, imported, ...rest } = old;
      expect(now).toMatchObject(rest);
      expect(now.imported === null).toBe(imported === undefined);
      const { options, instruments } = (byHand ?? {}) as { options?: Old; instruments?: unknown };
      expect(now.byHand.instruments).toEqual(instruments ?? null);
      expect(now.byHand.options).toEqual(options ? [{ segment: null, ...options }] : []);
      expect(currentRecord(now)).toEqual(now);
    }
  });

  it('is a checkpoint with every field, and says what it said', () => {
    const manifests = stored(version, 'checkpoints');
    expect(manifests.length).toBeGreaterThan(10);
    for (const old of manifests) {
      const manifest = manifestAsRead(old as unknown as StoredCheckpoint);
      // As large as they were made in those versions, or as the manifest says.
      expect(manifest).toMatchObject({ version: 2, chunkBytes: old['chunkBytes'] ?? 33_554_432 });
      const { state } = manifest;
      const { config, tally, version: _version, ...rest } = old['state'] as Old;
      expect(state.version).toBe(2);
      expect(state).toMatchObject(rest);
      expect(isTrainers(state)).toBe(config !== undefined);
      expect(currentCheckpoint(state)).toEqual(state);
      if (!isTrainers(state)) continue;
      expect(state.tally).toMatchObject(tally as Old);
      expect(state.config.version).toBe(2);
      for (const [key, value] of Object.entries(state)) expect(value, key).not.toBeUndefined();
      expect(Object.keys(state).sort()).toEqual(STATE);
    }
  });

  it('is epochs with every score, and blocks of steps with their rows', () => {
    const epochs = stored(version, 'epochs');
    expect(epochs.length).toBeGreaterThan(10);
    for (const old of epochs) {
      const now = currentEpoch(old as unknown as StoredEpoch);
      expect(now).toMatchObject(old);
      for (const { tasks } of [now.train, now.validation])
        for (const { uar, macroRecall } of tasks) expect(Number.isNaN(macroRecall)).toBe(Number.isNaN(uar));
      // What is written today is not touched.
      expect(currentEpoch({ ...now, version: 2 })).toEqual(now);
    }
    const blocks = stored(version, 'steps') as unknown as StepBlock[];
    expect(blocks.length).toBeGreaterThan(10);
    for (const old of blocks) expect(currentSteps(old)).toEqual({ ...old, version: 2 });
  });

  it('is an exported run that is read', () => {
    const exported = Object.values(zip(`${version}/exports.zip`)).map((bytes) => unzipSync(bytes));
    expect(exported).toHaveLength(3);
    for (const files of exported) {
      const texts = Object.entries(files).filter(([name]) => !name.endsWith('.safetensors'));
      const run = readRunArchive(new Map(texts.map(([name, bytes]) => [name, strFromU8(bytes)])));
      const head = JSON.parse(strFromU8(files['config.json']!)) as Old;
      expect(run.state).toBe(head['state']);
      expect(run.segments).toHaveLength((head['segments'] as unknown[]).length);
      expect(run.data).toEqual(head['data'] ?? null);
      expect(run.absent).toEqual([]);
    }
  });
});

const STATE = [
  'adamIterations',
  'adjustments',
  'averages',
  'backend',
  'batch',
  'checks',
  'config',
  'early',
  'ended',
  'epoch',
  'instruments',
  'microBatch',
  'next',
  'predictions',
  'replan',
  'schedule',
  'segments',
  'softwareVersion',
  'step',
  'strategyId',
  'strategyOptions',
  'strategyState',
  'strategyVersion',
  'tally',
  'tested',
  'version',
];

describe('a run of before anything could change', () => {
  const { config } = madeUpRun();
  it('had the strategy of its configuration throughout', () => {
    const old = { id: 'r', config, createdAt: 1, name: 'n' };
    expect(runAsRead(old)).toEqual({ ...untouched(config), ...old });
    const state = { version: 1, config, strategyOptions: {}, tally: { count: 2, lossSums: [1, 2, 3] } };
    expect(currentCheckpoint(state)).toMatchObject({
      strategyId: config.strategy.id,
      strategyVersion: 1,
      segments: [{ step: 0, epoch: 1, why: 'start', strategy: config.strategy }],
      checks: null,
      microBatch: null,
      tally: { weightSums: [2, 2, 2], numbers: [null, null, null], absent: [0, 0, 0], fallbacks: {} },
    });
  });
});

describe('migrations', () => {
  const formats = {
    configuration: [CONFIG_MIGRATIONS, 2],
    record: [RECORD_MIGRATIONS, untouched(madeUpRun().config).version],
    checkpoint: [CHECKPOINT_MIGRATIONS, 2 satisfies CheckpointState['version']],
    export: [EXPORT_MIGRATIONS, RUN_EXPORT_VERSION],
    manifest: [MANIFEST_MIGRATIONS, MANIFEST_VERSION],
    'block of steps': [STEPS_MIGRATIONS, HISTORY_VERSION],
    epoch: [EPOCH_MIGRATIONS, HISTORY_VERSION],
  } as const;
  it.each(Object.entries(formats))(
    'of the %s have names and lead to this version',
    (_format, [steps, now]) => {
      expect(steps.map(({ from }) => from)).toEqual(Array.from({ length: now - 1 }, (_, i) => i + 1));
      expect(new Set(steps.map(({ name }) => name)).size).toBe(steps.length);
    },
  );

  it('run one after the other from whichever version it is, and leave the rest', () => {
    const steps = [
      { name: 'a', from: 1, migrate: (old: Old) => ({ ...old, a: true }) },
      { name: 'b', from: 2, migrate: (old: Old) => ({ ...old, b: 'a' in old }) },
    ];
    expect(migrated(steps, { version: 1 })).toEqual({ version: 3, a: true, b: true });
    expect(migrated(steps, { version: 2 })).toEqual({ version: 3, b: false });
    expect(migrated(steps, { x: 1 }, 2)).toEqual({ version: 3, x: 1, b: false });
    for (const other of [{ version: 3 }, { version: 9 }, { x: 1 }, [1], null, 'text'])
      expect(migrated(steps, other)).toEqual(other);
  });
});
