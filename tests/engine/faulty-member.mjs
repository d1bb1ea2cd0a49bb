/**
 * A member of the wasm engine's team that takes the first call before anybody else can, and never makes it:
 * it hangs, or says that it is done.
 */
import { join } from 'node:path';
import { workerData } from 'node:worker_threads';
import { runnerImport } from 'vite';

const { module: ring } = await runnerImport(
  join(import.meta.dirname, '../../src/engine/kernels/wasm/ring.ts'),
  { configFile: false },
);
const control = ring.controlOf(workerData.memory);
Atomics.add(control, ring.TAKEN, 1);
Atomics.add(control, ring.READY, 1);
Atomics.wait(control, ring.GIVEN, 0);
if (workerData.fault === 'hangs') for (;;) Atomics.wait(control, ring.READY, 1);
Atomics.add(control, ring.FINISHED, 1);
Atomics.notify(control, ring.FINISHED);
