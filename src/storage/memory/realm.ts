/**
 * A realm's end of the store in memory, asked for once the browser has blocked its own. A worker sends a port
 * to whoever made it; what comes with a port is passed on until it reaches the page (clients/memory.ts,
 * workers/lib/pass-store.ts).
 */
import { connect, type Connection, type Endpoint } from '../../core/protocol/rpc';
import type { MemoryContract } from './contract';
import { databaseOver } from './database';
import { folderOver } from './folder';
import type { Database } from '../schema';

export type Host = Connection<MemoryContract>;

let host: Promise<Host> | null = null;

async function open(): Promise<Host> {
  const { port1, port2 } = new MessageChannel();
  if (!('document' in globalThis)) (self as unknown as Worker).postMessage(null, [port2]);
  else (await import('./host')).serveStore(port2);
  const connection = connect<MemoryContract>(port1 as unknown as Endpoint, 'store in memory');
  port1.start();
  return connection;
}

const theHost = (): Promise<Host> => (host ??= open());

export const memoryDatabase = async (): Promise<Database> => databaseOver(await theHost());
export const memoryFolder = async (): Promise<FileSystemDirectoryHandle> => folderOver(await theHost(), '');

/** navigator.locks.request, exclusive. */
export async function memoryLock<T>(
  name: string,
  work: (held: boolean) => T | Promise<T>,
  { ifAvailable = false, signal }: LockOptions,
): Promise<T> {
  const store = await theHost();
  const id = crypto.randomUUID();
  const unlock = (): void => void store.call('unlock', { id }).catch(() => undefined);
  const held = await new Promise<boolean>((resolve, reject) => {
    const giveUp = (): void => {
      unlock();
      reject(signal?.reason);
    };
    if (signal?.aborted) return giveUp();
    signal?.addEventListener('abort', giveUp, { once: true });
    store
      .call('lock', { name, id, ifAvailable })
      .finally(() => signal?.removeEventListener('abort', giveUp))
      .then(resolve, reject);
  });
  try {
    return await work(held);
  } finally {
    unlock();
  }
}

export const memoryLocks = async (): Promise<readonly string[]> => (await theHost()).call('locks', null);
