/**
 * Notices what a worker does not tell: that it is gone (its lifeline, a Web Lock that the browser releases
 * when a worker ends in whatever way) and that it hangs (no sign of life while one is due:
 * core/protocol/heartbeat.ts). Not here: what becomes of its work (the stores).
 */
import { WorkerError } from '../core/errors/errors';
import type { Connection, Contract } from '../core/protocol/rpc';

const LOOK_EVERY_MS = 5000;
/**
 * A tick that comes later than this was throttled, or page or computer slept: the rest of the time does not
 * count.
 */
const AWAKE_AT_MOST_MS = 2 * LOOK_EVERY_MS;

/**
 * Closes `connection` with a WorkerError (`worker-gone`, `worker-hung`) when the worker is dead. Ends when it
 * is closed.
 */
export function watch<C extends Contract>(connection: Connection<C>, name: string): void {
  const over = new AbortController();
  connection.onLifeline((lock) => {
    const gone = (): void =>
      connection.close(
        new WorkerError('worker-gone', {
          worker: name,
        }),
      );
    // Granted when the worker no longer holds it. Aborted, the request is rejected: nobody waits for it any
    // more.
    navigator.locks.request(lock, { signal: over.signal }, gone).catch(() => undefined);
  });
  let last = performance.now();
  const timer = setInterval(() => {
    const now = performance.now();
    const awake = Math.min(now - last, AWAKE_AT_MOST_MS);
    last = now;
    if (connection.check(awake)) return;
    connection.close(new WorkerError('worker-hung', { worker: name }));
  }, LOOK_EVERY_MS);
  connection.onDown(() => {
    clearInterval(timer);
    over.abort();
  });
}
