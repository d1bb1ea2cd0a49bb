/** The thread's half of shipped.ts: one case is ready at a time, and run as often as it is asked for. */
import '@tensorflow/tfjs'; // registers the gradients of every op
import { parentPort, workerData } from 'node:worker_threads';
import type { BackendId } from '../../src/core/config/run-config';
import { prepareShipped, startShipped } from '../../src/engine/bench/shipped';
import { timeOf, type Ready } from '../../src/engine/bench/side';
import type { Answer, Request } from './shipped';

const started = startShipped((workerData as { readonly backend: BackendId }).backend, null);
let current: { readonly id: string; readonly ready: Ready } | null = null;

async function answer({ one, count }: Request): Promise<Answer> {
  try {
    await started;
    if (current?.id !== one.id) {
      current?.ready.dispose();
      current = { id: one.id, ready: prepareShipped(one) };
    }
    return { ms: await timeOf(current.ready, count) };
  } catch (error) {
    return { error: error instanceof Error ? error.message : String(error) };
  }
}

parentPort!.on('message', (request: Request) => {
  void answer(request).then((result) => parentPort!.postMessage(result, []));
});
