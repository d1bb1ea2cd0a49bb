/**
 * Tells the engine how to start threads, as nested workers, which end with the trainer. Imported for its
 * effect.
 */
import { setThreadSource } from '../../src/engine/platform/wasm-threads';
import { coresBesideSamplers } from './cores';

setThreadSource({
  // With two cores both may compute: samplers need little of theirs, and a thread that has to wait holds up
  // nobody.
  most: Math.max(Math.min(2, navigator.hardwareConcurrency), coresBesideSamplers()),
  start: (data) => {
    const worker = new Worker(new URL('../wasm-thread.ts', import.meta.url), {
      type: 'module',
      name: `wasm-thread-${data.index + 1}`,
    });
    worker.postMessage(data, []);
    return worker;
  },
  within: 3000,
});
