/** A Web Lock held until released; refuses when another tab or worker has it. */
import { StorageError } from '../../src/core/errors/errors';
import { withLock } from '../../src/storage/blocked';

/**
 * @param waitMs how long to wait for it; 0: refuse at once  @returns the function that releases it  @throws
 * StorageError `locked`
 */
export function holdLock(name: string, waitMs = 0): Promise<() => void> {
  return new Promise((resolve, reject) => {
    const taken = (): void => reject(new StorageError('locked', { what: name }));
    const options: LockOptions = waitMs > 0 ? { signal: AbortSignal.timeout(waitMs) } : { ifAvailable: true };
    withLock(
      name,
      (held) => {
        if (held) return new Promise<void>((release) => resolve(() => release()));
        taken();
        return undefined;
      },
      options,
    ).catch((error: unknown) => {
      if (error instanceof DOMException && error.name === 'TimeoutError') taken();
      else reject(error);
    });
  });
}
