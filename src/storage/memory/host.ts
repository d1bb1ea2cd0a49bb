/**
 * The page's end of the store in memory: where the browser blocks site data, records, files and locks of all
 * realms live here and are gone with the page. Loaded only there. See docs/decisions/0026-blocked-storage.md.
 */
import { StorageError } from '../../core/errors/errors';
import { serve, type Endpoint } from '../../core/protocol/rpc';
import type { MemoryContract } from './contract';
import { Files } from './files';
import { Mutex } from './mutex';
import { Records } from './records';

const records = new Records();
const files = new Files();
const mutex = new Mutex();

/**
 * Answers a realm on `port`.
 * @returns call it when that realm has ended: its locks are free then, and its transactions taken back
 */
export function serveStore(port: MessagePort): () => void {
  const open = new Set<string>();
  const within = (transaction: string | null): string | null => {
    if (transaction !== null) open.add(transaction);
    return transaction;
  };
  const end = (transaction: string, keep: boolean): void => {
    open.delete(transaction);
    records.end(transaction, keep);
  };
  serve<MemoryContract>(port as unknown as Endpoint, {
    rows: async ({ store, range, keysOnly, ...options }) => {
      const found = records.rows(store, range, options);
      return keysOnly ? found.map(({ key }) => ({ key, value: null })) : found;
    },
    put: async ({ store, value, key, transaction }) => records.put(store, value, key, within(transaction)),
    remove: async ({ store, range, transaction }) => {
      records.remove(store, range, within(transaction));
      return null;
    },
    end: async ({ transaction, keep }) => {
      end(transaction, keep);
      return null;
    },
    look: async ({ path }) => files.look(path),
    list: async ({ path }) => files.list(path),
    write: async ({ path, content }) => {
      files.write(path, content);
      return null;
    },
    discard: async ({ path, recursive }) => files.remove(path, recursive),
    lock: ({ name, id, ifAvailable }) => mutex.request(name, id, ifAvailable, port),
    unlock: async ({ id }) => {
      mutex.release(id);
      return null;
    },
    locks: async () => mutex.held,
  });
  port.start();
  return () => {
    port.close();
    mutex.releaseAll(port);
    for (const transaction of open) end(transaction, false);
  };
}

/** Tells a realm that is blocked what it is too late for: the page itself opened the browser's storage. */
export function refuseStore(port: MessagePort): void {
  const refuse = (): Promise<never> => Promise.reject(new StorageError('storage-changed'));
  serve<MemoryContract>(port as unknown as Endpoint, {
    rows: refuse,
    put: refuse,
    remove: refuse,
    end: refuse,
    look: refuse,
    list: refuse,
    write: refuse,
    discard: refuse,
    lock: refuse,
    unlock: refuse,
    locks: refuse,
  });
  port.start();
}
