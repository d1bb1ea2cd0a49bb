/**
 * The database schema against a real IndexedDB, and proof that browser tests run where the page runs:
 * cross-origin isolated, with private files and a (software) WebGPU adapter.
 */
import { deleteDB, openDB } from 'idb';
import { afterEach, expect, it } from 'vitest';
import { DATABASE_NAME, DATABASE_VERSION, openDatabase, type Database } from '../../src/storage/schema';

let db: Database | undefined;

afterEach(async () => {
  db?.close();
  await deleteDB(DATABASE_NAME);
});

it('creates every store with its key path and indexes', async () => {
  db = await openDatabase();
  expect(db.version).toBe(DATABASE_VERSION);
  const transaction = db.transaction(db.objectStoreNames);
  const layout = Object.fromEntries(
    [...db.objectStoreNames].map((name) => {
      const store = transaction.objectStore(name);
      return [name, { key: store.keyPath, indexes: [...store.indexNames] }];
    }),
  );
  expect(layout).toEqual({
    settings: { key: null, indexes: [] },
    folders: { key: 'id', indexes: [] },
    corpora: { key: 'id', indexes: [] },
    packs: { key: 'packId', indexes: [] },
    runs: { key: 'id', indexes: ['createdAt'] },
    steps: { key: ['runId', 'firstStep'], indexes: [] },
    epochs: { key: ['runId', 'epoch'], indexes: [] },
    log: { key: ['runId', 'seq'], indexes: [] },
    checkpoints: { key: ['runId', 'which'], indexes: [] },
    chunks: { key: ['checkpointId', 'index'], indexes: [] },
    weights: { key: 'id', indexes: [] },
    tuning: { key: ['adapter', 'kernel', 'shape'], indexes: [] },
    queue: { key: 'id', indexes: [] },
  });
});

it('keeps what was written when it is opened again', async () => {
  db = await openDatabase();
  const bytes = new Uint8Array([1, 2, 3]).buffer;
  await db.put('chunks', { checkpointId: 'c', index: 0, bytes });
  db.close();
  db = await openDatabase();
  expect(await db.get('chunks', ['c', 0])).toEqual({ checkpointId: 'c', index: 0, bytes });
  expect(await db.get('chunks', ['c', 1])).toBeUndefined();
});

it('brings the database of version 1 up to date and keeps what is in it', async () => {
  const old = await openDB(DATABASE_NAME, 1, {
    upgrade(first) {
      first.createObjectStore('settings');
      for (const name of ['folders', 'corpora', 'runs']) first.createObjectStore(name, { keyPath: 'id' });
      first.createObjectStore('packs', { keyPath: 'packId' });
      first.createObjectStore('steps', { keyPath: ['runId', 'firstStep'] });
      first.createObjectStore('epochs', { keyPath: ['runId', 'epoch'] });
      first.createObjectStore('log', { keyPath: ['runId', 'seq'] });
      first.createObjectStore('checkpoints', { keyPath: ['runId', 'which'] });
      first.createObjectStore('chunks', { keyPath: ['checkpointId', 'index'] });
    },
  });
  await old.put('runs', { id: 'r', name: 'an old run' });
  await old.put('chunks', { checkpointId: 'r/c', index: 0, bytes: new Uint8Array([4]).buffer });
  old.close();
  db = await openDatabase();
  expect(db.version).toBe(DATABASE_VERSION);
  expect(await db.get('runs', 'r')).toEqual({ id: 'r', name: 'an old run' });
  expect(await db.get('chunks', ['r/c', 0])).toMatchObject({ checkpointId: 'r/c' });
  expect(await db.getAll('weights')).toEqual([]);
  expect(await db.getAll('tuning')).toEqual([]);
});

it('runs in a page like ours: isolated, with private files and WebGPU', async () => {
  expect(crossOriginIsolated).toBe(true);
  const folder = await navigator.storage.getDirectory();
  const file = await folder.getFileHandle('probe', { create: true });
  const writable = await file.createWritable();
  await writable.write('ok');
  await writable.close();
  expect(await (await file.getFile()).text()).toBe('ok');
  await folder.removeEntry('probe');
  expect(await navigator.gpu.requestAdapter()).not.toBeNull();
});
