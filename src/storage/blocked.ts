/**
 * What the browser may refuse together with site data: private files and Web Locks, each with its stand-in in
 * memory (memory/), which is loaded only there. The database has its own in connection.ts.
 */
import { toWire } from '../core/errors/errors';

export const isBlocked = (error: unknown): boolean => toWire(error).code === 'storage-blocked';

const inMemory = () => import('./memory/realm');

/** The root of the origin's private files. */
export async function privateFolder(): Promise<FileSystemDirectoryHandle> {
  try {
    return await navigator.storage.getDirectory();
  } catch (error) {
    if (!isBlocked(error)) throw error;
    return (await inMemory()).memoryFolder();
  }
}

/**
 * Runs `work` under the exclusive lock `name`. @param options as of navigator.locks.request; with
 * `ifAvailable`, `held` tells whether it is ours
 */
export async function withLock<T>(
  name: string,
  work: (held: boolean) => T | Promise<T>,
  options: LockOptions = {},
): Promise<T> {
  let begun = false;
  try {
    return await navigator.locks.request(name, options, (lock) => {
      begun = true;
      return work(lock !== null);
    });
  } catch (error) {
    if (begun || !isBlocked(error)) throw error;
    return (await inMemory()).memoryLock(name, work, options);
  }
}

/** The names of all locks that are held, by whatever tab or worker. */
export async function heldLocks(): Promise<readonly string[]> {
  try {
    return ((await navigator.locks.query()).held ?? []).flatMap(({ name }) => name ?? []);
  } catch (error) {
    if (!isBlocked(error)) throw error;
    return (await inMemory()).memoryLocks();
  }
}
