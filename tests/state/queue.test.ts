/**
 * The queue with the real stores of runs, corpus and features, over a database in memory and workers that
 * answer as they are told: a folder that may no longer be read stops it before the next run, nothing fails,
 * and it goes on once the folder is open again.
 */
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { PermissionLostError } from '../../src/core/errors/errors';
import type { CorpusManifest } from '../../src/core/corpus/types';
import type { TrainerEvent } from '../../src/core/training/events';
import { PRESETS } from '../../src/core/config/presets';
import { parseRunConfig } from '../../src/core/config/parse';
import type { QueueItem } from '../../src/core/training/sweep';
import type { RunRecord } from '../../src/storage/schema';

const manifest = (): CorpusManifest =>
  ({
    version: 2,
    adapter: 'iemocap',
    fingerprint: 'corpus-1',
    sizesFingerprint: 'corpus-0',
    utterances: [],
    problems: [],
  }) as unknown as CorpusManifest;

/** What the mocked modules share with the test. */
const world = vi.hoisted(() => ({
  items: new Map<string, unknown>(),
  records: new Map<string, unknown>(),
  settings: new Map<string, unknown>(),
  listeners: [] as ((event: unknown) => void)[],
  began: [] as number[],
  corpus: {} as unknown,
  extract: (): unknown => null,
}));

vi.mock('../../src/clients/shelf', () => {
  const items = () => [...world.items.values()] as QueueItem[];
  return {
    queue: {
      list: async () => items().sort((a, b) => a.order - b.order),
      put: async (list: readonly QueueItem[]) => {
        for (const item of list) world.items.set(item.id, item);
      },
      change: async (id: string, change: (item: QueueItem) => QueueItem) => {
        world.items.set(id, change(world.items.get(id) as QueueItem));
      },
      remove: async (ids: readonly string[]) => {
        for (const id of ids) world.items.delete(id);
      },
    },
    settings: {
      get: async (key: string) => world.settings.get(key),
      put: async (key: string, value: unknown) => {
        world.settings.set(key, value);
      },
    },
    runs: {
      list: async () => [...world.records.values()],
      get: async (id: string) => world.records.get(id),
      put: async (record: RunRecord) => {
        world.records.set(record.id, record);
      },
      facts: async () => ({ epochs: [], steps: 0, manifests: [] }),
    },
    corpora: { get: async () => ({ id: 'corpus-1', name: 'voices', manifest: world.corpus }) },
    onStorageEmptied: () => undefined,
    folders: { list: async () => [], put: async () => undefined },
    storageUsage: async () => null,
    queueIsHeld: async () => false,
    isRunning: async () => false,
    withQueueLock: (work: () => Promise<void>) => work(),
  };
});

vi.mock('../../src/clients/workers', () => {
  const client = (answer: (name: string, payload: never) => unknown) => ({
    connect: () => ({ call: async (name: string, payload: never) => answer(name, payload) }),
    on: () => () => undefined,
    onDown: () => undefined,
    end: () => undefined,
  });
  return {
    featuresClient: client((name) => (name === 'has' ? false : name === 'extract' ? world.extract() : null)),
    corpusClient: client(() => world.corpus),
    synthClient: client(() => null),
    exportClient: client(() => null),
    trainerClient: {
      ...client((name, { runId, config }: { runId: string; config: { seed: number } }) => {
        if (name !== 'start') return null;
        world.began.push(config.seed);
        const event: TrainerEvent = { kind: 'state', runId, state: 'finished', backend: null, error: null };
        setTimeout(() => {
          for (const listener of world.listeners) listener(event);
        });
        return {
          backend: { id: 'wasm', software: false, available: true, detail: '' },
          classes: [],
          data: { train: 1, validation: 1, leftOut: [] },
        };
      }),
      on: (listener: (event: unknown) => void) => {
        world.listeners.push(listener);
        return () => undefined;
      },
    },
  };
});

const { useCorpus } = await import('../../src/state/corpus/corpus');
const { useQueue } = await import('../../src/state/queue/queue');
const { useSettings } = await import('../../src/state/settings');

const summary = (utterances: number, codes: readonly string[] = []) => ({
  packId: 'pack',
  utterances,
  warnings: [],
  failures: codes.map((code, i) => ({ id: `u${i}`, code, detail: '' })),
  computed: utterances,
  bytes: 0,
  ms: 0,
  cached: false,
});
const config = (seed: number) =>
  parseRunConfig({ ...PRESETS.compact, seed, corpus: { kind: 'folder', id: 'corpus-1', name: 'voices' } });
const states = (): string =>
  useQueue
    .getState()
    .items.map(({ state, tries }) => `${state} ${tries}`)
    .join(', ');
const handle = (granted: boolean) =>
  ({
    name: 'voices',
    requestPermission: async () => (granted ? 'granted' : 'denied'),
  }) as unknown as FileSystemDirectoryHandle;
const folder = (granted: boolean) => [
  { id: 'corpus-1', name: 'voices', handle: handle(granted), openedAt: 0 },
];

beforeEach(() => {
  for (const store of [world.items, world.records, world.settings]) store.clear();
  world.began.length = 0;
  world.corpus = manifest();
  world.extract = () => summary(3);
  useSettings.setState({ workers: 2 });
});

/** As after a restart of the browser: the corpus is known, its audio is not to be read. */
const restarted = (): void =>
  useCorpus.setState({
    status: 'ready',
    choice: { kind: 'folder', id: 'corpus-1', name: 'voices' },
    name: 'voices',
    manifest: manifest(),
    connected: false,
    folders: folder(true),
  });

describe('a queue whose folder may not be read', () => {
  it('stops at the next item with the named error, fails none, and goes on by itself when the folder is reconnected', async () => {
    restarted();
    await useQueue.getState().add([config(1), config(2), config(3)], 'sweep');
    await expect.poll(() => useQueue.getState().status).toBe('blocked');
    expect(useQueue.getState()).toMatchObject({
      error: {
        name: 'PermissionLostError',
        code: 'folder-closed',
        hint: expect.stringContaining('Reconnect') as string,
      },
      waitingFor: { kind: 'folder', id: 'corpus-1' },
    });
    expect(states()).toBe('waiting 0, waiting 0, waiting 0');
    expect([world.began, world.records.size]).toEqual([[], 0]);

    // The browser asks, and is told no: still waiting.
    useCorpus.setState({ folders: folder(false) });
    await useCorpus.getState().reconnect('corpus-1');
    expect(states()).toBe('waiting 0, waiting 0, waiting 0');

    restarted();
    await useCorpus.getState().reconnect('corpus-1');
    await expect.poll(() => states()).toBe('done 1, done 1, done 1');
    expect(world.began).toEqual([1, 2, 3]);
    expect(useQueue.getState()).toMatchObject({ status: 'idle', error: null, waitingFor: null });
  });

  it.each([
    [
      'the permission is withdrawn between two runs',
      () => {
        throw new PermissionLostError('permission');
      },
      'permission',
    ],
    [
      'the folder was moved, or its drive taken away',
      () => summary(0, ['file-missing', 'file-missing']),
      'folder-gone',
    ],
  ] as const)('stops where %s, and what was made before stays made', async (_what, lost, code) => {
    useCorpus.setState({ folders: folder(true) });
    await useCorpus.getState().reconnect('corpus-1');
    const answers: (() => unknown)[] = [() => summary(3), lost, lost, () => summary(3), () => summary(3)];
    world.extract = () => answers.shift()!();
    await useQueue.getState().add([config(4), config(5), config(6)], 'sweep');
    await expect.poll(() => useQueue.getState().status).toBe('blocked');
    expect(useQueue.getState().error?.code).toBe(code);
    expect(states()).toBe('done 1, waiting 0, waiting 0');
    // Pressed too early, it waits again.
    await useQueue.getState().resume();
    await expect.poll(() => answers).toHaveLength(2);
    await expect.poll(() => useQueue.getState().status).toBe('blocked');
    expect(states()).toBe('done 1, waiting 0, waiting 0');
    await useQueue.getState().resume();
    await expect.poll(() => states()).toBe('done 1, done 1, done 1');
    expect(world.began).toEqual([4, 5, 6]);
  });

  it('stops at a folder that 0.1.0 read, whose recordings nobody knows, until it is read once more', async () => {
    const { sizesFingerprint: _none, ...old } = manifest();
    useCorpus.setState({
      status: 'ready',
      choice: { kind: 'folder', id: 'corpus-0', name: 'voices' },
      name: 'voices',
      manifest: { ...old, fingerprint: 'corpus-0' },
      connected: false,
      folders: folder(true).map((one) => ({ ...one, id: 'corpus-0' })),
    });
    await useQueue
      .getState()
      .add(
        [parseRunConfig({ ...config(9), corpus: { kind: 'folder', id: 'corpus-0', name: 'voices' } })],
        'sweep',
      );
    await expect
      .poll(() => useQueue.getState())
      .toMatchObject({ status: 'blocked', error: { code: 'corpus-unread' } });
    expect(world.began).toEqual([]);

    await useCorpus.getState().reconnect('corpus-0');
    await expect.poll(() => states()).toBe('done 1');
    expect(useCorpus.getState()).toMatchObject({ changed: 'earlier-version', choice: { id: 'corpus-1' } });
    // The run names the corpus it used, not what it was asked for.
    expect([...world.records.values()]).toMatchObject([
      {
        corpusId: 'corpus-1',
        config: { seed: 9, corpus: { kind: 'folder', id: 'corpus-1', name: 'voices' } },
      },
    ]);
  });

  it('but one broken file among good ones, or none at all to read, is the run’s own business', async () => {
    useCorpus.setState({ folders: folder(true) });
    await useCorpus.getState().reconnect('corpus-1');
    const answers = [summary(2, ['file-missing']), summary(0, ['truncated'])];
    world.extract = () => answers.shift();
    await useQueue.getState().add([config(7), config(8)], 'sweep');
    await expect.poll(() => states()).toBe('done 1, done 1');
  });
});
