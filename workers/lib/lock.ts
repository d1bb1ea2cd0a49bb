/** A Web Lock held until released; refuses at once when another tab or worker has it. */
import { StorageError } from '../../src/core/errors/errors';

/** @returns the function that releases it  @throws StorageError `locked` */
export function holdLock(name: string): Promise<() => void> {
  return new Promise((resolve, reject) => {
    navigator.locks.request(name, { ifAvailable: true }, (lock) => {
      if (!lock) {
        reject(new StorageError('locked', 'Another tab is working on this.', 'Go on in that tab, or close it and try again.', { what: name }));
        return undefined;
      }
      return new Promise<void>((release) => resolve(() => release()));
    }).catch(reject);
  });
}
