/**
 * TensorFlow.js as shipped, in a thread of its own because our engine registers kernels in place of the
 * library's. It computes only while it is asked, so the two sides still take turns.
 */
import { Worker } from 'node:worker_threads';
import type { Side } from '../../src/core/bench/alternate';
import type { BenchCase } from '../../src/core/bench/cases';
import type { BackendId } from '../../src/core/config/run-config';

export interface Shipped {
  /** Makes a case ready in the place of the one before. */
  side(one: BenchCase): Side;
  close(): Promise<void>;
}

export type Request = { readonly one: BenchCase; readonly count: number };
export type Answer = { readonly ms: number } | { readonly error: string };

export function shipped(backend: BackendId): Shipped {
  const worker = new Worker(new URL('bench/support/shipped-thread.mjs', `file://${process.cwd()}/`), {
    workerData: { backend },
  });
  const ask = (request: Request): Promise<number> =>
    new Promise((resolve, reject) => {
      worker.once('error', reject);
      worker.once('message', (answer: Answer) => {
        worker.off('error', reject);
        if ('ms' in answer) resolve(answer.ms);
        else reject(new Error(answer.error));
      });
      worker.postMessage(request, []);
    });
  return {
    side: (one) => (count) => ask({ one, count }),
    close: async () => {
      await worker.terminate();
    },
  };
}
